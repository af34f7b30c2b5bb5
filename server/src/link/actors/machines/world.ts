/** What is known of actors that are values: logic, charts, who starts whom, and what is sent. Built up step by step, then read. */
import type { Place } from "../../../model/topology.ts";
import type { Code } from "../code.ts";
import type { Closed } from "../value.ts";
import type { Cases } from "./cases.ts";
import type { Chart, Transition } from "./chart.ts";
import type { Data } from "./data.ts";
import type { Logic } from "./logic.ts";
import type { Ref } from "./ref.ts";
import type { ActorSystem, Started } from "./started.ts";

/** How the function of an actor tells messages apart. */
export interface TakenCases {
  readonly code: Code;
  readonly taken: Cases;
}

/** Where a message comes from: a transition of a machine, or code. */
export type Origin = { readonly logic: Logic; readonly transition: Transition } | { readonly code: Code };

export interface Sent {
  readonly from: Origin;
  readonly place: Place;
  readonly mode: "call" | "cast";
  /** Null where it is not known whom it is sent to. */
  readonly to: Extract<Ref, { r: "actors" }> | null;
  /** In words, where the target is not known. */
  readonly target: string;
  /** Types of the events that it may be; null where source does not tell. */
  readonly tags: readonly string[] | null;
  /** The event itself, or the logic that hands on one that it has taken. */
  readonly event?: Closed | Logic | null;
  /** The message, where what tells messages apart is the receiver's to say. */
  readonly message?: Closed | null;
  readonly timeout: number | null;
  readonly dropped: boolean;
}

/** An effect of a transition that is no message. */
export interface TransitionEffect {
  readonly logic: Logic;
  readonly transition: Transition;
  readonly kind: "assign" | "raise" | "emit" | "stop" | "spawn";
  readonly text: string;
  readonly place: Place;
}

export interface World {
  readonly logics: readonly Logic[];
  readonly charts: ReadonlyMap<Logic, Chart>;
  readonly systems: readonly ActorSystem[];
  readonly started: readonly Started[];
  readonly sent: readonly Sent[];
  readonly effects: readonly TransitionEffect[];
  /** Code that transitions run, with the first of them that does. */
  readonly uses: ReadonlyMap<Code, readonly { readonly logic: Logic; readonly transition: Transition }[]>;
  /** Code that runs in actors of the logic. */
  readonly runs: ReadonlyMap<Code, readonly Logic[]>;
  /** Of functions that take messages. */
  readonly cases: ReadonlyMap<Logic, TakenCases>;
  /** Where code answers whoever sent the message. */
  readonly replies: readonly { readonly code: Code; readonly place: Place }[];
  /** Waits for an actor that is no message. */
  readonly waits: readonly { readonly code: Code; readonly place: Place; readonly what: string }[];
  readonly data: Data;
}

/** When a transition is taken, in words; null for what happens whatever the state. */
export function occasionOf({ kind, event, state }: Transition): string | null {
  // What is started on entry lives on when the state is left.
  const isPassing = kind === "entry" || kind === "exit" || kind === "always";
  const inState = state.path === "" ? "" : isPassing ? `from state ${state.path} on` : `in state ${state.path}`;
  const words =
    kind === "event"
      ? `on ${event}`
      : kind === "after"
        ? `after ${event}`
        : kind === "error"
          ? `when ${event} fails`
          : kind === "done" || kind === "snapshot"
            ? `when ${event || "it"} is done`
            : "";
  const text = [words, inState].filter((word) => word !== "").join(" ");
  return text === "" ? null : text;
}
