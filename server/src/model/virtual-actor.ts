/** What only virtual actors have: keys, promises, guards. Pure data. */
import type { Evidence, Place } from "./topology.ts";

/** `once`: it is meant to run once for each object, not for each message. `waits`: what it waits for outside of the object. */
export interface ExclusiveRun {
  readonly place: Place;
  readonly once: boolean;
  readonly waits: readonly Evidence[];
}

/**
 * Which actor a message goes to: always the same, that of the sender's own key (of the same definition, that is the sender itself), one that did not exist
 * before, or one that something given names. `kept`: somebody will know the fresh key afterwards. `origin`: left out where source does not tell, or nothing
 * asks, since no two actors can wait for each other there.
 */
export interface MessageKey {
  readonly kind: "constant" | "own" | "fresh" | "given";
  readonly place: Place;
  readonly kept: boolean;
  readonly origin?: KeyOrigin;
}

/**
 * Where a key comes from, as the function that says it knows: the key of the actor that runs it, a text, or what it is given, the part of a parameter at a way
 * of names (`request.from`).
 */
export type KeyOrigin =
  | { readonly from: "own" }
  | { readonly from: "constant"; readonly text: string }
  | ({ readonly from: "parameter" } & ParameterPart);

export interface ParameterPart {
  readonly parameter: number;
  readonly way: readonly string[];
}

/** What a call, or a message, gives for a part of a parameter that becomes a key. */
export interface GivenKey extends ParameterPart {
  readonly origin: KeyOrigin;
}

/** What it means to drop a promise of this library, in a sentence each; empty where it is a request over the network as any other. */
export interface Dropped {
  readonly why?: string;
  readonly fix?: string;
  readonly lost?: Loss & { readonly isWaited: boolean };
}

/**
 * What drops a promise: the method of a list, with what a function gives (`isWaited`: that function waits for it, and its own promise is dropped); or `Promise.all`
 * and the like, whose own promise nobody keeps.
 */
export interface Loss {
  readonly by: string;
  /** The call that makes one promise of it and of others. */
  readonly gathered?: Place;
}

/** Functions that others call as they call processes, but that keep nothing: each call runs by itself. */
export interface Service {
  readonly module: string;
  /** Where its name stands. */
  readonly place: Place;
  /** What the library calls it, and the library's package. */
  readonly form: string;
  readonly package: string;
  readonly functions: readonly { readonly fn: string; readonly headPlace: Place }[];
}
