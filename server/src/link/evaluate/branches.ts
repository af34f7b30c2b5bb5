/** `case`, `if`, `cond` and function clauses: which are taken, and under which condition where that cannot be told. */
import type { Clause, Expression } from "../../model/expression.ts";
import { Bindings } from "./environment.ts";
import type { Evaluator } from "./evaluator.ts";
import type { Frame } from "./frame.ts";
import { type Outcome, worse } from "./match.ts";
import { type Environment, NEVER, UNKNOWN, type Value } from "./value.ts";

/** Whether a value counts as true: in Elixir everything but `nil` and `false`. */
export function truth(value: Value): Outcome {
  if (value.v === "unknown" || value.v === "choice" || value.v === "parameter") return "maybe";
  return value.v === "atom" && (value.value === "nil" || value.value === "false") ? "no" : "yes";
}

const LONGEST_CONDITION = 160;

/** Conditions are for people: what is too long to read is cut. */
function shorten(condition: string): string {
  return condition.length > LONGEST_CONDITION ? `${condition.slice(0, LONGEST_CONDITION - 1)}…` : condition;
}

/** A branch that may be taken: its condition is put into words only where the branch matters. */
export interface Option {
  readonly condition: () => string;
  readonly value: Value;
}

const MOST_OPTIONS = 16;

/** An option of a choice. Most choices are never shown to anyone: the words for the condition are made when they are asked for. */
class Alternative {
  readonly value: Value;
  private readonly words: () => string;
  private text: string | null = null;

  constructor(words: () => string, value: Value) {
    this.words = words;
    this.value = value;
  }

  get condition(): string {
    this.text ??= this.words();
    return this.text;
  }
}

/**
 * One value out of several under conditions: a single one is itself, nested choices are flattened, and where source tells nothing of any of them
 * there is nothing to choose from.
 */
export function choose(all: readonly Option[]): Value {
  const returning = all.filter((o) => o.value !== NEVER);
  const options = returning.length > 0 ? returning : all;
  if (options.length === 0) return UNKNOWN;
  if (options.length === 1) return options[0].value;
  if (options.every((o) => o.value.v === "unknown")) return UNKNOWN;
  const flat: Alternative[] = [];
  for (const option of options) {
    if (option.value.v === "choice")
      for (const inner of option.value.options)
        flat.push(new Alternative(() => shorten(`${option.condition()} and ${inner.condition}`), inner.value));
    else flat.push(new Alternative(option.condition, option.value));
    if (flat.length > MOST_OPTIONS) return UNKNOWN;
  }
  return { v: "choice", options: flat };
}

export function evaluateBranch(evaluator: Evaluator, e: Expression & { k: "branch" }, env: Environment, frame: Frame): Value {
  switch (e.form) {
    case "if":
    case "unless":
      return evaluateIf(evaluator, e, env, frame);
    case "case": {
      const subject = e.subject ? evaluator.evaluate(e.subject, env, frame) : UNKNOWN;
      const words = (): string => (e.subject ? evaluator.describe(e.subject) : "");
      const describe = (clause: Clause): string =>
        clause.params[0]?.k === "variable" && !clause.guard
          ? OTHERWISE
          : `${words()} is ${clause.params.map((p) => evaluator.describe(p)).join(", ")}`;
      return selectClauses(evaluator, e.clauses, [subject], env, frame, describe);
    }
    case "cond":
      return evaluateCond(evaluator, e, env, frame);
  }
}

function evaluateIf(evaluator: Evaluator, e: Expression & { k: "branch" }, env: Environment, frame: Frame): Value {
  const inner = new Bindings(env);
  const subject = e.subject ? evaluator.evaluate(e.subject, inner, frame) : UNKNOWN;
  const held = truth(subject);
  const words = (): string => (e.subject ? evaluator.describe(e.subject) : "");
  const [then, otherwise] = e.form === "if" ? e.clauses : [e.clauses[1], e.clauses[0]];
  const run = (clause: Clause | undefined): Value =>
    clause ? evaluator.evaluate(clause.body, new Bindings(inner), frame) : { v: "atom", value: "nil" };
  if (held === "yes") return run(then);
  if (held === "no") return run(otherwise);
  return choose([
    { condition: () => `if ${words()}`, value: run(then) },
    { condition: () => `unless ${words()}`, value: run(otherwise) },
  ]);
}

function evaluateCond(evaluator: Evaluator, e: Expression & { k: "branch" }, env: Environment, frame: Frame): Value {
  const options: Option[] = [];
  for (const clause of e.clauses) {
    const held = clause.guard ? truth(evaluator.evaluate(clause.guard, env, frame)) : "yes";
    if (held === "no") continue;
    const before = options.slice();
    const condition = (): string =>
      held === "yes" ? conditionOf(OTHERWISE, before) : `if ${clause.guard ? evaluator.describe(clause.guard) : ""}`;
    options.push({ condition, value: evaluator.evaluate(clause.body, new Bindings(env), frame) });
    if (held === "yes") break;
  }
  return choose(options);
}

/** A clause that takes the rest is told by what the others take. */
function conditionOf(words: string, before: readonly Option[]): string {
  if (words !== OTHERWISE) return words;
  return before.length > 0 ? shorten(`unless ${before.map((o) => o.condition()).join(" or ")}`) : words;
}

/** What a description of a clause says when its patterns ask for nothing. */
export const OTHERWISE = "otherwise";

/**
 * The value of the first clause that matches; where that cannot be told, a choice of those that may. `describe` gives the condition of a clause in
 * words; null where there are no words (anonymous functions).
 */
export function selectClauses(
  evaluator: Evaluator,
  clauses: readonly Clause[],
  args: readonly Value[],
  env: Environment,
  frame: Frame,
  describe: ((clause: Clause, index: number) => string) | null,
): Value {
  const options: Option[] = [];
  for (let i = 0; i < clauses.length; i++) {
    const clause = clauses[i];
    if (clause.params.length !== args.length) continue;
    const inner = new Bindings(env);
    let outcome: Outcome = "yes";
    for (let p = 0; p < args.length && outcome !== "no"; p++) {
      const result = evaluator.matchPattern(clause.params[p], args[p], frame);
      outcome = worse(outcome, result.outcome);
      inner.bindAll(result.bindings);
    }
    if (outcome === "no") continue;
    if (clause.guard) outcome = worse(outcome, truth(evaluator.evaluate(clause.guard, inner, frame)));
    if (outcome === "no") continue;
    const before = options.slice();
    const condition = (): string => (describe ? conditionOf(describe(clause, i), before) : `clause ${i + 1}`);
    options.push({ condition, value: evaluator.evaluate(clause.body, inner, frame) });
    if (outcome === "yes") break;
  }
  return choose(options);
}
