/**
 * What becomes of an actor that crashes, where its library decides that, not OTP's rules: what its own policy answers (nact,
 * https://nact.xyz/en_uk/lesson/javascript/supervision), what its parent does with its error (XState, https://stately.ai/docs/actors#error-handling), or what
 * its platform does (Restate, https://docs.restate.dev/develop/ts/error-handling).
 */
export type CrashAnswer =
  | "stops"
  | "stops_with_siblings"
  | "goes_on"
  | "starts_over"
  | "starts_over_with_siblings"
  | "parent_decides"
  /** Answers about a child that has handed its crash on: that one, or all children. */
  | "child_stops"
  | "children_stop"
  | "child_starts_over"
  | "children_start_over"
  /** A transition of its parent takes its error. */
  | "taken"
  /** In some of the parent's states alone. */
  | "taken_in_some_states"
  /** None that is known does: the parent ends with it. */
  | "not_taken"
  /** What threw is run again until it succeeds; left out where the error reaches the caller. */
  | "runs_again";

export interface OnCrash {
  /** One of these; empty where source does not tell. */
  readonly answers: readonly CrashAnswer[];
  /** Its state comes back from events that it has stored. */
  readonly recovers?: true;
}
