/**
 * Reads the pages of rules (test/rules/<id>.md) as tests.
 *
 * Each fenced `elixir` block is a workspace of its own: one file (`lib/example.ex`), or several after lines `# file: lib/cart.ex`. A finding is
 * expected by a comment under its line, `#   ^^^^ rule-id(variant): part of the message`, with carets under its exact columns and, where it is
 * meant, the severity before the rule. Comments of this form are taken out before the block is read. What is not expected must not be found.
 */
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
}

const fence = /^```(\w*)\s*$/;
const fileMark = /^# file: (\S+)\s*$/;
const findingMark = /^(\s*#\s*)(\^+)\s+(?:(error|warning|info|hint) )?([a-z]+(?:-[a-z]+)*)(?:\(([a-z-]+)\))?:\s*(.*?)\s*$/;

/** The `elixir` blocks of a page, in order. */
export function readPage(markdown: string): readonly PageBlock[] {
  const blocks: PageBlock[] = [];
  let heading = "";
  let open: { readonly language: string; readonly line: number; readonly lines: string[] } | null = null;
  for (const [index, line] of markdown.split(/\r?\n/).entries()) {
    const mark = fence.exec(line);
    if (open === null && mark !== null) open = { language: mark[1] ?? "", line: index + 2, lines: [] };
    else if (open === null) heading = /^#+ (.*)$/.exec(line)?.[1] ?? heading;
    else if (mark !== null) {
      if (open.language === "elixir") blocks.push({ heading, line: open.line, ...readBlock(open.lines) });
      open = null;
    } else open.lines.push(line);
  }
  return blocks;
}

function readBlock(lines: readonly string[]): Pick<PageBlock, "files" | "expected"> {
  const files: { path: string; lines: string[] }[] = [];
  const expected: PageFinding[] = [];
  const start = (path: string): { path: string; lines: string[] } => {
    const fresh = { path, lines: [] };
    files.push(fresh);
    return fresh;
  };
  let file: { path: string; lines: string[] } | null = null;
  for (const line of lines) {
    const path = fileMark.exec(line)?.[1];
    if (path !== undefined) {
      file = start(path);
      continue;
    }
    file ??= start("lib/example.ex");
    const mark = findingMark.exec(line);
    if (mark === null) file.lines.push(line);
    else expected.push(readExpectation(mark, file.path, file.lines.length));
  }
  return { files: files.map(({ path, lines: text }) => ({ path, text: `${text.join("\n")}\n` })), expected };
}

function readExpectation(mark: RegExpExecArray, file: string, line: number): PageFinding {
  const [, before = "", carets = "", severity, rule = "", variant, message = ""] = mark;
  const column = before.length + 1;
  return { file, line, column, endColumn: column + carets.length, rule, variant: variant ?? null, severity: severity ?? null, message };
}

/** Analyzes a block as one workspace. */
export function analyzeBlock({ files }: PageBlock, engine: Engine): Snapshot {
  const workspace = createWorkspace({ engine });
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
