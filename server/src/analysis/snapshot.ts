/** What the analysis says of a workspace at one moment: all that the editor and the command line present. Pure data and look-ups. */
import type { Finding } from "../model/finding.ts";
import type { Topology } from "../model/topology.ts";
import type { ResolvedPlace } from "./places.ts";
import type { View } from "./view.ts";

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
export interface Snapshot extends Omit<View, "entries"> {
  /** Counts the snapshots of a workspace, from 1. */
  readonly revision: number;
  readonly topology: Topology;
  /** What is to be shown, by file, line and rule. */
  readonly findings: readonly Finding[];
  readonly problems: readonly WorkspaceProblem[];
  /** Milliseconds that a call takes, by process as settings write it. */
  readonly callTimes: ReadonlyMap<string, number>;
  readonly summary: Summary;
}
