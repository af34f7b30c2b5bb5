/** Pattern matching of partly known terms. A `maybe` binds what the pattern would bind if it matched. */
import type { Expression } from "../../model/expression.ts";
import { choose } from "./branches.ts";
import { EMPTY_ENVIRONMENT } from "./environment.ts";
import type { Evaluator } from "./evaluator.ts";
import type { Frame } from "./frame.ts";
import { type Alternative, type Environment, type Item, keyOf, presumed, UNKNOWN, unknown, type Value } from "./value.ts";

export type Outcome = "yes" | "no" | "maybe";

export interface MatchResult {
  readonly outcome: Outcome;
  readonly bindings: ReadonlyMap<string, Value>;
}

const NO_BINDINGS: ReadonlyMap<string, Value> = new Map();

/** `env` has the variables that the pattern asks for by their value (`^name`, in Erlang any that is bound). */
export function matchPattern(evaluator: Evaluator, pattern: Expression, value: Value, env: Environment, frame: Frame): MatchResult {
  if (pattern.k === "variable" && !otherShape(pattern, value))
    return { outcome: "yes", bindings: pattern.name === "_" ? NO_BINDINGS : new Map([[pattern.name, value]]) };
  const bindings = new Map<string, Value>();
  return { outcome: match(pattern, value, { evaluator, env, frame, bindings }), bindings };
}

interface Matching {
  readonly evaluator: Evaluator;
  readonly env: Environment;
  readonly frame: Frame;
  readonly bindings: Map<string, Value>;
}

export function worse(a: Outcome, b: Outcome): Outcome {
  return a === "no" || b === "no" ? "no" : a === "maybe" || b === "maybe" ? "maybe" : "yes";
}

function match(p: Expression, value: Value, m: Matching): Outcome {
  if (otherShape(p, value)) return "no";
  switch (p.k) {
    case "variable":
      if (p.name === "_") return "yes";
      if (m.bindings.has(p.name)) return equal(m.bindings.get(p.name) as Value, value);
      m.bindings.set(p.name, value);
      return "yes";
    case "match":
      return worse(match(p.pattern, value, m), match(p.value, value, m));
    case "unknown":
      return "maybe";
    case "atom":
    case "number":
    case "text":
      return matchLiteral(p, value, m);
    case "tuple":
      return matchTuple(p.items, value, m);
    case "list":
      return matchList(p.items, p.tail, value, m);
    case "map":
      return matchMap(p, value, m);
    case "concat":
    case "operator":
      return matchOperator(p, value, m);
    case "call": {
      const written = expandMacro(p, m);
      return written ? match(written, value, m) : matchLiteral(p, value, m);
    }
    case "attribute":
    case "self_module":
    case "unquote":
      return matchLiteral(p, value, m);
    default:
      return "maybe";
  }
}

/** What a macro with arguments stands for in a pattern (`?REQUEST(Id)`); null where it is none, or more than a term of its arguments. */
function expandMacro(p: Expression & { k: "call" }, { evaluator, frame }: Matching): Expression | null {
  if (p.module !== null) return null;
  const clauses = evaluator.modules.resolve(frame.module, null, p.name, p.args.length)?.facts.clauses ?? [];
  const [clause] = clauses;
  if (clauses.length !== 1 || clause.guard !== null) return null;
  const given = new Map<string, Expression>();
  for (const [i, param] of clause.params.entries()) {
    if (param.k !== "variable") return null;
    given.set(param.name, p.args[i]);
  }
  return withArguments(clause.body, given);
}

function withArguments(e: Expression, given: ReadonlyMap<string, Expression>): Expression | null {
  switch (e.k) {
    case "variable":
      return given.get(e.name) ?? e;
    case "atom":
    case "number":
    case "text":
    case "attribute":
    case "self_module":
      return e;
    case "block":
      return e.items.length === 1 ? withArguments(e.items[0], given) : null;
    case "tuple": {
      const items = e.items.map((item) => withArguments(item, given));
      return items.every((item) => item !== null) ? { ...e, items } : null;
    }
    default:
      return null;
  }
}

