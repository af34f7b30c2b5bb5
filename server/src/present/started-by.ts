/** What starts a process. Pure. */
import type { Place } from "../model/topology.ts";
import type { EditorSource } from "./editor-source.ts";
import { indexTopology } from "./topology-index.ts";

/**
 * The child specifications that start a definition's processes, in the order of the trees; where no supervisor does, the calls that start them.
 * Places in files that cannot be opened (a supervisor of a library) are left out. `module`: a BEAM atom.
 */
export function startedBy(module: string, source: EditorSource): readonly Place[] {
  const { topology } = source;
  const children = (indexTopology(topology).paths.get(module) ?? []).filter(
    ({ application, above }) => application !== null || above.length > 0,
  );
  const found = children.map(({ node }) => node.place);
  // A helper that a server spawns from its own functions is no start of the server.
  const kind = topology.definitions.get(module)?.kind;
  if (found.length === 0)
    found.push(...topology.starts.filter((start) => start.module === module && start.kind === kind).map(({ place }) => place));
  const distinct = new Map(found.map((place) => [`${place.at}:${place.file}`, place]));
  return [...distinct.values()].filter((place) => source.hrefOf(place) !== null);
}
