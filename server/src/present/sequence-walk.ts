/**
 * Follows one function across processes: its own calls, the messages that they send, what the processes that take them do.
 *
 * Pure. Bounded in steps, hops between processes and processes; what is beyond is counted as far as `countAtMost`, never cut off in silence.
 */
import { functionName } from "../model/function-name.ts";
import type { CallbackClause, HandlerClause, Message, Place, Topology } from "../model/topology.ts";
import type { Lifeline, SequenceStep } from "../protocol/sequence.ts";
import { clauseHead } from "./clause-head.ts";
import type { Places } from "./places.ts";
import { bodyOf } from "./sequence-body.ts";
import type { Lifelines } from "./sequence-lifelines.ts";
import { clauseKey, indexTopology } from "./topology-index.ts";

export interface WalkInput {
  readonly topology: Topology;
  readonly places: Places;
  readonly lifelines: Lifelines;
  readonly print: (atom: string) => string;
  readonly resolve: (place: Place) => Extract<SequenceStep, { kind: "wait" }>["place"];
  readonly limits: SequenceLimits;
}

export interface SequenceLimits {
  readonly steps: number;
  readonly lifelines: number;
  /** Messages on the way from the function to a step. */
  readonly hops: number;
}

export interface Walked {
  readonly lifelines: readonly Lifeline[];
  readonly steps: readonly SequenceStep[];
  readonly more: number;
}

const countAtMost = 300;
/** Functions entered, so that a call graph of many ways to the same place ends. */
const fuel = 4000;
/** Calls in one process: deeper ones are helpers of helpers. */
const deepest = 24;

/** A process at work: who waits for it, and which of its functions run. */
interface Frame {
  readonly lifeline: number;
  readonly key: string;
  /** The frame that waits for it; null for the first, and for what nobody waits for. */
  readonly waiting: Frame | null;
  readonly hops: number;
  readonly running: string[];
}

interface Later {
  readonly frame: Frame;
  readonly handler: HandlerClause;
  readonly text: string;
}

export function walkSequence(fn: string, clause: number | null, input: WalkInput): Walked {
  return new Walker(input).walk(fn, clause);
}

class Walker {
  private readonly input: WalkInput;
  private readonly lifelines: Lifeline[] = [];
  /** Those for which there is no room; -1 is the first. What they do is counted. */
  private readonly unseen: Lifeline[] = [];
  private readonly steps: SequenceStep[] = [];
  private more = 0;
  private left = fuel;
  private readonly later: Later[] = [];
  /** Clauses that were followed already, with the number of steps that this gave. */
  private readonly followed = new Map<string, number>();
  private readonly clauses: ReadonlyMap<string, CallbackClause>;

  constructor(input: WalkInput) {
    this.input = input;
    this.clauses = indexTopology(input.topology).clauses;
  }

  walk(fn: string, clause: number | null): Walked {
    const first = this.input.lifelines.running(fn);
    this.lifelines.push(first);
    this.enter(fn, clause, { lifeline: 0, key: first.key, waiting: null, hops: 0, running: [] });
    for (let next = 0; next < this.later.length; next++) this.doLater(this.later[next]!);
    return { lifelines: this.lifelines, steps: this.steps, more: this.more };
  }

  private enter(fn: string, clause: number | null, frame: Frame): void {
    const key = clauseKey(fn, clause ?? -1);
    if (frame.running.includes(key) || frame.running.length >= deepest || this.left-- <= 0) return;
    frame.running.push(key);
    const clauses = clause === null ? (this.input.topology.functions.get(fn)?.clauses.length ?? 1) : 1;
    if (clauses < 2) this.run(fn, clause, frame);
    else this.runEach(fn, clauses, frame);
    frame.running.pop();
  }

