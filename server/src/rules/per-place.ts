/** What several ways lead to, or several modules take in by one `use`, is reported once. Pure. */
import type { Place } from "../model/topology.ts";

/** The first of each place, in the order given. */
export function firstOfEachPlace<T>(all: Iterable<T>, placeOf: (one: T) => Place): readonly T[] {
  const found = new Map<string, T>();
  for (const one of all) {
    const { file, at } = placeOf(one);
    const key = `${file} ${at}`;
    if (!found.has(key)) found.set(key, one);
  }
  return [...found.values()];
}
