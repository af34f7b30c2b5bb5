/** One Elixir file: text → facts. Pure; broken source gives the facts of what is left, and problems. */
import type { FileFacts, ModuleFacts } from "../../../model/facts.ts";
import { computeLineStarts } from "../../../text/line-index.ts";
import { Builder } from "../../builder.ts";
import { readCallTimes } from "../../call-times.ts";
import type { SourceFile } from "../../language.ts";
import { skimmed } from "../../skimmed.ts";
import { readSuppressions } from "../../suppressions.ts";
import type { SyntaxTree } from "../ast.ts";
import { outlineElixir, parseElixir } from "../parser/parser.ts";
import { lowerItems, lowerQuote, openBody } from "./bodies.ts";
import type { Lowering } from "./expressions.ts";
import { readMixProject } from "./mix-project.ts";
import { Scope } from "./scope.ts";

/** Reads one file; `path` decides whether it is a `mix.exs`. Nothing depends on a test script, so skimming one gives no facts. */
export function readElixir(file: SourceFile): FileFacts {
  if (file.skim && file.role === "test" && file.path.endsWith(".exs")) return skimmed(file, "elixir");
  return lowerElixir(file, file.outline ? outlineElixir(file.text) : parseElixir(file.text));
}

export function lowerElixir(file: SourceFile, tree: SyntaxTree): FileFacts {
  const isCompared = !file.once && !file.outline;
  const out = new Builder(isCompared);
  const modules: ModuleFacts[] = [];
  const sink = (module: ModuleFacts): void => {
    modules.push(module);
  };
  const { outlined } = tree;
  const to: Lowering = { out, outlined, lowerQuote: (node, scope) => lowerQuote(node, scope, to, sink) };
  const top = openBody();
  lowerItems(tree.root.items, top, Scope.top(), to, sink);
  const project = /(^|\/)mix\.exs$/.test(file.path) ? readMixProject(modules) : null;
  const lineStarts = computeLineStarts(file.text);
  const facts: FileFacts = {
    path: file.path,
    language: "elixir",
    role: file.role,
    shape: { hash: isCompared ? out.hash() : file.text, modules, templates: out.templates, project },
    spans: out.spans(),
    lineStarts,
    length: file.text.length,
    problems: tree.problems.map((p) => ({ message: p.message, start: p.start, end: p.end })),
    suppressions: readSuppressions(tree.comments, "#", file.text, lineStarts),
    callTimes: readCallTimes(tree.comments),
  };
  if (outlined.size === 0) return facts;
  // The table grows with what is lowered later.
  return Object.defineProperty(facts, "spans", { get: () => out.spansSoFar() });
}
