/**
 * Functions that run at start because module attributes name them: `-rabbit_boot_step({name, [{mfa, {M, F, Args}}, {requires, other}, {enables, other}]})`
 * and its like, in the order that `requires` and `enables` ask for. Source: rabbitmq-server `deps/rabbit/src/rabbit_boot_steps.erl`.
 */
import type { Expression } from "../../model/expression.ts";
import type { Place } from "../../model/topology.ts";
import { EMPTY_ENVIRONMENT } from "../evaluate/environment.ts";
import type { Evaluator } from "../evaluate/evaluator.ts";
import { moduleFrame, newSession } from "../evaluate/frame.ts";
import { knownItems, toList } from "../evaluate/lists.ts";
import type { Value } from "../evaluate/value.ts";
import type { ModuleTable } from "../modules.ts";

export interface BootStep {
  readonly module: string;
  readonly fn: string;
  readonly args: readonly Value[];
  /** The attribute. */
  readonly place: Place;
}

interface NamedStep {
  readonly name: string;
  readonly after: readonly string[];
  readonly before: readonly string[];
  readonly run: BootStep | null;
}

/** Steps of all modules of the workspace; a circle in their order leaves them as they are written. */
export function findBootSteps(modules: ModuleTable, evaluator: Evaluator): BootStep[] {
  const steps: NamedStep[] = [];
  for (const module of modules.all()) {
    if (module.file.language !== "erlang" || module.file.role !== "source") continue;
    for (const { body, file } of module.bodies)
      for (const { value, at } of body.attributes) {
        if (!namesFunction(value)) continue;
        const step = readStep(evaluator.evaluate(value, EMPTY_ENVIRONMENT, moduleFrame(module.name, file, newSession(2000))), { file, at });
        if (step) steps.push(step);
      }
  }
  return inOrder(steps).flatMap(({ run }) => (run ? [run] : []));
}

/** `{name, [… {mfa, _} …]}`, or a step without a function, which others are ordered by. */
function namesFunction(e: Expression): boolean {
  if (e.k !== "tuple" || e.items.length !== 2 || e.items[0].k !== "atom" || e.items[1].k !== "list") return false;
  return e.items[1].items.some(
    (item) => item.k === "tuple" && item.items[0]?.k === "atom" && /^(mfa|requires|enables)$/.test(item.items[0].value),
  );
}

function readStep(value: Value, place: Place): NamedStep | null {
  if (value.v !== "tuple" || value.items[0]?.v !== "atom") return null;
  const options = toList(value.items[1]).items.flatMap(({ value: option }) =>
    option.v === "tuple" && option.items.length === 2 && option.items[0].v === "atom"
      ? [[option.items[0].value, option.items[1]] as const]
      : [],
  );
  const names = (key: string): string[] => options.flatMap(([k, v]) => (k === key ? atomsOf(v) : []));
  const mfa = options.find(([key]) => key === "mfa")?.[1];
  return { name: value.items[0].value, after: names("requires"), before: names("enables"), run: mfa ? readFunction(mfa, place) : null };
}

function atomsOf(value: Value): string[] {
  if (value.v === "atom") return [value.value];
  return (knownItems(value) ?? []).flatMap((item) => (item.v === "atom" ? [item.value] : []));
}

function readFunction(mfa: Value, place: Place): BootStep | null {
  if (mfa.v !== "tuple" || mfa.items.length !== 3) return null;
  const [module, fn] = mfa.items;
  const args = knownItems(mfa.items[2]);
  return module.v === "atom" && fn.v === "atom" && args ? { module: module.value, fn: fn.value, args, place } : null;
}

/** A step comes behind all that it requires and that enable it; what is free stays in the order of the source. */
function inOrder(steps: readonly NamedStep[]): readonly NamedStep[] {
  const waitsFor = new Map<string, Set<string>>(steps.map(({ name, after }) => [name, new Set(after)]));
  for (const { name, before } of steps) for (const other of before) waitsFor.get(other)?.add(name);
  const left = new Set(steps);
  const done = new Set<string>();
  const ordered: NamedStep[] = [];
  while (left.size > 0) {
    const next = [...left].find(({ name }) => [...(waitsFor.get(name) ?? [])].every((other) => done.has(other) || !waitsFor.has(other)));
    if (!next) return [...ordered, ...left];
    left.delete(next);
    done.add(next.name);
    ordered.push(next);
  }
  return ordered;
}
