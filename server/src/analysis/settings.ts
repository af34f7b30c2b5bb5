/** What a person may set, with checked values. Pure. */
import { parseCallTime } from "../model/call-time.ts";
import type { Severity } from "../model/finding.ts";
import type { LibraryTable } from "../model/library.ts";

export type RuleLevel = Severity | "off" | "default";

export interface Settings {
  /** By rule id; a rule that is not named has its own severity. */
  readonly rules: Readonly<Record<string, RuleLevel>>;
  /** Globs in the syntax of `.gitignore`, relative to the workspace folder, of files that are not read. */
  readonly exclude: readonly string[];
  /** What a project knows of libraries that the bundled tables do not; what they say of a function counts instead of what the others say. */
  readonly libraries: readonly LibraryTable[];
  /** Milliseconds that a call of a process takes, by the name of its module as source writes it. */
  readonly callTimes: ReadonlyMap<string, number>;
}

export const defaultSettings: Settings = { rules: {}, exclude: [], libraries: [], callTimes: new Map() };

export const ruleLevels = ["error", "warning", "info", "hint", "off", "default"] as const satisfies readonly RuleLevel[];
const levels: ReadonlySet<string> = new Set(ruleLevels);

/** Takes what is usable from a value of unknown origin (a settings file, the editor); everything else keeps its default. */
export function readSettings(value: unknown): Settings {
  const given = asRecord(value);
  const rules = Object.entries(asRecord(given.rules)).filter(
    (entry): entry is [string, RuleLevel] => typeof entry[1] === "string" && levels.has(entry[1]),
  );
  const exclude = Array.isArray(given.exclude) ? given.exclude.filter((glob) => typeof glob === "string") : [];
  const callTimes = Object.entries(asRecord(given.callTimes)).flatMap(([process, time]): [string, number][] => {
    const milliseconds = typeof time === "string" ? parseCallTime(time) : null;
    return milliseconds === null ? [] : [[process, milliseconds]];
  });
  return { rules: Object.fromEntries(rules), exclude, libraries: [], callTimes: new Map(callTimes) };
}

function asRecord(value: unknown): { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as { readonly [key: string]: unknown }) : {};
}
