/** What a crash of one process does to the others, step by step, as the panel plays it. Plain data; imports nothing. */

/** What becomes of a process in a step; the last step that names it tells what it is then. */
export type CrashFate =
  /** It is the one. */
  | "crashes"
  /** It waits for an answer that does not come: its call exits. */
  | "exits"
  /** It is linked, and falls unless it traps exits. */
  | "falls"
  /** Its supervisor stops it, or ends with it. */
  | "stops"
  /** Its supervisor starts it again. */
  | "starts"
  /** It ends for good. */
  | "ends";

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
  /** In the order in which it happens. Never empty. */
  readonly steps: readonly CrashStep[];
}
