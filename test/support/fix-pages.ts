/** Runs the fixes that pages show: what is offered for a block, and what comes of it. */
import { fixesAt } from "../../server/src/analysis/fixes.ts";
import { offsetAt } from "../../server/src/analysis/places.ts";
import type { Snapshot } from "../../server/src/analysis/snapshot.ts";
import type { Engine } from "../../server/src/analysis/workspace.ts";
import type { Finding } from "../../server/src/model/finding.ts";
import type { Fix, TextEdit } from "../../server/src/model/fix.ts";
import { analyzeBlock, type FixMark, type PageBlock, type PageFix } from "./rule-pages.ts";

/** What the fixes of an id make of a workspace, by title: the changed files, after the change. */
export function outcomesOf(
  id: string,
  files: Readonly<Record<string, string>>,
  engine: Engine,
): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const snapshot = analyzeBlock({ files: Object.entries(files).map(([path, text]) => ({ path, text })) }, engine);
  const found = fixesOfFindings(snapshot, engine).filter((fix) => fix.id === id);
  return new Map(found.map((fix) => [fix.title, applyFix(snapshot, fix)]));
}

/** Titles of the fixes of an id where some finding fits; a workspace without one refuses nothing. */
export function offersFor(
  id: string,
  isMeant: (finding: Finding) => boolean,
  files: Readonly<Record<string, string>>,
  engine: Engine,
): readonly string[] {
  const snapshot = analyzeBlock({ files: Object.entries(files).map(([path, text]) => ({ path, text })) }, engine);
  if (!snapshot.findings.some(isMeant))
    throw new Error(`no finding to refuse a fix for: ${snapshot.findings.map(({ message }) => message)}`);
  return fixesOfFindings(snapshot, engine).flatMap((fix) => (fix.id === id ? [fix.title] : []));
}

/** Everything that is offered at the findings of a snapshot. */
export function fixesOfFindings(snapshot: Snapshot, engine: Engine): readonly Fix[] {
  return snapshot.findings.flatMap((finding) => {
    const start = snapshot.files.get(finding.place.file)?.spans[2 * finding.place.at] ?? 0;
    return fixesAt(snapshot, engine.languages, finding.place.file, start, start).filter((fix) => fix.finding === finding);
  });
}

/** What differs between a shown fix and the real one, one line each: it is offered, gives exactly these files, ends its finding, and brings no other. */
export function fixDifferences(block: PageBlock, { title, files }: PageFix, engine: Engine, preview?: string): readonly string[] {
  const snapshot = analyzeBlock(block, engine, preview);
  const offered = [...fixesOfFindings(snapshot, engine), ...block.marks.flatMap((mark) => fixesAtMark(snapshot, mark, engine))];
  const fix = offered.find((one) => one.title === title);
  if (fix === undefined) return [`not offered: ${title}`, ...offered.map((one) => `offered: ${one.title}`)];
  const after = applyFix(snapshot, fix);
  const wanted = new Map(files.map(({ path, text }) => [path, text]));
  const changed = [...new Set([...after.keys(), ...wanted.keys()])];
  const wrong = changed.filter((path) => after.get(path) !== wanted.get(path));
  const fixed = analyzeBlock({ files: block.files.map(({ path, text }) => ({ path, text: after.get(path) ?? text })) }, engine, preview);
  return [
    ...wrong.map((path) => `${path} is to be\n${wanted.get(path) ?? "unchanged"}\nbut is\n${after.get(path) ?? "unchanged"}`),
    ...fixed.problems.map(({ file, line, message }) => `problem: ${file}:${line}: ${message}`),
    ...remains(snapshot, fixed, fix),
    ...newFindings(snapshot, fixed),
  ];
}

/** Of a finding that is answered there is one less than before. */
function remains(before: Snapshot, after: Snapshot, { finding }: Fix): readonly string[] {
  return finding === null || countLike(finding, after) < countLike(finding, before) ? [] : [`still found: ${finding.message}`];
}

function countLike(finding: Finding, { findings }: Snapshot): number {
  return findings.filter(
    ({ rule, variant, process }) => rule === finding.rule && variant === finding.variant && process === finding.process,
  ).length;
}

/** A process that is found fault with before and after, by another variant of the rule, is no new finding. */
function newFindings(before: Snapshot, after: Snapshot): readonly string[] {
  const count = ({ findings }: Snapshot, finding: Finding): number =>
    findings.filter(({ rule, process }) => rule === finding.rule && process === finding.process).length;
  return after.findings.filter((one) => count(after, one) > count(before, one)).map(({ message }) => `found since: ${message}`);
}

/** What differs between the marks of a block and what is offered at them, one line each. */
export function offerDifferences(block: PageBlock, engine: Engine, preview?: string): readonly string[] {
  const snapshot = analyzeBlock(block, engine, preview);
  return block.marks.flatMap((mark) => {
    const offered = fixesAtMark(snapshot, mark, engine);
    const where = `${mark.file}:${mark.line}:${mark.column}`;
    if (mark.title !== null && !offered.some(({ title }) => title === mark.title)) return [`${where} not offered: ${mark.title}`];
    return offered.filter(({ id }) => id === mark.refused).map(({ title }) => `${where} offered: ${title}`);
  });
}

function fixesAtMark(snapshot: Snapshot, { file, line, column, endColumn }: FixMark, engine: Engine): readonly Fix[] {
  const facts = snapshot.files.get(file);
  if (facts === undefined) throw new Error(`${file} is not read`);
  const [start, end] = [offsetAt(facts, line - 1, column - 1), offsetAt(facts, line - 1, endColumn - 1)];
  return fixesAt(snapshot, engine.languages, file, start, end);
}

/** The changed files after the change. */
export function applyFix({ sourceOf }: Pick<Snapshot, "sourceOf">, { files }: Pick<Fix, "files">): ReadonlyMap<string, string> {
  return new Map(files.map(({ file, edits }) => [file, applyEdits(sourceOf(file) ?? "", edits)]));
}

function applyEdits(text: string, edits: readonly TextEdit[]): string {
  return edits
    .toSorted((a, b) => b.start - a.start || b.end - a.end)
    .reduce((done, { start, end, text: fresh }) => done.slice(0, start) + fresh + done.slice(end), text);
}
