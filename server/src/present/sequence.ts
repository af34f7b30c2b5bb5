/** One function followed across processes, as plain data. Pure. */
import type { Place, Topology } from "../model/topology.ts";
import type { PanelPlace } from "../protocol/panel.ts";
import type { Sequence } from "../protocol/sequence.ts";
import type { Places } from "./places.ts";
import { createLifelines } from "./sequence-lifelines.ts";
import { parseStart, startTitle } from "./sequence-starts.ts";
import { type SequenceLimits, walkSequence } from "./sequence-walk.ts";

export interface SequenceInput {
  readonly topology: Topology;
  readonly places: Places;
  readonly print: (atom: string) => string;
  /** A place as the panel writes it; null where there is no file of the project. */
  readonly resolve: (place: Place) => PanelPlace | null;
}

/** What is read at a glance; more steps are counted. */
export const sequenceLimits: SequenceLimits = { steps: 48, lifelines: 10, hops: 6 };

const mostSteps = 300;

/** With room for more steps than at a glance there is room for more processes, too. */
export function limitsFor(steps: number): SequenceLimits {
  return steps <= 60
    ? { ...sequenceLimits, steps: Math.min(steps, sequenceLimits.steps) }
    : { steps: Math.min(steps, mostSteps), lifelines: 20, hops: 12 };
}

/** `start`: a function's key, or a clause's (`key#1`). Null where there is no such function. */
export function buildSequence(start: string, input: SequenceInput, limits = sequenceLimits): Sequence | null {
  const { topology, places, print, resolve } = input;
  const { fn, clause } = parseStart(start);
  const node = topology.functions.get(fn);
  if (node === undefined) return null;
  const walked = walkSequence(fn, clause, {
    topology,
    places,
    print,
    resolve,
    limits,
    lifelines: createLifelines(topology, print, resolve),
  });
  const place = clause === null ? node.namePlace : (node.clauses[clause] ?? node.namePlace);
  return { start, title: startTitle(start, input), place: resolve(place), ...walked };
}
