/** Pattern matching of partly known terms. A `maybe` binds what the pattern would bind if it matched. */
import type { Expression } from "../../model/expression.ts";
import { EMPTY_ENVIRONMENT } from "./environment.ts";
import type { Evaluator } from "./evaluator.ts";
import type { Frame } from "./frame.ts";
import { keyOf, UNKNOWN, unknown, type Value } from "./value.ts";

export type Outcome = "yes" | "no" | "maybe";

export interface MatchResult {
  readonly outcome: Outcome;
  readonly bindings: Map<string, Value>;
}

export function matchPattern(evaluator: Evaluator, pattern: Expression, value: Value, frame: Frame): MatchResult {
  const bindings = new Map<string, Value>();
  return { outcome: match(pattern, value, { evaluator, frame, bindings }), bindings };
}

interface Matching {
  readonly evaluator: Evaluator;
  readonly frame: Frame;
  readonly bindings: Map<string, Value>;
}

export function worse(a: Outcome, b: Outcome): Outcome {
  return a === "no" || b === "no" ? "no" : a === "maybe" || b === "maybe" ? "maybe" : "yes";
}

function match(p: Expression, value: Value, m: Matching): Outcome {
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
      return equal(m.evaluator.evaluate(p, EMPTY_ENVIRONMENT, m.frame), value);
    case "tuple":
      return matchTuple(p.items, value, m);
    case "list":
      return matchList(p.items, p.tail, value, m);
    case "map":
      return matchMap(p, value, m);
    case "concat":
    case "operator":
      return matchOperator(p, value, m);
    case "attribute":
    case "self_module":
    case "unquote":
    case "call":
      return equal(m.evaluator.evaluate(p, EMPTY_ENVIRONMENT, m.frame), value);
    default:
      return "maybe";
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

/** The option of a choice that a pattern would take, or the value itself. */
function matchOptions(value: Value, attempt: (v: Value) => Outcome): Outcome {
  if (value.v !== "choice") return attempt(value);
  let best: Outcome = "no";
  let all = true;
  for (const option of value.options) {
    const outcome = attempt(option.value);
    if (outcome !== "yes") all = false;
    if (outcome !== "no" && best === "no") best = outcome;
  }
  return all ? "yes" : best === "no" ? "no" : "maybe";
}

function matchTuple(items: readonly Expression[], value: Value, m: Matching): Outcome {
  return matchOptions(value, (v) => {
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

function matchList(items: readonly Expression[], tail: Expression | null, value: Value, m: Matching): Outcome {
  return matchOptions(value, (v) => {
    if (v.v !== "list") {
      if (!isBlank(v)) return "no";
      for (const item of items) match(item, UNKNOWN, m);
      if (tail) match(tail, UNKNOWN, m);
      return "maybe";
    }
    const sure = v.complete && v.items.every((i) => i.condition === null && !i.repeated);
    if (sure && (tail ? v.items.length < items.length : v.items.length !== items.length)) return "no";
    let outcome: Outcome = sure ? "yes" : "maybe";
    for (let i = 0; i < items.length && outcome !== "no"; i++) outcome = worse(outcome, match(items[i], v.items[i]?.value ?? UNKNOWN, m));
    if (tail && outcome !== "no") outcome = worse(outcome, match(tail, { ...v, items: v.items.slice(items.length) }, m));
    return outcome;
  });
}

function matchMap(p: Expression & { k: "map" }, value: Value, m: Matching): Outcome {
  return matchOptions(value, (v) => {
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
  if (!(p.k === "operator" && p.operator === "^")) for (const part of parts) match(part, UNKNOWN, m);
  return "maybe";
}
