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
 * before, or one that something given names. `kept`: somebody will know the fresh key afterwards.
 */
export interface MessageKey {
  readonly kind: "constant" | "own" | "fresh" | "given";
  readonly place: Place;
  readonly kept: boolean;
}

/** What it means to drop a promise of this library, in a sentence each; empty where it is a request over the network as any other. */
export interface Dropped {
  readonly why?: string;
  readonly fix?: string;
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
