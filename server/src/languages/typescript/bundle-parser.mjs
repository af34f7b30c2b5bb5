// TypeScript's package holds a compiler; reading source needs its parser alone, a tenth of it. This takes from the package's one file the statements that
// `createSourceFile` and what goes with it refer to, directly or through others, by name: more than is needed at times, never less.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/** What `syntax.ts` uses. */
const wanted = ["createSourceFile", "forEachChild", "JSDocParsingMode", "ScriptKind", "ScriptTarget", "SyntaxKind"];

/** `external`: the parser is a bundle of its own, loaded from beside the others; else it is part of the bundle, and run when it is first asked for. */
export function typescriptParser({ external }) {
  return {
    name: "typescript-parser",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^typescript$/ }, ({ kind }) => {
        if (external && kind !== "entry-point") return { path: "./typescript.js", external: true };
        return { path: "typescript", namespace: "typescript-parser" };
      });
      onLoad({ filter: /.*/, namespace: "typescript-parser" }, () => ({ contents: parserSource(), loader: "js" }));
    },
  };
}

let source;

function parserSource() {
  source ??= cutDown();
  return source;
}

function cutDown() {
  const require = createRequire(import.meta.url);
  const ts = require("typescript");
  const whole = readFileSync(require.resolve("typescript"), "utf8");
  const start = "((module) => {\n";
  const [from, to] = [whole.indexOf(start) + start.length, whole.lastIndexOf("// Annotate the CommonJS export names")];
  if (from < start.length || to < 0) throw new Error("typescript.js is not put together as it was: see bundle-parser.mjs");
  const text = whole.slice(from, to);
  const { statements } = ts.createSourceFile("typescript.js", text, ts.ScriptTarget.Latest, false, ts.ScriptKind.JS);
  const used = reachable(ts, text, statements);
  const names = wanted.join(", ");
  return `${statements
    .filter((statement) => used.has(statement))
    .map(({ pos, end }) => text.slice(pos, end))
    .join("")}\nmodule.exports = { ${names} };\n`;
}

function reachable(ts, text, statements) {
  const byName = new Map();
  const enter = (name, statement) => byName.set(name, [...(byName.get(name) ?? []), statement]);
  for (const statement of statements) {
    if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) enter(statement.name.text, statement);
    else if (ts.isVariableStatement(statement)) {
      for (const { name } of statement.declarationList.declarations) for (const bound of namesIn(ts, name)) enter(bound, statement);
    } else {
      // `((Debug2) => { … })(Debug || (Debug = {}));` is the rest of what `var Debug` declares.
      const filled = /\((\w+) \|\| \(\1 = \{\}\)\);?\s*$/.exec(text.slice(statement.pos, statement.end));
      if (filled !== null) enter(filled[1], statement);
    }
  }
  const used = new Set();
  const open = [...wanted];
  const seen = new Set();
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    for (const statement of byName.get(name) ?? []) {
      if (used.has(statement)) continue;
      used.add(statement);
      for (const other of namesIn(ts, statement)) if (byName.has(other)) open.push(other);
    }
  }
  return used;
}

function namesIn(ts, node) {
  const names = new Set();
  const visit = (inner) => {
    if (inner.kind === ts.SyntaxKind.Identifier) names.add(inner.text);
    ts.forEachChild(inner, visit);
  };
  visit(node);
  return names;
}
