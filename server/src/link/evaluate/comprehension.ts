/** `for`: over known lists element by element; over an unknown one the body stands once, for any number of elements. */
import type { Expression } from "../../model/expression.ts";
import { eachOption, truth } from "./branches.ts";
import { Bindings } from "./environment.ts";
import type { Evaluator } from "./evaluator.ts";
import type { Frame } from "./frame.ts";
import { both, MAX_ELEMENTS, toList } from "./lists.ts";
import { type Environment, type Item, keyOf, UNKNOWN, type Value } from "./value.ts";

interface Run {
  readonly evaluator: Evaluator;
  readonly e: Expression & { k: "for" };
  readonly frame: Frame;
  readonly items: Item[];
  readonly first: Value | null;
  complete: boolean;
}

export function evaluateComprehension(evaluator: Evaluator, e: Expression & { k: "for" }, env: Environment, frame: Frame): Value {
  const first = e.steps[0];
  const source = first && first.pattern !== null ? evaluator.evaluate(first.source, env, frame) : null;
  // Which list is the likely one is told of what becomes of it, too.
  if (source?.v === "choice" && source.options.some((o) => o.likely))
    return eachOption(source, (one) => runThrough(evaluator, e, env, frame, one));
  return runThrough(evaluator, e, env, frame, source);
}

/** `first` is what the first generator goes over, null where there is none. */
function runThrough(evaluator: Evaluator, e: Expression & { k: "for" }, env: Environment, frame: Frame, first: Value | null): Value {
  const run: Run = { evaluator, e, frame, items: [], complete: true, first };
  step(run, 0, env, null, false);
  const into = e.into ? evaluator.evaluate(e.into, env, frame) : null;
  if (into?.v === "map") return toMap(run);
  return { v: "list", items: run.items, complete: run.complete };
}

function step(run: Run, index: number, env: Environment, condition: string | null, repeated: boolean): void {
  const { evaluator, e, frame } = run;
  if (run.items.length >= MAX_ELEMENTS || frame.session.fuel <= 0) {
    run.complete = false;
    return;
  }
  const current = e.steps[index];
  if (!current) {
    const value = evaluator.evaluate(e.body, new Bindings(env), frame);
    const place = "place" in value ? (value.place ?? null) : null;
    run.items.push({ value, condition, repeated, place: place ?? { file: frame.file, at: e.body.at } });
    return;
  }
  if (current.pattern === null) {
    const held = truth(evaluator.evaluate(current.source, env, frame));
    if (held !== "no")
      step(run, index + 1, env, held === "yes" ? condition : both(condition, `if ${evaluator.describe(current.source)}`), repeated);
    return;
  }
  const source = (index === 0 ? run.first : null) ?? evaluator.evaluate(current.source, env, frame);
  const elements = toList(source);
  for (const item of elements.items)
    enter(run, index, current.pattern, item.value, env, both(condition, item.condition), repeated || item.repeated);
  if (!elements.complete && elements.items.length === 0) enter(run, index, current.pattern, UNKNOWN, env, condition, true);
  else if (!elements.complete) run.complete = false;
}

function enter(
  run: Run,
  index: number,
  pattern: Expression,
  value: Value,
  env: Environment,
  condition: string | null,
  repeated: boolean,
): void {
  const result = run.evaluator.matchPattern(pattern, value, run.frame, env);
  if (result.outcome === "no") return;
  const inner = new Bindings(env);
  inner.bindAll(result.bindings);
  step(run, index + 1, inner, condition, repeated);
}

function toMap(run: Run): Value {
  const entries = new Map<string, readonly [Value, Value]>();
  let complete = run.complete;
  for (const item of run.items) {
    if (item.value.v === "tuple" && item.value.items.length === 2 && item.condition === null && !item.repeated)
      entries.set(keyOf(item.value.items[0]), [item.value.items[0], item.value.items[1]]);
    else complete = false;
  }
  return { v: "map", entries, struct: null, complete };
}
