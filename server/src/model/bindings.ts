/** Which literals a row of calls hands down, and what they rule out. Pure. */
import type { Argument, Circumstances, Given, Literal } from "./circumstance.ts";

/** What is known of a function's parameters, by index. */
export type Bindings = ReadonlyMap<number, Literal>;

/** Nothing is known of any parameter. */
export const NO_BINDINGS: Bindings = new Map();

/** Whether what a site needs may hold for these parameters; where nothing is known, it may. */
export function mayHold(needs: Circumstances["needs"], bindings: Bindings): boolean {
  return (
    needs === undefined ||
    needs.every(({ parameter, literal, holds }) => {
      const known = bindings.get(parameter);
      // What a constant stands for is not known; two of different names are taken for two values.
      const isComparable = known?.startsWith("m:") === literal.startsWith("m:");
      return known === undefined || !isComparable || (known === literal) === holds;
    })
  );
}

/** What is known of the parameters of the function that a call leads to. */
export function handedDown(given: Given["given"] | null, bindings: Bindings): Bindings {
  if (given == null) return NO_BINDINGS;
  const known = new Map<number, Literal>();
  given.forEach((argument: Argument, i) => {
    const literal = typeof argument === "number" ? bindings.get(argument) : argument;
    if (literal != null) known.set(i, literal);
  });
  return known;
}

/** The bindings as a key; empty where nothing is known. */
export function bindingsKey(bindings: Bindings): string {
  return bindings.size === 0 ? "" : [...bindings].map(([index, literal]) => `${index}=${literal}`).join();
}