  /** One clause after the other; where more than one has steps, they are told apart. */
  private runEach(fn: string, clauses: number, frame: Frame): void {
    const begins: { readonly clause: number; readonly at: number }[] = [];
    for (let clause = 0; clause < clauses; clause++) {
      const at = this.steps.length;
      this.run(fn, clause, frame);
      if (this.steps.length > at) begins.push({ clause, at });
    }
    if (begins.length < 2) return;
    const base = { at: frame.lifeline, fn: this.nameOf(fn) };
    this.steps.push({ kind: "end", ...base, place: null });
    for (const { clause, at } of begins.reverse()) {
      const place = this.input.topology.functions.get(fn)?.clauses[clause] ?? null;
      const text = place === null ? `clause ${clause + 1}` : clauseHead(place, this.input.places);
      const resolved = place === null ? null : this.input.resolve(place);
      this.steps.splice(at, 0, { kind: "clause", ...base, place: resolved, text, first: clause === begins.at(-1)?.clause });
    }
  }

  private run(fn: string, clause: number | null, frame: Frame): void {
    for (const event of bodyOf(fn, clause, this.input.topology, this.input.places)) {
      if (event.kind === "call") this.callFunction(event.to, fn, frame);
      else if (event.kind === "message") this.send(event.message, frame);
      else {
        const { what, place } = event.wait;
        this.waitFor(what, fn, place, frame);
      }
    }
  }

  /** What is waited for several times in a row is one step. */
  private waitFor(text: string, fn: string, place: Place, frame: Frame): void {
    const last = this.steps.at(-1);
    if (last?.kind === "wait" && last.at === frame.lifeline && last.text === text) {
      this.steps[this.steps.length - 1] = { ...last, times: last.times + 1 };
      return;
    }
    this.emit({ kind: "wait", at: frame.lifeline, fn: this.nameOf(fn), place: this.input.resolve(place), text, times: 1 });
  }

  /** A function that calls itself again: said where there is something that it does again. */
  private callFunction(to: string, fn: string, frame: Frame): void {
    const key = clauseKey(to, -1);
    const again = frame.running.includes(key) && this.steps.some((step) => step.at === frame.lifeline && step.fn === this.nameOf(to));
    if (again) this.note("loop", frame, fn, `${this.nameOf(to)} begins again`);
    else this.enter(to, null, frame);
  }

  private send(message: Message, frame: Frame): void {
    if (message.mode === "reply") return;
    const to = this.lifelineFor(message);
    // A supervisor is told nothing but to start a child.
    const isStart = message.mode === "call" && this.lifeline(to).kind.endsWith("supervisor");
    const text = message.pattern ?? message.tag ?? (isStart ? "start child" : "");
    const handler = message.handler ?? (message.handlers.length === 1 ? (message.handlers[0] ?? null) : null);
    const shown = this.emit({
      kind: message.mode,
      at: frame.lifeline,
      to,
      fn: this.nameOf(message.from),
      place: this.input.resolve(message.place),
      text,
      handler: handler === null ? null : this.input.resolve(handler.place),
      via: message.via.map(({ message: words }) => words.replaceAll("`", "")),
      certainty: message.certainty,
    });
    if (message.mode === "call") this.await(message, handler, frame, to, shown);
    else if (handler !== null && (message.mode === "cast" || message.mode === "info") && frame.hops < this.input.limits.hops)
      this.postpone(handler, text, { lifeline: to, key: this.lifeline(to).key, waiting: null, hops: frame.hops + 1, running: [] });
  }

  /** What the called process does until it answers. */
  private await(message: Message, handler: HandlerClause | null, frame: Frame, to: number, shown: boolean): void {
    const target = this.lifeline(to);
    const clause = handler === null ? undefined : this.clauses.get(clauseKey(handler.fn, handler.clause));
    for (let at: Frame | null = frame; at !== null; at = at.waiting)
      if (at.key === target.key && target.cardinality === "one" && message.certainty === "certain" && message.to.length === 1) {
        const who = at === frame ? "calls itself" : "waits for this call itself";
        this.note("deadlock", frame, message.from, `Never answered: ${target.title} ${who}`);
        return;
      }
    if (handler !== null)
      this.follow(handler, { lifeline: to, key: target.key, waiting: frame, hops: frame.hops + 1, running: [] }, message.from);
    // An arrow that is not shown has no answer to show.
    if (!shown) return;
    const later = clause?.effects.reply === "later";
    const place = handler === null ? null : this.input.resolve(handler.place);
    const fn = handler === null ? target.title : this.nameOf(handler.fn);
    this.steps.push({ kind: "reply", at: to, to: frame.lifeline, fn, place, later });
  }

