/** What the commands need of the world; `main.commands.ts` hands in the real one, tests a made-up one. */
import type { Finding, RuleMetadata } from "../model/finding.ts";
import type { Purpose } from "../model/purpose.ts";
import type { ProcessDefinition, Topology } from "../model/topology.ts";
import type { FindingsSummary } from "../present/findings-json.ts";
import type { LocatedProblem, Places } from "../present/places.ts";

/** 0: nothing to report; 1: findings; 2: wrong usage or unreadable input. */
export type ExitStatus = 0 | 1 | 2;

/** A folder that has been read, linked and judged. */
export interface AnalyzedFolder {
  /** Absolute. */
  readonly root: string;
  /** The folder's name. */
  readonly title: string;
  readonly topology: Topology;
  /** Modules of the folder (BEAM atoms), those of dependencies left out. */
  readonly ownModules: ReadonlySet<string>;
  /** In the order of files and places; suppressed ones are left out. */
  readonly findings: readonly Finding[];
  readonly problems: readonly LocatedProblem[];
  readonly places: Places;
  /** Milliseconds that a call of the process takes, as its source says in a comment, or null. */
  callTimeOf(definition: ProcessDefinition): number | null;
  readonly summary: FindingsSummary;
  readonly rules: readonly RuleMetadata[];
  /** Path of the baseline file that the project names, relative to the folder, or empty. */
  readonly baseline: string;
  /** A module's BEAM atom as its language prints it. */
  print(atom: string): string;
}

/** A folder as it was at a commit, and as it is. */
export interface AnalyzedChange {
  /** The full name of the commit. */
  readonly commit: string;
  readonly before: AnalyzedFolder;
  readonly after: AnalyzedFolder;
}

export interface CliHost {
  readonly version: string;
  /** Whether standard output may be colored. */
  readonly color: boolean;
  /** Columns of the terminal that standard output is; null where it is none. */
  readonly columns: number | null;
  out(text: string): void;
  /** For people only: progress, problems, usage. */
  error(text: string): void;
  /** Reads and judges a folder, as far as it is needed for the purpose; throws `InputError` where it is none or cannot be read. */
  analyze(path: string, purpose?: Purpose): Promise<AnalyzedFolder>;
  /**
   * Reads and judges, for findings, a folder as it was where the work in it and `revision` parted, and as it is. Throws `InputError` where Git
   * cannot tell.
   */
  analyzeChange(path: string, revision: string): Promise<AnalyzedChange>;
  /** Throws `InputError` where the file cannot be read. */
  readText(path: string): Promise<string>;
  writeText(path: string, text: string): Promise<void>;
  /** The panel's page as a script (`dist/webview.js`), for a page of its own. */
  pageScript(): Promise<string>;
  /** Of the UTF-8 text, in base64. */
  sha256(text: string): string;
  /** The absolute path that a path on the command line means. */
  resolve(...parts: string[]): string;
  /** What an absolute path of a folder is called from the current folder, with `/`: empty for this one, and for one that is not below it. */
  fromHere(folder: string): string;
}

export interface Command {
  readonly name: string;
  /** After the program's name: `check [PATH]`. */
  readonly usage: string;
  readonly summary: string;
  readonly options: Readonly<Record<string, CommandOption>>;
  run(request: CommandRequest, host: CliHost): Promise<ExitStatus>;
}

export interface CommandOption {
  /** The values that it may have, or a word for what it takes; null for a flag. */
  readonly values: readonly string[] | string | null;
  readonly summary: string;
}

export interface CommandRequest {
  /** PATH or TARGET. */
  readonly argument: string | undefined;
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
}

/** The command line says something that makes no sense. */
export class UsageError extends Error {}

/** A file or folder that was named cannot be read. */
export class InputError extends Error {}

export const folderAdvice = " (a folder is named by --in PATH)";

/** For a TARGET that was not found: where a path belongs that was given in its place, or nothing. */
export function pathAdvice(target: string): string {
  return /[/\\]/.test(target) ? folderAdvice : "";
}

const mostListed = 5;

/** `a or b`; of many the first, and how many others there are. */
export function listed(targets: readonly string[]): string {
  const left = targets.length - mostListed;
  return left <= 1 ? targets.join(" or ") : `${targets.slice(0, mostListed).join(" or ")}, or one of ${left} others`;
}

/** Columns that prose is wrapped at: the terminal's, as far as lines can be read. */
export function proseWidth({ columns }: CliHost): number {
  return Math.min(columns ?? 100, 120);
}

/** The value of an option that has one. */
export function textOption({ options }: CommandRequest, name: string): string | undefined {
  const value = options[name];
  return typeof value === "string" ? value : undefined;
}
