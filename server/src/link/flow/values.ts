/**
 * Values of expressions inside one function, in terms of its parameters.
 *
 * Pure. Variables are looked up only when a question needs them: the scope's links are followed back to the pattern that binds the name, and what
 * that pattern was matched with is evaluated then. Never throws on user code; fuel and depth are limited, beyond them all is unknown.
 */
import type { Expression } from "../../model/expression.ts";
import type { Evaluator } from "../evaluate/evaluator.ts";
import { type Frame, newSession, type Session } from "../evaluate/frame.ts";
import { type Environment, keyOf, type ProcessValue, UNKNOWN, type Value, withValue } from "../evaluate/value.ts";
import type { FunctionInfo } from "../modules.ts";
import { bindsName } from "./patterns.ts";
import type { Link } from "./scan.ts";

/** Steps that one question may take. */
const FUEL = 4_000;
const MAX_LOOKUPS = 40;

/** Shared by all functions of one run: one session, refuelled for each question. */
export class Questions {
  readonly evaluator: Evaluator;
  private readonly session: Session = newSession(FUEL);
  depth = 0;

  constructor(evaluator: Evaluator) {
    this.evaluator = evaluator;
  }

  frame(fn: FunctionInfo): Frame {
    const macro = fn.quote ? { env: fn.quote.env, frame: fn.quote.frame } : null;
    return { module: fn.module, file: fn.file, depth: 0, session: this.session, fn, macro };
  }

  /** A new question: what was recorded for the last one is dropped. */
  refuel(fuel = FUEL): void {
    this.session.fuel = fuel;
    this.session.started.length = 0;
    this.session.added.length = 0;
  }
}

/** Evaluates in the scopes of one function. */
export class FunctionValues {
  readonly frame: Frame;
  private known: Map<Link, Value> | null = null;
  readonly questions: Questions;

  constructor(questions: Questions, fn: FunctionInfo) {
    this.questions = questions;
    this.frame = questions.frame(fn);
  }

  /** The value of an expression where `scope` holds. */
  evaluate(e: Expression, scope: Link | null): Value {
    if (isSelfCall(e)) return selfProcess(this.frame.file, e.at);
    if (this.questions.depth === 0) this.questions.refuel();
    return this.questions.evaluator.evaluate(e, this.environment(scope), this.frame);
  }

  environment(scope: Link | null): Environment {
    return new ScopeEnvironment(this, scope);
  }

  /** What the link gives to the name; null where no link binds it. */
  lookup(name: string, scope: Link | null): Value | null {
    const link = findLink(name, scope);
    if (link === null) return null;
    const value = this.valueOf(link);
    if (link.pattern.k === "variable") return value;
    return this.questions.evaluator.matchPattern(link.pattern, value, this.frame).bindings.get(name) ?? UNKNOWN;
  }

  private valueOf(link: Link): Value {
    if (link.index >= 0) return { v: "parameter", index: link.index, path: [] };
    if (link.source === null) return UNKNOWN;
    const known = this.known?.get(link);
    if (known !== undefined) return known;
    if (isSelfCall(link.source)) return selfProcess(this.frame.file, link.source.at);
    if (this.questions.depth >= MAX_LOOKUPS) return UNKNOWN;
    this.questions.depth++;
    const value = this.questions.evaluator.evaluate(link.source, this.environment(link.prev), this.frame);
    this.questions.depth--;
    (this.known ??= new Map()).set(link, value);
    return value;
  }
}

/** The innermost link that binds the name, or null. */
export function findLink(name: string, scope: Link | null): Link | null {
  for (let link = scope; link !== null; link = link.prev) {
    const { pattern } = link;
    if (pattern.k === "variable" ? pattern.name === name : bindsName(pattern, name)) return link;
  }
  return null;
}

class ScopeEnvironment implements Environment {
  private readonly values: FunctionValues;
  private readonly scope: Link | null;

  constructor(values: FunctionValues, scope: Link | null) {
    this.values = values;
    this.scope = scope;
  }

  lookup(name: string): Value | null {
    return this.values.lookup(name, this.scope);
  }
}

/** The value with arguments in the place of parameters. Closures stay as they are: what is in them is looked at where they stand. */
export function substitute(value: Value, argument: (index: number) => Value): Value {
  switch (value.v) {
    case "parameter":
      return project(argument(value.index), value.path, 0);
    case "tuple":
      return { ...value, items: value.items.map((item) => substitute(item, argument)) };
    case "list":
      return { ...value, items: value.items.map((item) => ({ ...item, value: substitute(item.value, argument) })) };
    case "map": {
      const entries = new Map([...value.entries].map(([key, [k, x]]) => [key, [k, substitute(x, argument)] as const] as const));
      return { ...value, entries };
    }
    case "choice":
      return { v: "choice", options: value.options.map((o) => withValue(o, substitute(o.value, argument))) };
    case "process":
      return value.name === null ? value : { ...value, name: substitute(value.name, argument) };
    default:
      return value;
  }
}

/** What lies on the path inside a value: fields of maps and keyword lists, positions of tuples. */
export function project(value: Value, path: readonly string[], from = 0): Value {
  let current = value;
  for (let i = from; i < path.length; i++) {
    const step = path[i]!;
    switch (current.v) {
      case "parameter":
        return { ...current, path: [...current.path, ...path.slice(i)] };
      case "tuple":
        current = current.items[Number(step)] ?? UNKNOWN;
        break;
      case "map":
        current = current.entries.get(`:${step}`)?.[1] ?? UNKNOWN;
        break;
      case "list":
        current = keywordOf(current, step);
        break;
      case "choice":
        return { v: "choice", options: current.options.map((o) => withValue(o, project(o.value, path, i))) };
      default:
        return UNKNOWN;
    }
  }
  return current;
}

function keywordOf(value: Value & { v: "list" }, key: string): Value {
  for (const item of value.items)
    if (item.value.v === "tuple" && item.value.items.length === 2 && item.value.items[0] && keyOf(item.value.items[0]) === `:${key}`)
      return item.value.items[1] ?? UNKNOWN;
  return UNKNOWN;
}

/** Marks the process value that `self()` gives. */
const SELF: Value = { v: "unknown", text: "self()", likely: null };

/** Whether a value is the process that runs the code at `value.place`. */
export function isSelf(value: Value): value is ProcessValue {
  return value.v === "process" && value.options === SELF;
}

function isSelfCall(e: Expression): boolean {
  return (
    e.k === "call" &&
    e.name === "self" &&
    e.args.length === 0 &&
    (e.module === null || (e.module.k === "atom" && e.module.value === "erlang"))
  );
}

function selfProcess(file: string, at: number): ProcessValue {
  return {
    v: "process",
    kind: "process",
    module: null,
    argument: UNKNOWN,
    options: SELF,
    name: SELF,
    children: null,
    run: null,
    linked: false,
    place: { file, at },
  };
}
