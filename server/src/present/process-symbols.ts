/** Processes by their registered names, for a search through the workspace. Pure. */
import type { Place } from "../model/topology.ts";
import type { EditorSource } from "./editor-source.ts";
import { kindText } from "./panel-words.ts";
import { indexTopology } from "./topology-index.ts";
import { nodeLabel } from "./tree-label.ts";

export interface ProcessSymbol {
  readonly name: string;
  /** `Registry · Shop.Supervisor`: the kind, and the supervisor. */
  readonly container: string;
  /** The child specification. */
  readonly place: Place;
}

/**
 * Processes that are registered under a name of their own; those named after their module are found by that in every editor, and names in
 * registries are made at run time. `query`: letters that the name has in this order, in either case; empty means all.
 */
export function processSymbols(query: string, source: EditorSource): ProcessSymbol[] {
  const found = new Map<string, ProcessSymbol>();
  for (const { node, above } of indexTopology(source.topology).nodes) {
    const { name, module, place } = node;
    if (name === null || name.scope === "via" || name.value === module || source.hrefOf(place) === null) continue;
    // What a library starts inside of its own child has no place of its own in the workspace.
    if (!hasLetters(name.value, query) || above.some((outer) => samePlace(outer.place, place))) continue;
    const parent = above.at(-1);
    const container = [kindText(node, "elixir"), ...(parent === undefined ? [] : [nodeLabel(parent)])].join(" · ");
    found.set(`${name.value}:${place.at}:${place.file}`, { name: name.value, container, place });
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function samePlace(a: Place, b: Place): boolean {
  return a.at === b.at && a.file === b.file;
}

function hasLetters(name: string, query: string): boolean {
  const [letters, wanted] = [name.toLowerCase(), query.toLowerCase().replace(/\s/g, "")];
  let at = 0;
  for (const letter of wanted) {
    at = letters.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