  private follow(handler: HandlerClause, frame: Frame, from: string): void {
    const key = clauseKey(handler.fn, handler.clause);
    const known = this.followed.get(key);
    if (known !== undefined) {
      if (known !== 0) this.note("loop", frame, from, known < 0 ? "Under way already" : "As above");
      return;
    }
    if (frame.hops > this.input.limits.hops) {
      this.more++;
      return;
    }
    const before = this.steps.length + this.more;
    this.followed.set(key, -1);
    this.enter(handler.fn, this.clauseOf(handler), frame);
    this.followed.set(key, this.steps.length + this.more - before);
  }

  /** The number of a clause of a function; an anonymous one is a node of its own, all of which is run. */
  private clauseOf({ fn, clause }: HandlerClause): number | null {
    return this.clauses.has(clauseKey(fn, clause)) && !fn.includes("#fn") ? clause : null;
  }

  private postpone(handler: HandlerClause, text: string, frame: Frame): void {
    const key = clauseKey(handler.fn, handler.clause);
    if (this.followed.has(key) || this.later.some((other) => clauseKey(other.handler.fn, other.handler.clause) === key)) return;
    this.later.push({ frame, handler, text });
  }

  /** A process that takes a message and does nothing to others is not told of. */
  private doLater({ frame, handler, text }: Later): void {
    const { steps } = this;
    const mark = steps.length;
    const counted = this.more;
    const place = this.input.resolve(handler.place);
    if (this.emit({ kind: "later", at: frame.lifeline, fn: this.nameOf(handler.fn), place, text })) {
      this.follow(handler, frame, handler.fn);
      if (steps.length === mark + 1 && this.more === counted) steps.pop();
    } else {
      this.more--;
      this.follow(handler, frame, handler.fn);
    }
  }

  private lifelineFor(message: Message): number {
    const lifeline = this.input.lifelines.target(message);
    const isIt = ({ key }: Lifeline): boolean => key === lifeline.key;
    const [seen, unseen] = [this.lifelines.findIndex(isIt), this.unseen.findIndex(isIt)];
    if (seen >= 0) return seen;
    if (unseen >= 0) return -1 - unseen;
    if (this.lifelines.length < this.input.limits.lifelines && !this.isFull()) return this.lifelines.push(lifeline) - 1;
    return -this.unseen.push(lifeline);
  }

  private lifeline(index: number): Lifeline {
    return (index < 0 ? this.unseen[-1 - index] : this.lifelines[index])!;
  }

  private isFull(): boolean {
    return this.steps.length >= this.input.limits.steps;
  }

  private note(kind: "loop" | "deadlock", frame: Frame, fn: string, text: string): void {
    this.emit({ kind, at: frame.lifeline, fn: this.nameOf(fn), place: this.placeOf(fn), text });
  }

  /** Whether there was room for it; counted otherwise. */
  private emit(step: SequenceStep): boolean {
    if (!this.isFull() && step.at >= 0 && !("to" in step && step.to < 0)) {
      this.steps.push(step);
      return true;
    }
    if (this.more < countAtMost) this.more++;
    else this.left = 0;
    return false;
  }

  private nameOf(key: string): string {
    const fn = this.input.topology.functions.get(key);
    return fn === undefined ? key : functionName(this.input.topology.language, this.input.print(fn.module), fn);
  }

  private placeOf(key: string): ReturnType<WalkInput["resolve"]> {
    const fn = this.input.topology.functions.get(key);
    return fn === undefined ? null : this.input.resolve(fn.place);
  }
}
