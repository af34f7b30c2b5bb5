/** What functions return, as far as callbacks care, and what follows from it for the state and the caller. Pure. */
import type { Expression } from "../../model/expression.ts";
import type { CallbackRow } from "../../model/library.ts";
import type { ClauseEffects } from "../../model/topology.ts";

export interface Returns {
  readonly state: ClauseEffects["state"];
  readonly reply: ClauseEffects["reply"];
  /** A return holds a timeout, so that the process wakes up by itself. */
  readonly timeout: boolean;
  /** A return says what to go on with (`{:continue, _}`). */
  readonly continues: boolean;
  /** Every return is a stop without an answer. */
  readonly stops: boolean;
  /** Every return is `:ignore`, or says why it does not start: no process stays. */
  readonly ignored: boolean;
}

/** Where a value comes from: a parameter as it was given, something new, or nobody knows. */
export type Origin = number | "new" | "unknown";

/** A value that a function may return, as far as callbacks care. */
export interface Result {
  /** The first atom of a tuple, or the atom itself; null for anything else. */
  readonly tag: string | null;
  readonly size: number;
  /** Of the value itself where there is no tag, else of the elements behind the tag. */
  readonly origins: readonly Origin[];
  readonly timeout: boolean;
  readonly replies: boolean;
  readonly continues: boolean;
}

export const UNKNOWN_RESULT: Result = { tag: null, size: 0, origins: ["unknown"], timeout: false, replies: false, continues: false };

/** The one origin that all have; `new` where any is, else unknown. */
export function join(origins: readonly Origin[]): Origin {
  const first = origins[0];
  if (first === undefined) return "unknown";
  if (origins.every((origin) => origin === first)) return first;
  return origins.some((origin) => origin === "new") ? "new" : "unknown";
}

/** What all returns of a clause say together. */
export function judge(results: readonly Result[], row: CallbackRow): Returns {
  let changed = false;
  let unknown = results.length === 0;
  let stateUnknown = false;
  let direct = false;
  let later = false;
  let timeout = false;
  const state = (origin: Origin | undefined): void => {
    if (origin === undefined || origin === "unknown") stateUnknown = true;
    else if (origin !== row.state) changed = true;
  };
  for (const result of results) {
    timeout ||= result.timeout;
    switch (result.tag) {
      case "reply":
        direct = true;
        state(result.origins[1]);
        break;
      case "remove_handler":
      case "swap_handler":
        direct = true;
        changed = true;
        break;
      case "ok":
        // An event handler's answer to a call: `{ok, Reply, State}`.
        if (row.role === "call" && row.from === null && result.size > 2) {
          direct = true;
          state(result.origins[1]);
          break;
        }
        later = true;
        state(result.origins[0]);
        break;
      case "noreply":
      case "cont":
      case "halt":
        later = true;
        state(result.origins[0]);
        break;
      case "stop":
        if (result.size === 4) direct = true;
        else later = true;
        state(result.origins.at(-1));
        break;
      case "keep_state":
      case "next_state":
      case "keep_state_and_data":
      case "repeat_state":
        if (result.replies) direct = true;
        else later = true;
        if (result.tag === "next_state") changed = true;
        else if (result.tag === "keep_state") state(result.origins[0]);
        break;
      case "ignore":
      case "error":
        break;
      default:
        unknown = true;
    }
  }
  const answers = direct && later ? "both" : direct ? "direct" : later ? "later" : "unknown";
  const asked = row.role === "call" || row.role === "event";
  const reply = !asked ? "none" : unknown && answers !== "direct" ? "unknown" : answers;
  const ignored =
    results.some(({ tag }) => tag === "ignore") && results.every(({ tag }) => tag === "ignore" || tag === "stop" || tag === "error");
  const stops = results.length > 0 && results.every(({ tag, size }) => tag === "stop" && size < 4);
  const continues = results.some((result) => result.continues);
  return { state: changed ? "changed" : unknown || stateUnknown ? "unknown" : "unchanged", reply, timeout, continues, stops, ignored };
}

/** The element behind the state: milliseconds, or something computed; not `:hibernate`, `{:continue, _}` or a list of actions. */
export function asksForTimeout(e: Expression): boolean {
  return (
    e.k === "number" ||
    (e.k === "attribute" && /timeout|interval|after|ms/i.test(e.name)) ||
    (e.k === "list" && e.items.some(isTimeoutAction))
  );
}

function isTimeoutAction(e: Expression): boolean {
  return e.k === "tuple" && e.items[0]?.k === "atom" && (e.items[0].value === "state_timeout" || e.items[0].value === "timeout");
}

/** `{:continue, _}`, or the `:next_event` of a state machine among actions. */
export function asksToGoOn(e: Expression): boolean {
  if (e.k === "tuple") return e.items[0]?.k === "atom" && (e.items[0].value === "continue" || e.items[0].value === "next_event");
  return e.k === "list" && e.items.some(asksToGoOn);
}

/** `{:reply, from, value}` or a list with one. */
export function holdsReply(e: Expression): boolean {
  if (e.k === "tuple") return e.items[0]?.k === "atom" && e.items[0].value === "reply";
  return e.k === "list" && e.items.some(holdsReply);
}
