/** How much functions lead to, counted without following each in order as `sequence-walk.ts` does. Pure. */
import type { Message, Topology } from "../model/topology.ts";
import type { SequenceReach } from "../protocol/sequence.ts";
import { clauseKey, indexTopology } from "./topology-index.ts";

/** What is read at a glance: messages, waits and clauses that are told apart, and who takes part. */
const mostParts = 18;
const mostTargets = 6;

/** What sends and calls itself is hard to follow: it counts for so many steps. */
const ofAgain = 3;
/** In place of a number of steps. */
const underWay = -1;

/** A function, or one clause of it. */
interface Part {
  readonly fn: string;
  readonly clause: number | null;
}

interface Body {
  /** What it does itself that is a step, and clauses that are told apart, which take more of a reader. */
  readonly own: number;
  readonly messages: readonly Message[];
  /** What it calls, and the clauses that take what it sends. */
  readonly next: readonly Part[];
}

const nameOf = ({ fn, clause }: Part): string => clauseKey(fn, clause ?? -1);

/** Counts for the functions of one topology; what it has counted it keeps. */
export class SequenceReaches {
  readonly #topology: Topology;
  readonly #sending: ReadonlyMap<string, ReadonlySet<number>>;
  readonly #parts = new Map<string, number>();

  /** `sending`: by function, its clauses from which a message is sent in the end. */
  constructor(topology: Topology, sending: ReadonlyMap<string, ReadonlySet<number>>) {
    this.#topology = topology;
    this.#sending = sending;
  }

  /** Processes and messages that a function leads to, or one clause of it (null: all). Undefined where that is more than is read at a glance. */
  of(fn: string, clause: number | null): SequenceReach | undefined {
    const start: Part = { fn, clause };
    if (this.#partsOf(start) > mostParts) return undefined;
    const [seen, known, targets] = [new Set<string>(), new Set<string>(), new Set<string>()];
    const open = [start];
    let messages = 0;
    for (let part = open.pop(); part !== undefined; part = open.pop()) {
      if (seen.has(nameOf(part))) continue;
      seen.add(nameOf(part));
      const body = this.#bodyOf(part);
      for (const { to, target } of body.messages) {
        targets.add(to.length === 1 ? to[0]! : `${target} ${to.join(" ")}`);
        // Of several that may be meant, none is told more of.
        if (to.length === 1) known.add(to[0]!);
      }
      messages += body.messages.length;
      open.push(...body.next);
    }
    return targets.size > mostTargets ? undefined : { processes: known.size, messages };
  }

  #bodyOf({ fn, clause }: Part): Body {
    const node = this.#topology.functions.get(fn);
    if (node === undefined) return { own: 0, messages: [], next: [] };
    const runs = (at: { readonly clause: number }): boolean => clause === null || at.clause === clause;
    const sent = (indexTopology(this.#topology).sent.get(fn) ?? []).filter(
      (message) => runs(message) && (message.mode === "call" || message.mode === "cast" || message.mode === "info"),
    );
    const takers = sent.flatMap(({ handler, handlers }) => handler ?? (handlers.length === 1 ? handlers : []));
    const called = node.calls.filter(runs).map(({ to }) => ({ fn: to, clause: null }));
    const branches = clause === null ? (this.#sending.get(fn)?.size ?? 0) : 0;
    return {
      own: sent.length + node.waits.filter(runs).length + (branches > 1 ? 2 * branches : 0),
      messages: sent,
      next: [...called, ...takers],
    };
  }

  /** Steps, about, each as often as it is led to. With a stack of its own: chains of calls may be long. */
  #partsOf(start: Part): number {
    const open: { readonly name: string; readonly body: Body; at: number; sum: number }[] = [];
    const enter = (part: Part): void => {
      const body = this.#bodyOf(part);
      this.#parts.set(nameOf(part), underWay);
      open.push({ name: nameOf(part), body, at: 0, sum: body.own });
    };
    if (!this.#parts.has(nameOf(start))) enter(start);
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      const part = top.body.next[top.at];
      if (part === undefined) {
        this.#parts.set(top.name, top.sum);
        open.pop();
        continue;
      }
      const known = this.#parts.get(nameOf(part));
      if (known === undefined) enter(part);
      else {
        const steps = known !== underWay ? known : this.#sending.has(part.fn) ? ofAgain : 0;
        top.sum = Math.min(top.sum + steps, mostParts + 1);
        top.at++;
      }
    }
    return this.#parts.get(nameOf(start)) ?? 0;
  }
}
