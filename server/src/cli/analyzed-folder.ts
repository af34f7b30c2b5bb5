import { callTimeOf } from "../analysis/call-times.ts";
import type { Snapshot } from "../analysis/snapshot.ts";
import type { RuleMetadata } from "../model/finding.ts";
import { isScript } from "../model/function-name.ts";
import type { AnalyzedFolder } from "./host.ts";

export interface FolderFacts {
  readonly root: string;
  readonly title: string;
  readonly rules: readonly RuleMetadata[];
  readonly baseline: string;
  /** From the first file to the last finding, reading included. */
  readonly milliseconds: number;
}

/** A snapshot as the commands see it. */
export function analyzedFolder(snapshot: Snapshot, { milliseconds, ...facts }: FolderFacts): AnalyzedFolder {
  const { topology, findings, problems, summary } = snapshot;
  return {
    ...facts,
    topology,
    // What a machine runs is a definition, though no module of its file.
    ownModules: new Set([
      ...[...snapshot.files.values()].flatMap(({ role, shape }) => (role === "dependency" ? [] : shape.modules.map(({ name }) => name))),
      ...[...topology.definitions.keys()].filter(isScript),
    ]),
    findings,
    problems,
    places: snapshot,
    callTimeOf: (definition) => callTimeOf(definition, snapshot),
    summary: { ...summary, milliseconds },
    print: (atom) => snapshot.print(atom),
  };
}
