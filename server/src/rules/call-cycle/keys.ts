/** Which of the actors that keys tell apart a row of waits comes to, told from where it begins. Pure. */
import type { CallStep } from "../../model/reach.ts";
import type { GivenKey, KeyOrigin, ParameterPart } from "../../model/virtual-actor.ts";

/** Of the actor at which a row begins its own key, a constant, or null for one that source does not tell. */
export type KnownKey = { readonly k: "first" } | { readonly k: "constant"; readonly text: string } | null;

/** What an actor on the way knows: its own key, and those that it has been given. */
export interface Knowing {
  readonly own: KnownKey;
  readonly given: readonly (ParameterPart & { readonly key: KnownKey })[];
}

/** The actor at which a row begins. */
export const FIRST: Knowing = { own: { k: "first" }, given: [] };

/** The origin as the function tells it in which the path begins; null where calls on the path do not tell. */
export function originBefore(origin: KeyOrigin | undefined, path: readonly CallStep[]): KeyOrigin | null {
  let known = origin ?? null;
  for (const { givenKeys = [] } of [...path].reverse()) {
    if (known === null || known.from !== "parameter") return known;
    known = partIn(givenKeys, known)?.origin ?? null;
  }
  return known;
}

/** What is known of a key of that origin. */
export function keyOf(origin: KeyOrigin | null, { own, given }: Knowing): KnownKey {
  if (origin === null) return null;
  if (origin.from === "own") return own;
  return origin.from === "constant" ? { k: "constant", text: origin.text } : (partIn(given, origin)?.key ?? null);
}

/** What an actor knows that gets a message. */
export function knownBy(origin: KeyOrigin | null, givenKeys: readonly GivenKey[], sender: Knowing): Knowing {
  const given = givenKeys.map(({ parameter, way, origin: of }) => ({ parameter, way, key: keyOf(of, sender) }));
  return { own: keyOf(origin, sender), given };
}

function partIn<T extends ParameterPart>(parts: readonly T[], { parameter, way }: ParameterPart): T | undefined {
  return parts.find((one) => one.parameter === parameter && one.way.join() === way.join());
}
