/** Which steps of a callback's clause really keep a caller waiting. Pure. */
import type { BlockingStep, CallbackClause, Certainty, Evidence, Message, Place, Topology } from "../model/topology.ts";
import { clauseKey, headOf } from "./clauses.ts";

/** A step that waits for something outside of the node, for the disk, or for time to pass. */
export interface SlowStep {
  readonly step: BlockingStep;
  /** From the clause to the wait itself, through other processes. */
  readonly path: readonly Evidence[];
  readonly certainty: Certainty;
  /** True where another process waits, for whose answer this one does. */
  readonly elsewhere?: boolean;
}

/** `call` is slow only where the process that answers is; `other` and `receive` may be anything; a `lock` in a server is what it is for. */
const slowCategories: ReadonlySet<BlockingStep["category"]> = new Set(["http", "database", "file", "port", "sleep", "socket", "system"]);

const maxHops = 4;

export interface SlowSteps {
  /** Slow steps of a clause, those that source is sure of first. */
  of(clause: CallbackClause): readonly SlowStep[];
}

export function findSlowSteps(topology: Topology): SlowSteps {
  const callsAt = new Map<string, Message>();
  for (const message of topology.messages) {
    if (message.mode !== "call" || message.handler === null) continue;
    callsAt.set(placeKey(message.place), message);
    for (const { place } of message.via) if (!callsAt.has(placeKey(place))) callsAt.set(placeKey(place), message);
  }
  const clauses = new Map(
    [...topology.definitions.values()].flatMap(({ callbacks }) => callbacks.map((one) => [clauseKey(one), one] as const)),
  );

  function slow(clause: CallbackClause, hops: number): readonly SlowStep[] {
    return clause.effects.blocks.flatMap((step): readonly SlowStep[] => {
      if (step.certainty === "unknown") return [];
      if (slowCategories.has(step.category)) return [{ step, path: step.path, certainty: step.certainty }];
      return step.category === "call" && hops < maxHops ? throughCall(step, hops) : [];
    });
  }

  /** The waits of the process that is called, as waits of the caller. */
  function throughCall(step: BlockingStep, hops: number): readonly SlowStep[] {
    const message = step.path.map(({ place }) => callsAt.get(placeKey(place))).find((found) => found !== undefined);
    const handler = message?.handler ?? null;
    const served = handler === null ? undefined : clauses.get(clauseKey(handler));
    if (message === undefined || served === undefined || served.effects.reply === "later") return [];
    return slow(served, hops + 1)
      .slice(0, 1)
      .map((inner) => ({
        step: inner.step,
        path: [...step.path, { message: `is answered by \`${served.pattern}\``, place: headOf(served) }, ...inner.path],
        certainty: message.certainty === "certain" ? inner.certainty : "probable",
        elsewhere: true,
      }));
  }

  return {
    of: (clause) => [...slow(clause, 0)].sort((a, b) => Number(a.certainty !== "certain") - Number(b.certainty !== "certain")),
  };
}

function placeKey({ file, at }: Place): string {
  return `${file}:${at}`;
}
