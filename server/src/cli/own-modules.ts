import type { AnalyzedFolder } from "./host.ts";

/** Modules of the folder that processes run (BEAM atoms); those of bundled models of libraries have no source in it. */
export function ownModules({ topology, places }: AnalyzedFolder): Set<string> {
  const own = [...topology.definitions.values()].filter(({ place }) => places.line(place.file, 1) !== null);
  return new Set(own.map(({ module }) => module));
}
