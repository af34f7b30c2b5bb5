/** `case`, `if`, `cond` and function clauses: which are taken, and under which condition where that cannot be told. */
import type { Clause, Expression } from "../../model/expression.ts";
import { Bindings } from "./environment.ts";
import type { Evaluator } from "./evaluator.ts";
import type { Frame } from "./frame.ts";
import { both } from "./lists.ts";
import { type Outcome, worse } from "./match.ts";
import {
  type Alternative,
  type ChoiceValue,
  type Environment,
  isKnown,
  keyOf,
  NEVER,
  settle,
  UNKNOWN,
  unknown,
  type Value,
} from "./value.ts";

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
  readonly likely?: boolean;
}

const MOST_OPTIONS = 16;

/** An option of a choice. Most choices are never shown to anyone: the words for the condition are made when they are asked for. */
class LazyAlternative implements Alternative {
  readonly value: Value;
  readonly likely: boolean;
  private readonly words: () => string;
  private text: string | null = null;

  constructor(words: () => string, value: Value, likely: boolean) {
    this.words = words;
    this.value = value;
    this.likely = likely;
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
  if (options.every((o) => o.value.v === "unknown" && !o.value.likely)) return UNKNOWN;
  if (options.every((o) => isSame(o.value, options[0].value))) return options[0].value;
  const agreed = agreement(options);
  if (agreed !== null) return agreed;
  const flat: LazyAlternative[] = [];
  for (const option of options) {
    if (option.value.v === "choice")
      for (const inner of option.value.options)
        flat.push(
          new LazyAlternative(
            () => shorten(both(option.condition(), inner.condition) ?? ""),
            inner.value,
            option.likely === true && inner.likely,
          ),
        );
    else flat.push(new LazyAlternative(option.condition, option.value, option.likely === true));
    if (flat.length > MOST_OPTIONS) return UNKNOWN;
  }
  return { v: "choice", options: flat };
}

/** What all options most likely are, where some are only likely. */
function agreement(options: readonly Option[]): Value | null {
  const blank = options.find(({ value }) => value.v === "unknown")?.value;
  if (blank?.v !== "unknown" || blank.likely === null) return null;
  const first = settle(blank);
  if (first.v !== "number" && first.v !== "atom") return null;
  return options.every(({ value }) => isSame(settle(value), first)) ? unknown(blank.text, first) : null;
}

/** A choice of what becomes of each option. */
export function eachOption(choice: ChoiceValue, change: (option: Value) => Value): Value {
  return choose(choice.options.map((o) => ({ condition: () => o.condition, value: change(o.value), likely: o.likely })));
}

function isSame(a: Value, b: Value): boolean {
  if (a.v === "unknown" && b.v === "unknown" && a.likely && b.likely) return isSame(a.likely, b.likely);
  return a === b || (a.v === b.v && (a.v === "atom" || a.v === "number" || a.v === "text") && keyOf(a) === keyOf(b));
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
  // What the condition binds is bound after the `if`, too.
  const subject = e.subject ? evaluator.evaluate(e.subject, env, frame) : UNKNOWN;
  const held = truth(subject);
  const words = (): string => (e.subject ? evaluator.describe(e.subject) : "");
  const [then, otherwise] = e.form === "if" ? e.clauses : [e.clauses[1], e.clauses[0]];
  const run = (clause: Clause | undefined): Value =>
    clause ? evaluator.evaluate(clause.body, new Bindings(env), frame) : { v: "atom", value: "nil" };
  if (held === "yes") return run(then);
  if (held === "no") return run(otherwise);
  return choose([
    { condition: () => `if ${words()}`, value: run(then), likely: likelyTruth(subject) === "yes" },
    { condition: () => `unless ${words()}`, value: run(otherwise), likely: likelyTruth(subject) === "no" },
  ]);
}

/** Whether a value that is not known most likely counts as true. */
function likelyTruth(value: Value): Outcome {
  const likely = settle(value);
  return likely === value ? "maybe" : truth(likely);
}

function evaluateCond(evaluator: Evaluator, e: Expression & { k: "branch" }, env: Environment, frame: Frame): Value {
  const options: Option[] = [];
  for (const clause of e.clauses) {
    const inner = new Bindings(env);
    const held = clause.guard ? truth(evaluator.evaluate(clause.guard, inner, frame)) : "yes";
    if (held === "no") continue;
    const before = options.slice();
    const condition = (): string =>
      held === "yes" ? conditionOf(OTHERWISE, before) : `if ${clause.guard ? evaluator.describe(clause.guard) : ""}`;
    options.push({ condition, value: evaluator.evaluate(clause.body, inner, frame) });
    if (held === "yes") break;
  }
  return choose(options);
}

/** The words for the opposite of a condition. */
export function negate(condition: string): string {
  if (condition.startsWith("if ") && !/ (and|or) /.test(condition)) return `unless ${condition.slice(3)}`;
  if (condition.startsWith("for ")) return `not ${condition}`;
  if (condition.startsWith("unless ") && !/ (and|or) /.test(condition)) return `if ${condition.slice(7)}`;
  return `unless ${condition.replace(/^if | or if /g, (word) => word.replace("if ", ""))}`;
}

/** A clause that takes the rest is told by what the others take. */
function conditionOf(words: string, before: readonly Option[]): string {
  if (words !== OTHERWISE || before.length === 0) return words;
  if (before.length === 1) return shorten(negate(before[0].condition()));
  const others = before.map((o) => o.condition());
  if (others.every((one) => one.startsWith("for "))) return shorten(`not ${others.join(" or ")}`);
  return shorten(`unless ${others.map((one) => one.replace(/^if /, "")).join(" or ")}`);
}

/** Of an anonymous function: what its clause takes. */
function describeParameters(evaluator: Evaluator, clause: Clause): string {
  const guard = clause.guard ? ` when ${evaluator.describe(clause.guard)}` : "";
  if (guard === "" && clause.params.every((p) => p.k === "variable")) return OTHERWISE;
  return `for ${clause.params.map((p) => evaluator.describe(p)).join(", ")}${guard}`;
}

/** The shorter of two ways to say the same. */
function shorter(a: string, b: string): string {
  return a.length <= b.length ? a : b;
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
  let rest = args;
  for (let i = 0; i < clauses.length; i++) {
    const clause = clauses[i];
    if (clause.params.length !== args.length) continue;
    const inner = new Bindings(env);
    let outcome: Outcome = "yes";
    let open = -1;
    for (let p = 0; p < args.length && outcome !== "no"; p++) {
      const result = evaluator.matchPattern(clause.params[p], rest[p], frame, env);
      if (result.outcome === "maybe") open = open < 0 && rest[p].v === "choice" ? p : args.length;
      outcome = worse(outcome, result.outcome);
      inner.bindAll(result.bindings);
    }
    if (outcome === "no") continue;
    if (clause.guard) outcome = worse(outcome, truth(evaluator.evaluate(clause.guard, inner, frame)));
    if (outcome === "no") continue;
    const before = options.slice();
    const split =
      open >= 0 && open < args.length && !clause.guard ? splitOptions(evaluator, clause.params[open], rest[open], env, frame) : null;
    const condition = (): string => {
      const words = conditionOf(describe ? describe(clause, i) : describeParameters(evaluator, clause), before);
      return split ? shorter(split.words(), words) : words;
    };
    const likely = !options.some((o) => o.likely) && isLikely(evaluator, clause, rest, env, frame);
    options.push({ condition, value: evaluator.evaluate(clause.body, inner, frame), likely });
    if (outcome === "yes") break;
    if (split?.rest) rest = rest.map((value, p) => (p === open ? (split.rest ?? value) : value));
  }
  return choose(options);
}

/**
 * Where clauses ask about an argument of which one option is the likely one: what they make of that one stays apart from what they make of the others, so
 * that a list that goes through several functions is still the likely one behind them.
 */
export function apartByLikely(clauses: readonly Clause[], args: readonly Value[], select: (args: readonly Value[]) => Value): Value {
  const at = args.findIndex((arg, i) => arg.v === "choice" && clauses.length > 1 && clauses.some(({ params }) => asks(params[i])));
  const choice = args[at];
  if (choice?.v !== "choice") return select(args);
  const likely = choice.options.filter((o) => o.likely);
  const others = choice.options.filter((o) => !o.likely);
  if (likely.length !== 1 || others.length === 0 || !isKnown(likely[0].value)) return select(args);
  const run = (value: Value): Value => select(args.map((arg, i) => (i === at ? value : arg)));
  return choose([
    { condition: () => likely[0].condition, value: run(likely[0].value), likely: true },
    {
      condition: () => shorten(others.map((o) => o.condition).join(" or ")),
      value: run(others.length === 1 ? others[0].value : { v: "choice", options: others }),
    },
  ]);
}

function asks(pattern: Expression | undefined): boolean {
  return pattern !== undefined && pattern.k !== "variable";
}

/** Whether a clause takes what its arguments most likely are. */
function isLikely(evaluator: Evaluator, clause: Clause, args: readonly Value[], env: Environment, frame: Frame): boolean {
  const likely = args.map(settle);
  if (likely.every((value, i) => value === args[i])) return false;
  const inner = new Bindings(env);
  for (const [i, value] of likely.entries()) {
    const { outcome, bindings } = evaluator.matchPattern(clause.params[i], value, frame, env);
    if (outcome !== "yes") return false;
    inner.bindAll(bindings);
  }
  if (!clause.guard) return true;
  return truth(evaluator.evaluate(clause.guard, inner, frame)) === "yes";
}

/** Of a choice: under which conditions a pattern takes it, and what is left for the clauses after it (null: nothing is surely gone). */
function splitOptions(
  evaluator: Evaluator,
  pattern: Expression,
  value: Value,
  env: Environment,
  frame: Frame,
): { readonly words: () => string; readonly rest: Value | null } | null {
  if (value.v !== "choice") return null;
  const outcomes = value.options.map((o) => evaluator.matchPattern(pattern, o.value, frame, env).outcome);
  const taken = value.options.filter((_, i) => outcomes[i] !== "no");
  const left = value.options.filter((_, i) => outcomes[i] !== "yes");
  if (taken.length === value.options.length) return null;
  const words = (): string => shorten(taken.map((o) => o.condition).join(" or "));
  if (left.length === 0 || left.length === value.options.length) return { words, rest: null };
  return { words, rest: left.length === 1 ? left[0].value : { v: "choice", options: left } };
}
