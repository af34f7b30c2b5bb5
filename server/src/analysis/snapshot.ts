/** What the analysis says of a workspace at one moment: all that the editor and the command line present. Pure data and look-ups. */
import type { FileFacts, FileRole } from "../model/facts.ts";
import type { Finding } from "../model/finding.ts";
import type { Place, Topology } from "../model/topology.ts";
import type { ResolvedPlace } from "./places.ts";

/** A finding, and what holds it back from being shown. */
export interface JudgedFinding {
  /** With the severity that settings give it. */
  readonly finding: Finding;
  readonly heldBack: "setting" | "suppression" | "baseline" | null;
}

/** Something wrong with a file (it cannot be read, its syntax is broken) or with what several say together. */
export interface WorkspaceProblem extends ResolvedPlace {
  /** One sentence. */
  readonly message: string;
}

export interface Summary {
  /** Files that were read, dependencies among them. */
  readonly files: number;
  readonly bytes: number;
  /** Process definitions in the workspace's own files. */
  readonly definitions: number;
  /** Nodes of the supervision trees that the workspace's own code specifies, supervisors among them. */
  readonly processes: number;
  /** Spent on reading and analysing for this snapshot. */
  readonly milliseconds: number;
}

/** Stays valid, and as it is, when the workspace changes. */
export interface Snapshot {
  /** Counts the snapshots of a workspace, from 1. */
  readonly revision: number;
  readonly topology: Topology;
  /** What is to be shown, by file, line and rule. */
  readonly findings: readonly Finding[];
  /** These and the ones held back by settings, suppressions and the baseline. */
  readonly allFindings: readonly JudgedFinding[];
  readonly problems: readonly WorkspaceProblem[];
  readonly summary: Summary;
  /** Facts by path. */
  readonly files: ReadonlyMap<string, FileFacts>;
  /** A file that is unknown gives its first line. */
  locate(place: Place): ResolvedPlace;
  /** The text of a line (from 1) without its line break, or null where there is no such line. */
  line(file: string, line: number): string | null;
  /** A module's BEAM atom as its language prints it. */
  print(atom: string): string;
  /** The first line of a place's source text, at most `limit` characters of it. */
  textOf(place: Place, limit: number): string;
  /** Of files of the workspace and of the bundled models of libraries. */
  factsOf(file: string): FileFacts | undefined;
  /** The whole text of a file of the workspace. */
  sourceOf(file: string): string | undefined;
  roleOf(file: string): FileRole;
}
