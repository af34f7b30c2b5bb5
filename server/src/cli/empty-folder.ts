import { EMPTY_TOPOLOGY } from "../model/empty-topology.ts";
import type { Topology } from "../model/topology.ts";
import type { FindingsSummary } from "../present/findings-json.ts";
import type { AnalyzedFolder } from "./host.ts";

const topology: Topology = { ...EMPTY_TOPOLOGY, language: "typescript" };

/** A folder of which there is nothing to say but how much of it was read. */
export function emptyFolder(
  {
    root,
    title,
    files,
    bytes,
    milliseconds,
  }: Pick<AnalyzedFolder, "root" | "title"> & Pick<FindingsSummary, "files" | "bytes" | "milliseconds">,
  rules: () => AnalyzedFolder["rules"],
): AnalyzedFolder {
  return {
    root,
    title,
    topology,
    ownModules: new Set(),
    findings: [],
    problems: [],
    places: {
      locate: ({ file }) => ({ file, line: 1, column: 1, endLine: 1, endColumn: 1 }),
      line: () => null,
    },
    callTimeOf: () => null,
    summary: { files, bytes, definitions: 0, processes: 0, milliseconds },
    get rules() {
      return rules();
    },
    baseline: "",
    print: (atom) => atom,
  };
}
