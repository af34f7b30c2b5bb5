/** What becomes of an actor that crashes: the answer of its policy, or whether its parent takes its error. Pure. */
import type { CrashAnswer, OnCrash } from "../../../model/crash-answer.ts";
import { type Code, walkOwn } from "../code.ts";
import type { Chart } from "./chart.ts";
import type { Started } from "./started.ts";

interface Action {
  readonly words: string;
  readonly answer: CrashAnswer;
}

/** What a policy of nact may answer. */
const actions: Readonly<Record<string, Action>> = {
  stop: { words: "stops", answer: "stops" },
  stopAll: { words: "stops with its siblings", answer: "stops_with_siblings" },
  stopChild: { words: "stops the child", answer: "child_stops" },
  stopAllChildren: { words: "stops all children", answer: "children_stop" },
  resume: { words: "goes on", answer: "goes_on" },
  reset: { words: "starts over", answer: "starts_over" },
  resetAll: { words: "starts over with its siblings", answer: "starts_over_with_siblings" },
  resetChild: { words: "the child starts over", answer: "child_starts_over" },
  resetAllChildren: { words: "all children start over", answer: "children_start_over" },
  escalate: { words: "its parent decides", answer: "parent_decides" },
};

/** The actions that a policy's code names, as far as it does. */
export function actionsOf(code: Code): readonly Action[] {
  const found = new Set<Action>();
  walkOwn(code.clause.body, (e) => {
    const key =
      e.k === "field" && e.key.k === "atom" ? e.key.value : e.k === "variable" && code.bound(e.name)?.way.length === 1 ? e.name : null;
    const action = key !== null && Object.hasOwn(actions, key) ? actions[key] : undefined;
    if (action !== undefined) found.add(action);
    return true;
  });
  return [...found];
}

/** By the actor's own policy, else by what the machine that started it does with its error; null where neither is known. */
export function onCrashOf({ onCrash, parent, id }: Started, charts: ReadonlyMap<unknown, Chart>): OnCrash | null {
  const chart = parent === null ? undefined : charts.get(parent);
  return onCrash ?? (chart === undefined ? null : { answers: [answerOf(chart, id)] });
}

/** An error nobody takes ends the parent, in its turn with an error. */
function answerOf({ transitions }: Chart, id: string | null): CrashAnswer {
  const taking = transitions.filter(({ kind, event }) => kind === "event" && takesError(event, id));
  if (taking.length === 0) return "not_taken";
  return taking.some(({ state }) => state.path === "") ? "taken" : "taken_in_some_states";
}

const errors = "xstate.error.actor.";

/** `*`, `xstate.error.*`, and the event of that actor; of an actor whose id is not known, any actor's. */
function takesError(event: string, id: string | null): boolean {
  if (event === "*") return true;
  if (event.endsWith(".*")) return errors.startsWith(event.slice(0, -1));
  return id === null ? event.startsWith(errors) : event === `${errors}${id}`;
}