/** Equal, different, or not to be told. */
export function equal(a: Value, b: Value): Outcome {
  if (isBlank(a) || isBlank(b)) return "maybe";
  if (a.v !== b.v) return a.v === "process" || b.v === "process" ? "maybe" : "no";
  if (a.v === "tuple" && b.v === "tuple") {
    if (a.items.length !== b.items.length) return "no";
    let outcome: Outcome = "yes";
    for (let i = 0; i < a.items.length; i++) outcome = worse(outcome, equal(a.items[i], b.items[i]));
    return outcome;
  }
  if (a.v === "list" || a.v === "map") {
    const known = !keyOf(a).includes("?") && !keyOf(b).includes("?");
    return known ? (keyOf(a) === keyOf(b) ? "yes" : "no") : "maybe";
  }
  return keyOf(a) === keyOf(b) ? "yes" : "no";
}

function isBlank(value: Value): boolean {
  return value.v === "unknown" || value.v === "choice" || value.v === "parameter";
}

function matchLiteral(p: Expression, value: Value, m: Matching): Outcome {
  const literal = m.evaluator.evaluate(p, EMPTY_ENVIRONMENT, m.frame);
  return matchOptions(value, m, (v) => equal(literal, v));
}

/**
 * Matches a value, of a choice each option by itself: variables become what they are in the options that may match. Of an unknown with a likely
 * tuple or map the shape counts, the parts are as likely as the whole.
 */
function matchOptions(value: Value, m: Matching, attempt: (v: Value, inner: Matching) => Outcome): Outcome {
  if (value.v === "unknown" && value.likely) return matchLikely(value.text, value.likely, m, attempt) ?? attempt(value, m);
  if (value.v !== "choice") return attempt(value, m);
  const taken: { readonly option: Alternative; readonly bindings: Map<string, Value> }[] = [];
  let sure = true;
  for (const option of value.options) {
    const bindings = new Map(m.bindings);
    const outcome = attempt(option.value, { ...m, bindings });
    if (outcome !== "yes") sure = false;
    if (outcome !== "no") taken.push({ option, bindings });
  }
  if (taken.length === 0) return "no";
  for (const name of taken[0].bindings.keys())
    if (!m.bindings.has(name))
      m.bindings.set(
        name,
        choose(
          taken.map((t) => ({ condition: () => t.option.condition, value: t.bindings.get(name) ?? UNKNOWN, likely: t.option.likely })),
        ),
      );
  return sure ? "yes" : "maybe";
}

/** Null where the likely value is none whose shape tells anything. */
function matchLikely(text: string | null, likely: Value, m: Matching, attempt: (v: Value, inner: Matching) => Outcome): Outcome | null {
  if (likely.v !== "tuple" && likely.v !== "map") return null;
  const bindings = new Map<string, Value>();
  if (attempt(likely, { ...m, bindings }) === "no") return null;
  for (const [name, part] of bindings) if (!m.bindings.has(name)) m.bindings.set(name, presumed(text, part));
  return "maybe";
}

/** Whether a pattern asks for a tuple of another size, a map, or a list than the value most likely is. */
function otherShape(pattern: Expression, value: Value): boolean {
  if (value.v !== "unknown" || !value.likely) return false;
  const { likely } = value;
  if (likely.v === "tuple") return pattern.k === "map" || (pattern.k === "tuple" && pattern.items.length !== likely.items.length);
  return likely.v === "map" && pattern.k === "tuple";
}

