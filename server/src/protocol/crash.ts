/** What a crash of one process does to the others, step by step, as the panel plays it. Plain data; imports nothing. */

/** What becomes of a process in a step; the last step that names it tells what it is then. */
export type CrashFate =
  /** It is the one. */
  | "crashes"
  /** It waits for an answer that does not come: its call exits, or fails. */
  | "exits"
  /** It waits for an answer that comes later. */
  | "waits"
  /** It is linked, and falls unless it traps exits. */
  | "falls"
  /** Its supervisor, or its parent, stops it, or ends with it. */
  | "stops"
  /** It takes the error of what has crashed, or decides about it. */
  | "takes"
  /** It goes on, although one might think otherwise. */
  | "continues"
  /** Its supervisor starts it again, or it starts over. */
  | "starts"
  /** It ends for good. */
  | "ends";

/**
 * By whose rules it goes. `otp`: supervisors'; `errors`: parents take an actor's error, or end with it (XState); `policies`: actors', and those of their parents
 * (nact); `calls`: the error reaches the caller (actors that are found by a key); `retries`: what threw is run again (Restate); `threads`: a thread's.
 */
export type CrashRules = "otp" | "errors" | "policies" | "calls" | "retries" | "threads";

export interface CrashStep {
  /** Null: nothing happens to anything, which is worth saying, too. */
  readonly fate: CrashFate | null;
  /** A sentence, terms between backticks. */
  readonly text: string;
  /** Keys of nodes of the tree. */
  readonly nodes: readonly string[];
  /** Whether all that stands below these nodes shares their fate. */
  readonly below: boolean;
  /** Keys of participants: definitions, and contexts that are none of the tree. */
  readonly participants: readonly string[];
}

export interface Crash {
  /** Of the node that crashes. */
  readonly key: string;
  readonly title: string;
  readonly rules: CrashRules;
  /** In the order in which it happens. Never empty. */
  readonly steps: readonly CrashStep[];
}
