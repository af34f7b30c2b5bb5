/**
 * Reads the pages of rules (test/rules/<id>.md) as tests.
 *
 * Each fenced `elixir`, `erlang` or `typescript` block is a workspace of its own: one file (`lib/example.ex`, `src/example.erl`, `src/example.ts`), or several
 * after lines `# file: lib/cart.ex` (`% file: …` in Erlang, `// file: …` in TypeScript). A finding is
 * expected by a comment under its line, `#   ^^^^ rule-id(variant): part of the message`, with carets under its exact columns and, where it is
 * meant, the severity before the rule. Comments of this form are taken out before the block is read. What is not expected must not be found.
 *
 * A block that begins with "```elixir fix: Title" shows what the fix of that title makes of the block above it: the files that it changes, as
 * they are then. The fix is asked for at each finding of the block, and at the carets of comments `#   ^^^^ fix: Title`, for those that answer no
 * finding. `#   ^^^^ no fix: id` says that the fix of that id is not offered there.
 */
import { defaultSettings } from "../../server/src/analysis/settings.ts";
import type { Snapshot } from "../../server/src/analysis/snapshot.ts";
import { createWorkspace, type Engine } from "../../server/src/analysis/workspace.ts";

export interface PageFinding {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The column after the last one. */
  readonly endColumn: number;
  readonly rule: string;
  readonly variant: string | null;
  readonly severity: string | null;
  /** The whole message of a finding; a part of it in an expectation. */
  readonly message: string;
}

export interface PageBlock {
  /** The heading above it. */
  readonly heading: string;
  /** Of its first line in the page. */
  readonly line: number;
  readonly files: readonly { readonly path: string; readonly text: string }[];
  readonly expected: readonly PageFinding[];
  readonly marks: readonly FixMark[];
  readonly fixes: readonly PageFix[];
}

/** A part of a line where a fix is asked for: by its title, or by its id for one that must not be offered. */
export interface FixMark extends Pick<PageFinding, "file" | "line" | "column" | "endColumn"> {
  readonly title: string | null;
  readonly refused: string | null;
}

export interface PageFix {
  readonly title: string;
  /** Of its first line in the page. */
  readonly line: number;
  /** The changed files, after the change. */
  readonly files: PageBlock["files"];
}

