/** One Erlang file: text → facts. Pure; broken source gives the facts of what is left, and problems. */
import type { FileFacts, FileShape } from "../../../model/facts.ts";
import { computeLineStarts } from "../../../text/line-index.ts";
import { Builder } from "../../builder.ts";
import { readCallTimes } from "../../call-times.ts";
import type { SourceFile } from "../../language.ts";
import { skimmed } from "../../skimmed.ts";
import { readSuppressions } from "../../suppressions.ts";
import type { AttributeForm, Form, SyntaxTree } from "../ast.ts";
import { outlineErlang, parseErlang, parseTerms } from "../parser/parser.ts";
import { functionKeys, lowerForms } from "./forms.ts";
import { readApplication, readMakefile } from "./project.ts";
import type { FileScope } from "./scope.ts";

const NOTHING: SyntaxTree = { forms: [], comments: [], problems: [] };

/**
 * Reads one file; its name says whether it is a module, a header, a script, or a project's own file. Nothing that is not a test depends on a test's
 * module, so skimming one gives no facts: test suites are close to half of the Erlang in RabbitMQ and EMQX.
 */
export function readErlang(file: SourceFile): FileFacts {
  if (file.skim && file.role === "test" && file.path.endsWith(".erl")) return skimmed(file, "erlang");
  const out = new Builder(!file.once && !file.outline);
  const name = file.path.slice(file.path.lastIndexOf("/") + 1);
  if (/\.app(\.src)?$|^rebar\.config$/.test(name)) {
    const tree = parseTerms(file.text);
    const project = readApplication(tree, { out, module: null, own: new Set() });
    return facts(file, tree, out, { modules: [], templates: [], project });
  }
  if (name === "Makefile")
    return facts(file, NOTHING, out, {
      modules: [],
      templates: [],
      project: readMakefile(file.text, { out, module: null, own: new Set() }),
    });
  const tree = file.outline ? outlineErlang(file.text) : parseErlang(file.text);
  const read = facts(file, tree, out, name.endsWith(".hrl") ? lowerHeader(tree, file, out) : lowerModule(tree, file, out));
  // In an outline, the table grows with what is lowered later.
  return file.outline ? Object.defineProperty(read, "spans", { get: () => out.spansSoFar() }) : read;
}

function facts(file: SourceFile, tree: SyntaxTree, out: Builder, shape: Omit<FileShape, "hash">): FileFacts {
  const lineStarts = computeLineStarts(file.text);
  return {
    path: file.path,
    language: "erlang",
    role: file.role,
    shape: { hash: file.once || file.outline ? file.text : out.hash(), ...shape },
    spans: out.spans(),
    lineStarts,
    length: file.text.length,
    problems: tree.problems.map(({ message, start, end }) => ({ message, start, end })),
    suppressions: readSuppressions(tree.comments, "%", file.text, lineStarts),
    callTimes: readCallTimes(tree.comments),
  };
}

/** A header is a template that the modules which include it take in. */
function lowerHeader(tree: SyntaxTree, file: SourceFile, out: Builder): Omit<FileShape, "hash"> {
  const body = lowerForms(tree.forms, scopeOf(tree.forms, null, out));
  return { modules: [], templates: [{ ...body, at: out.mark(0, file.text.length), aliases: [], bindings: [] }], project: null };
}

/** A script without `-module` is a module of its file's name, as escript has it. */
function lowerModule(tree: SyntaxTree, file: SourceFile, out: Builder): Omit<FileShape, "hash"> {
  const declared = tree.forms.find((form): form is AttributeForm => form.kind === "attribute" && form.name === "module")?.args[0];
  const fallback = file.path.slice(file.path.lastIndexOf("/") + 1).replace(/\.\w+$/, "");
  const name = declared?.kind === "atom" ? declared.value : fallback;
  out.mixText(name);
  const nameAt = declared ? out.mark(declared.start, declared.end) : out.mark(0, 0);
  const body = lowerForms(tree.forms, scopeOf(tree.forms, name, out));
  return { modules: [{ ...body, name, at: out.mark(0, file.text.length), nameAt, form: "module" }], templates: [], project: null };
}

/** What the file defines and imports is not of the module `erlang`. */
function scopeOf(forms: readonly Form[], module: string | null, out: Builder): FileScope {
  const own = new Set<string>();
  for (const form of forms) {
    if (form.kind === "function") own.add(`${form.name}/${form.clause.params.length}`);
    else if (form.kind === "outline") own.add(`${form.name}/${form.arity}`);
    else if (form.kind === "attribute" && form.name === "import") for (const key of functionKeys(form.args[1])) own.add(key);
  }
  return { out, module, own };
}
