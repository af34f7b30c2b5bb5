import type { Place } from "../model/topology.ts";
import type { Places } from "../present/places.ts";

/** Of what begins in a file at or above a line (from 1) the nearest, and of several in one line the last. `file`: as a person types it. */
export function lastAbove<T extends { readonly place: Place }>(
  all: Iterable<T>,
  file: string,
  line: number,
  places: Places,
): T | undefined {
  const path = file.replace(/^\.\//, "");
  let nearest: { readonly one: T; readonly line: number } | undefined;
  for (const one of all) {
    if (one.place.file !== path) continue;
    const at = places.locate(one.place).line;
    if (at <= line && (nearest === undefined || at >= nearest.line)) nearest = { one, line: at };
  }
  return nearest?.one;
}
