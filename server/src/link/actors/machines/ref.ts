/** What an expression means as far as actors that are values go. */
import type { Code } from "../code.ts";
import type { Logic } from "./logic.ts";
import type { ActorSystem, Started } from "./started.ts";

export type Ref =
  | { readonly r: "none" }
  /** Actors that run one of these; empty: an actor, though source does not tell of what. */
  | {
      readonly r: "actors";
      readonly of: readonly Logic[];
      readonly text: string;
      readonly started: readonly Started[];
      readonly probable: boolean;
    }
  | { readonly r: "system"; readonly system: ActorSystem | null }
  /** A function that sends to the actors. */
  | { readonly r: "sender"; readonly to: Extract<Ref, { r: "actors" }> }
  /** What a hook gives: what is known of the actor, a function that sends to it, the actor. */
  | { readonly r: "list"; readonly to: Extract<Ref, { r: "actors" }> }
  /** What the functions of such logic are given, or a part of it. */
  | { readonly r: "given"; readonly logics: readonly Logic[]; readonly what: Given; readonly by?: Code }
  /** An event that such logic takes. `by`: the code that is given it. */
  | { readonly r: "event"; readonly logics: readonly Logic[]; readonly by: Code | null };

/** `all`: the object that a machine's function is called with; `actor`: what nact calls the context; `state`: what the function returned for the message before. */
export type Given = "all" | "actor" | "state" | "context" | "input" | "children" | "snapshot" | "spawn" | "enqueue" | "receive";

export const NONE: Ref = { r: "none" };

/** What the parameters of a function of some logic are. */
export interface Role {
  readonly logic: Logic;
  readonly parameters: readonly (Given | "event" | null)[];
}

export function givenBy(roles: readonly Role[], parameter: number, by: Code): Ref {
  const what = roles[0]?.parameters[parameter] ?? null;
  if (what === null) return NONE;
  const logics = roles.filter((role) => role.parameters[parameter] === what).map(({ logic }) => logic);
  return what === "event" ? { r: "event", logics, by } : { r: "given", logics, what, by };
}

export function actorsOf(of: readonly Logic[], started: readonly Started[], text: string, probable = false): Extract<Ref, { r: "actors" }> {
  return { r: "actors", of, started, text, probable };
}

/** What all mean: actors of one of several kinds, else the first that means something. */
export function union(refs: readonly Ref[]): Ref {
  const known = refs.filter(({ r }) => r !== "none");
  const actors = known.flatMap((ref) => (ref.r === "actors" ? [ref] : []));
  if (actors.length < 2 || actors.length !== known.length) return known[0] ?? NONE;
  const of = [...new Set(actors.flatMap((ref) => ref.of))];
  const started = [...new Set(actors.flatMap((ref) => ref.started))];
  return actorsOf(of, started, actors[0]!.text, of.length > 1 || actors.some(({ probable }) => probable));
}
