/**
 * A baseline file: findings that a team knows of and does not want to hear about again. Pure.
 *
 * Entries bear no lines, so that they survive edits; `count` says how many findings of one key are known, so that a further one is reported.
 */
import type { Finding } from "../model/finding.ts";
import { type FindingKey, findingKey, printFindingKey } from "../model/finding-key.ts";

const schema = "process-topology/baseline@1";

export interface BaselineEntry extends FindingKey {
  readonly count: number;
}

/** The entries of a baseline file, or what is wrong with it in one sentence. */
export function parseBaseline(text: string): readonly BaselineEntry[] | string {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return "is not JSON";
  }
  const file = data as { schema?: unknown; findings?: unknown } | null;
  if (typeof file !== "object" || file === null || file.schema !== schema) return `is not a baseline file (its schema is not "${schema}")`;
  if (!Array.isArray(file.findings) || !file.findings.every(isEntry)) return "holds an entry that is not a baseline entry";
  return file.findings;
}

function isEntry(value: unknown): value is BaselineEntry {
  const entry = value as Partial<Record<keyof BaselineEntry, unknown>> | null;
  if (typeof entry !== "object" || entry === null) return false;
  const isTextOrNull = (field: unknown): boolean => field === null || typeof field === "string";
  return (
    typeof entry.rule === "string" &&
    typeof entry.file === "string" &&
    typeof entry.count === "number" &&
    isTextOrNull(entry.variant) &&
    isTextOrNull(entry.process) &&
    isTextOrNull(entry.message)
  );
}

/** The text of a baseline file that holds these findings: sorted, one entry a line, so that its diffs can be read. */
export function writeBaseline(findings: readonly Finding[]): string {
  const entries = new Map<string, BaselineEntry>();
  for (const finding of findings) {
    const key = findingKey(finding);
    const name = printFindingKey(key);
    entries.set(name, { ...key, count: (entries.get(name)?.count ?? 0) + 1 });
  }
  const lines = [...entries].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => `    ${JSON.stringify(entry)}`);
  return `{\n  "schema": "${schema}",\n  "findings": [${lines.length === 0 ? "" : `\n${lines.join(",\n")}\n  `}]\n}\n`;
}

/** The findings that a baseline does not know, in their order. */
export function withoutBaseline(findings: readonly Finding[], baseline: readonly BaselineEntry[]): readonly Finding[] {
  const known = new Map(baseline.map((entry) => [printFindingKey(entry), entry.count]));
  return findings.filter((finding) => {
    const key = printFindingKey(findingKey(finding));
    const left = known.get(key) ?? 0;
    known.set(key, left - 1);
    return left <= 0;
  });
}