function matchTuple(items: readonly Expression[], value: Value, outer: Matching): Outcome {
  return matchOptions(value, outer, (v, m) => {
    if (v.v === "tuple") {
      if (v.items.length !== items.length) return "no";
      let outcome: Outcome = "yes";
      for (let i = 0; i < items.length && outcome !== "no"; i++) outcome = worse(outcome, match(items[i], v.items[i], m));
      return outcome;
    }
    if (!isBlank(v)) return "no";
    for (let i = 0; i < items.length; i++) match(items[i], within(v, String(i)), m);
    return "maybe";
  });
}

/** A part of something that is not known: of a parameter it is the path to it. */
export function within(value: Value, step: string): Value {
  return value.v === "parameter" ? { ...value, path: [...value.path, step] } : UNKNOWN;
}

function matchList(items: readonly Expression[], tail: Expression | null, value: Value, outer: Matching): Outcome {
  return matchOptions(value, outer, (v, m) => {
    if (v.v !== "list") {
      if (!isBlank(v)) return "no";
      for (const item of items) match(item, UNKNOWN, m);
      if (tail) match(tail, UNKNOWN, m);
      return "maybe";
    }
    const always = (i: Item): boolean => i.condition === null && !i.repeated;
    const sure = v.complete && v.items.every(always);
    if (v.complete && !v.items.some((i) => i.repeated) && items.length > v.items.length) return "no";
    if (tail === null && items.length < v.items.filter(always).length) return "no";
    const begins = tail !== null && v.items.length >= items.length && v.items.slice(0, items.length).every(always);
    let outcome: Outcome = sure || begins ? "yes" : "maybe";
    for (let i = 0; i < items.length && outcome !== "no"; i++) outcome = worse(outcome, match(items[i], v.items[i]?.value ?? UNKNOWN, m));
    if (tail && outcome !== "no") outcome = worse(outcome, match(tail, { ...v, items: v.items.slice(items.length) }, m));
    return outcome;
  });
}

function matchMap(p: Expression & { k: "map" }, value: Value, outer: Matching): Outcome {
  return matchOptions(value, outer, (v, m) => {
    if (v.v !== "map") {
      if (!isBlank(v)) return "no";
      for (const [key, x] of p.pairs) match(x, key.k === "atom" ? within(v, key.value) : UNKNOWN, m);
      return "maybe";
    }
    let outcome: Outcome = "yes";
    if (p.struct?.k === "atom" && v.struct !== null && v.struct !== p.struct.value) return "no";
    if (p.struct && v.struct === null) outcome = "maybe";
    for (const [key, x] of p.pairs) {
      const known = m.evaluator.evaluate(key, EMPTY_ENVIRONMENT, m.frame);
      const entry = v.entries.get(keyOf(known));
      if (!entry && v.complete) return "no";
      outcome = worse(outcome, entry ? match(x, entry[1], m) : worse("maybe", match(x, UNKNOWN, m)));
      if (outcome === "no") return "no";
    }
    return outcome;
  });
}

/** `"prefix" <> rest`, `^pinned`, and binaries. */
function matchOperator(p: Expression & { k: "operator" | "concat" }, value: Value, m: Matching): Outcome {
  if (p.k === "operator" && p.operator === "^") {
    const [name] = p.operands;
    const wanted = name.k === "variable" ? m.env.lookup(name.name) : null;
    return wanted === null ? "maybe" : matchOptions(value, m, (v) => equal(wanted, v));
  }
  if (p.k === "operator" && p.operator === "<>" && p.operands[0].k === "text") {
    if (value.v === "text") {
      const prefix = p.operands[0].value;
      if (!value.value.startsWith(prefix)) return "no";
      return match(p.operands[1], { ...value, value: value.value.slice(prefix.length) }, m);
    }
    match(p.operands[1], unknown(null), m);
    return isBlank(value) ? "maybe" : "no";
  }
  if (p.k === "operator" && p.operator === "when") return match(p.operands[0], value, m) === "no" ? "no" : "maybe";
  const parts = p.k === "operator" ? p.operands : p.parts;
  for (const part of parts) match(part, UNKNOWN, m);
  return "maybe";
}
