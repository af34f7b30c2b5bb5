/** What has become of each process up to a step of a crash, and what stands for it in the drawing. Pure. */
import type { Crash, CrashFate, CrashStep } from "../../../server/src/protocol/crash.ts";
import type { ShownNode } from "../../../server/src/protocol/panel-fold.ts";
import type { Model } from "../model.ts";

/** A node of the drawing: what becomes of it, and of how many that it stands for. */
export interface DrawnFate {
  readonly fate: CrashFate;
  readonly count: number;
  /** Whether it is the step's own doing, rather than that of one before. */
  readonly isNow: boolean;
}

/** More than these are not opened for a crash's sake. */
const mostOpened = 60;

/** Keys of the nodes that should be drawn: all that a step names, but those that end in the course of giving up, which are above anyway. */
export function namedBy({ steps }: Crash, model: Model): readonly string[] {
  const keys = new Set(steps.filter(({ fate }) => fate !== "ends").flatMap((step) => ownKeys(step, model)));
  return [...keys].filter((key) => model.nodes.has(key)).slice(0, mostOpened);
}

function ownKeys({ nodes, participants }: CrashStep, model: Model): string[] {
  return [...nodes, ...participants.map((participant) => model.selectionOf(participant))];
}

/** By the key of a drawn node. `until`: index of the step that is shown. */
export function fatesUntil({ steps }: Crash, until: number, shown: readonly ShownNode[], model: Model): ReadonlyMap<string, DrawnFate> {
  const latest = new Map<string, { fate: CrashFate; step: number }>();
  steps.slice(0, until + 1).forEach((step, index) => {
    if (step.fate === null) return;
    for (const key of ownKeys(step, model)) {
      for (const own of step.below ? withAllBelow(key, model) : [key]) latest.set(own, { fate: step.fate, step: index });
    }
  });
  const drawn = new Map<string, DrawnFate>();
  const standsFor = representatives(shown, model);
  for (const [key, { fate, step }] of latest) {
    const at = standsFor(key);
    if (at === null) continue;
    const before = drawn.get(at);
    const isSame = before?.fate === fate;
    // What the node itself suffers counts more than what it hides.
    if (before !== undefined && !isSame && at !== key) continue;
    drawn.set(at, { fate, count: isSame ? before.count + 1 : 1, isNow: step === until || (isSame && before.isNow) });
  }
  return drawn;
}

/** All that may become of what is drawn, in whichever step. */
export function fatesOf(crash: Crash, shown: readonly ShownNode[], model: Model): ReadonlySet<CrashFate> {
  return new Set(crash.steps.flatMap((_, step) => [...fatesUntil(crash, step, shown, model).values()].map(({ fate }) => fate)));
}

function withAllBelow(key: string, model: Model): string[] {
  const found: string[] = [];
  const open = [key];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    found.push(next);
    for (const child of model.nodes.get(next)?.children ?? []) open.push(child.key);
  }
  return found;
}

/** The drawn node for a key: itself, the stack or rest that it is in, else the nearest one above that is closed. */
function representatives(shown: readonly ShownNode[], model: Model): (key: string) => string | null {
  const drawn = new Map(shown.flatMap(({ key, members }) => members.map((member) => [member.key, key] as const)));
  for (const { key, form } of shown) if (form === "node") drawn.set(key, key);
  return (key) => {
    const path = model.pathOf(key).map((node) => node.key);
    const at = path.findLast((above) => drawn.has(above));
    return at === undefined ? null : (drawn.get(at) ?? null);
  };
}
