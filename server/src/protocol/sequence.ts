/**
 * One function followed across processes: who sends what to whom in which order, and where it waits. Plain data, shared by the panel's page,
 * its host and the command line.
 */
import type { PanelCertainty, PanelKind, PanelNode, PanelPlace } from "./panel.ts";

export interface Sequence {
  /** Key of the function (and clause, `key#1`) that it begins with; one of `SequenceStart.key`. */
  readonly start: string;
  /** `Shop.Cart.add/2`. */
  readonly title: string;
  readonly place: PanelPlace | null;
  /** In the order in which they come in; the first is what runs the function. */
  readonly lifelines: readonly Lifeline[];
  /** In the order of the source; branches inside of a clause are not told apart. */
  readonly steps: readonly SequenceStep[];
  /** Steps that were found and are not among `steps`. */
  readonly more: number;
}

/** A process, or another context in which code runs. */
export interface Lifeline {
  /** `m:` and the definition's BEAM atom, `c:` and a context's id, or a name of its own for what is not known from source. */
  readonly key: string;
  readonly title: string;
  readonly subtitle: string;
  readonly kind: PanelKind | "context" | "unknown";
  readonly cardinality: PanelNode["cardinality"];
  readonly place: PanelPlace | null;
}

export type SequenceStep = {
  /** Index into `lifelines`. */
  readonly at: number;
  /** `Shop.Cart.add/2`: the function in which it stands. */
  readonly fn: string;
  readonly place: PanelPlace | null;
} & (
  | {
      /** `call` waits for its `reply`; the steps between the two are what the called process does. */
      readonly kind: "call" | "cast" | "info" | "monitor" | "link";
      readonly to: number;
      /** `{:put, _, _}`; "" where source does not tell. */
      readonly text: string;
      /** The clause that takes it, where it can be told. */
      readonly handler: PanelPlace | null;
      /** Wrapper functions between the function and the message, the outermost first. */
      readonly via: readonly string[];
      readonly certainty: PanelCertainty;
    }
  | { readonly kind: "reply"; readonly to: number /** The process answers later, from another clause. */; readonly later: boolean }
  /** `text`: "HTTP request (`Req.get/1`)". */
  | { readonly kind: "wait"; readonly text: string; readonly times: number }
  /** Clauses of which one is taken, as the arguments decide: each begins with its own; `end` after the last. `text` is its head. */
  | { readonly kind: "clause"; readonly text: string; readonly first: boolean }
  | { readonly kind: "end" }
  /** From here on: what a process does with a message that nobody waits for. `text` is the message. */
  | { readonly kind: "later"; readonly text: string }
  /** What would come here was shown or is under way already. `text` is a sentence. */
  | { readonly kind: "loop"; readonly text: string }
  /** A call to a process that is waiting itself. `text` is a sentence. */
  | { readonly kind: "deadlock"; readonly text: string }
);

/** A function that a sequence may begin with. */
export interface SequenceStart {
  readonly key: string;
  /** `Shop.Cart.add/2`; of a callback also the message: `Shop.Cart.handle_info/2 :tick`. */
  readonly title: string;
  readonly group: "entry" | "client" | "function" | "callback";
  /** `request`, `client of Cart`, `callback of Cart`. */
  readonly detail: string;
  /** Key of the definition that it belongs to (`m:…`), or null. */
  readonly definition: string | null;
  /** Key of the participant that runs it; null where several may. */
  readonly participant: string | null;
  /** What it leads to; left out where that is more than is read at a glance. */
  readonly reach?: SequenceReach;
}

export interface SequenceReach {
  /** Processes that messages certainly or probably lead to, through any number of others. */
  readonly processes: number;
  /** Places that send one. */
  readonly messages: number;
}

/** Of those that are read at a glance, the one that leads to the most processes, and by the most messages; the first of several, or of all. */
export function mostTelling(starts: readonly SequenceStart[]): SequenceStart | null {
  let best: SequenceStart | null = null;
  const weight = ({ reach }: SequenceStart): number => (reach === undefined ? -1 : reach.processes * 1000 + reach.messages);
  for (const start of starts) if (best === null || weight(start) > weight(best)) best = start;
  return best;
}
