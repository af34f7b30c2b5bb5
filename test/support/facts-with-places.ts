import type { FileFacts } from "../../server/src/model/facts.ts";

/** The modules of a file without what is given out in the order of lowering, which is another one in an outline; places as source. */
export function withPlaces(facts: FileFacts, text: string): unknown {
  const places = new Set(["at", "nameAt"]);
  const show = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(show);
    if (value === null || typeof value !== "object") return value;
    const keys =
      "clauses" in value && "arity" in value ? ["name", "arity", "form", "defaults", "clauses", "at", "nameAt"] : Object.keys(value);
    return Object.fromEntries(
      keys
        .filter((key) => key !== "id" && key !== "template")
        .map((key) => {
          const inner = (value as Record<string, unknown>)[key];
          if (!places.has(key) || typeof inner !== "number") return [key, show(inner)];
          return [key, `${facts.spans[2 * inner]} ${text.slice(facts.spans[2 * inner], facts.spans[2 * inner + 1])}`];
        }),
    );
  };
  return show(facts.shape.modules);
}
