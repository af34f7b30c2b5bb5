/** One file of TypeScript or JavaScript, or of a project's configuration: text → facts. Pure; broken source gives the facts of what is left, and problems. */
import type TypeScript from "typescript";
import type { FileFacts, FileShape, Problem, ScriptFacts } from "../../model/facts.ts";
import { computeLineStarts } from "../../text/line-index.ts";
import { Builder } from "../builder.ts";
import type { SourceFile } from "../language.ts";
import { skimmed } from "../skimmed.ts";
import { readComments } from "./comments.ts";
import { look } from "./look.ts";
import { lowerFile } from "./lower/file.ts";
import { readProject } from "./project/read-project.ts";
import { loadSyntax } from "./syntax.ts";
import { UnreadScript } from "./unread.ts";
import { lookTwice, type SecondLook } from "./words.ts";

const NO_SCRIPT: ScriptFacts = { imports: [], exports: [], members: [], deployment: null, packages: null, deferred: null };

/** What a look has nothing to say about is parsed when a link asks for it. */
export function readTypeScript(file: SourceFile): FileFacts {
  const looked = file.looked?.as as SecondLook | undefined;
  switch (looked ?? (file.once ? lookTwice(file) : look(file))) {
    case "project":
      return project(file);
    case "test":
      return skimmed(file, "typescript");
    case "generated":
      return facts(file, { hash: "skimmed", modules: [], templates: [], project: null }, new Int32Array(0), []);
    case "actors":
      return parsed(file);
    case "waits":
      // Nothing comes of it but where it is called, and there a link that is made once comes to it.
      return file.once ? new UnreadScript(file, parsed) : parsed(file);
    case "other":
      return new UnreadScript(file, parsed);
  }
}

function project(file: SourceFile): FileFacts {
  const out = new Builder();
  const script = { ...NO_SCRIPT, ...readProject(file.path.slice(file.path.lastIndexOf("/") + 1), file.text, out) };
  return facts(file, { hash: JSON.stringify(script), modules: [], templates: [], project: null, script }, out.spans(), []);
}

function facts(file: SourceFile, shape: FileShape, spans: Int32Array, problems: readonly Problem[]): FileFacts {
  // Most files are never asked for a line.
  let lineStarts: Int32Array | null = null;
  const lines = (): Int32Array => (lineStarts ??= computeLineStarts(file.text));
  return {
    path: file.path,
    language: "typescript",
    role: file.role,
    shape,
    spans,
    get lineStarts() {
      return lines();
    },
    length: file.text.length,
    problems,
    ...readComments(file.text, lines),
  };
}

/** Source that is nested so deeply that the parser itself runs out of stack gives no facts, and says so. */
function parsed(file: SourceFile): FileFacts {
  try {
    return lowered(file);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const problem = { message: "This file is nested too deeply to be read.", start: 0, end: 0 };
    return facts(file, { hash: file.text, modules: [], templates: [], project: null, script: NO_SCRIPT }, new Int32Array(0), [problem]);
  }
}

function lowered(file: SourceFile): FileFacts {
  const syntax = loadSyntax();
  const out = new Builder(!file.once && !file.outline);
  // Types in comments are types: nothing comes of them.
  const options = { languageVersion: syntax.ScriptTarget.Latest, jsDocParsingMode: syntax.JSDocParsingMode.ParseNone };
  const source = syntax.createSourceFile(file.path, file.text, options, false, kindOf(file.path));
  const { modules, ...script } = lowerFile(source, file.path, out, syntax);
  const hash = file.once || file.outline ? file.text : out.hash();
  const shape = { hash, modules, templates: [], project: null, script: { ...NO_SCRIPT, ...script } };
  return facts(file, shape, out.spans(), problemsOf(source));
}

/** TypeScript's parser tells the kind by itself but for JavaScript, where it allows JSX. */
function kindOf(path: string): TypeScript.ScriptKind {
  const K = loadSyntax().ScriptKind;
  const extension = path.slice(path.lastIndexOf(".") + 1);
  if (extension === "tsx") return K.TSX;
  return extension === "ts" || extension === "mts" || extension === "cts" ? K.TS : K.JSX;
}

/** The first mistake is the cause, what follows is often its echo. */
function problemsOf(source: TypeScript.SourceFile): readonly Problem[] {
  const { parseDiagnostics } = source as unknown as { readonly parseDiagnostics: readonly TypeScript.DiagnosticWithLocation[] };
  return parseDiagnostics.slice(0, 1).map(({ messageText, start, length }) => ({
    message: typeof messageText === "string" ? messageText : messageText.messageText,
    start,
    end: start + length,
  }));
}