const fence = /^```(\w*)(?: fix: (.*?))?\s*$/;
const fileMark = /^(?:[#%]|\/\/) file: (\S+)\s*$/;
const fixMark = /^(\s*(?:[#%]|\/\/)\s*)(\^+)\s+(no )?fix: (.*?)\s*$/;
const findingMark = /^(\s*(?:[#%]|\/\/)\s*)(\^+)\s+(?:(error|warning|info|hint) )?([a-z]+(?:-[a-z]+)*)(?:\(([a-z-]+)\))?:\s*(.*?)\s*$/;

/** The path of a block's only file, by the language of its fence; other blocks are no code. */
const onlyFile: Readonly<Record<string, string>> = { elixir: "lib/example.ex", erlang: "src/example.erl", typescript: "src/example.ts" };

/** The blocks of code of a page, in order. */
export function readPage(markdown: string): readonly PageBlock[] {
  const blocks: PageBlock[] = [];
  let heading = "";
  let open: { readonly language: string; readonly fix: string | null; readonly line: number; readonly lines: string[] } | null = null;
  for (const [index, line] of markdown.split(/\r?\n/).entries()) {
    const mark = fence.exec(line);
    if (open === null && mark !== null) open = { language: mark[1] ?? "", fix: mark[2] ?? null, line: index + 2, lines: [] };
    else if (open === null) heading = /^#+ (.*)$/.exec(line)?.[1] ?? heading;
    else if (mark !== null) {
      if (open.fix !== null)
        addFix(blocks, { title: open.fix, line: open.line, files: readBlock(open.lines, onlyFile[open.language] ?? "").files });
      else if (onlyFile[open.language] !== undefined)
        blocks.push({ heading, line: open.line, ...readBlock(open.lines, onlyFile[open.language] ?? ""), fixes: [] });
      open = null;
    } else open.lines.push(line);
  }
  return blocks;
}

function addFix(blocks: PageBlock[], fix: PageFix): void {
  const before = blocks.pop();
  if (before === undefined) throw new Error(`line ${fix.line}: a fix without a block above it`);
  blocks.push({ ...before, fixes: [...before.fixes, fix] });
}

function readBlock(lines: readonly string[], path: string): Pick<PageBlock, "files" | "expected" | "marks"> {
  const files: { path: string; lines: string[] }[] = [];
  const expected: PageFinding[] = [];
  const marks: FixMark[] = [];
  const start = (path: string): { path: string; lines: string[] } => {
    const fresh = { path, lines: [] };
    files.push(fresh);
    return fresh;
  };
  let file: { path: string; lines: string[] } | null = null;
  for (const line of lines) {
    const named = fileMark.exec(line)?.[1];
    if (named !== undefined) {
      file = start(named);
      continue;
    }
    file ??= start(path);
    const fix = fixMark.exec(line);
    const mark = findingMark.exec(line);
    if (fix !== null) marks.push(readFixMark(fix, file.path, file.lines.length));
    else if (mark === null) file.lines.push(line);
    else expected.push(readExpectation(mark, file.path, file.lines.length));
  }
  return { files: files.map(({ path, lines: text }) => ({ path, text: `${text.join("\n")}\n` })), expected, marks };
}

function readFixMark([, before = "", carets = "", no, text = ""]: RegExpExecArray, file: string, line: number): FixMark {
  const column = before.length + 1;
  const [title, refused] = no === undefined ? [text, null] : [null, text];
  return { file, line, column, endColumn: column + carets.length, title, refused };
}

function readExpectation(mark: RegExpExecArray, file: string, line: number): PageFinding {
  const [, before = "", carets = "", severity, rule = "", variant, message = ""] = mark;
  const column = before.length + 1;
  return { file, line, column, endColumn: column + carets.length, rule, variant: variant ?? null, severity: severity ?? null, message };
}

/** Analyzes a block as one workspace. Of the rules in preview only that with the id `preview` is on. */
export function analyzeBlock({ files }: Pick<PageBlock, "files">, engine: Engine, preview?: string): Snapshot {
  const rule = engine.rules.find(({ meta }) => meta.stage === "preview" && meta.id === preview);
  const settings = rule === undefined ? defaultSettings : { ...defaultSettings, rules: { [rule.meta.id]: rule.meta.severity } };
  const workspace = createWorkspace({ engine, settings });
  for (const { path, text } of files) workspace.setFile(path, text);
  return workspace.snapshot();
}

/** The findings of a snapshot in the form of expectations. */
export function foundIn({ findings, locate }: Snapshot): readonly PageFinding[] {
  return findings.map(({ place, rule, variant, severity, message }) => {
    const { file, line, column, endLine, endColumn } = locate(place);
    return { file, line, column, endColumn: endLine === line ? endColumn : Number.POSITIVE_INFINITY, rule, variant, severity, message };
  });
}

/** What differs between the expectations of a block and what was found in it, one line each; nothing if all is as it should be. */
export function differences({ expected }: Pick<PageBlock, "expected">, found: readonly PageFinding[]): readonly string[] {
  const open = [...found];
  const missing = expected.filter((wanted) => {
    const index = open.findIndex((actual) => meets(actual, wanted));
    if (index >= 0) open.splice(index, 1);
    return index < 0;
  });
  return [...missing.map((wanted) => `expected: ${print(wanted)}`), ...open.map((actual) => `found:    ${print(actual)}`)];
}

function meets(actual: PageFinding, wanted: PageFinding): boolean {
  return (
    actual.file === wanted.file &&
    actual.line === wanted.line &&
    actual.column === wanted.column &&
    actual.endColumn === wanted.endColumn &&
    actual.rule === wanted.rule &&
    actual.variant === wanted.variant &&
    (wanted.severity === null || actual.severity === wanted.severity) &&
    actual.message.includes(wanted.message)
  );
}

function print({ file, line, column, endColumn, rule, variant, severity, message }: PageFinding): string {
  const name = variant === null ? rule : `${rule}(${variant})`;
  return `${file}:${line}:${column}-${endColumn} ${severity === null ? "" : `${severity} `}${name}: ${message}`;
}
