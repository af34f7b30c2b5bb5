/** Operators of the BEAM languages on partly known operands. */
import type { Expression } from "../../model/expression.ts";
import { choose, truth } from "./branches.ts";
import type { Evaluator } from "./evaluator.ts";
import type { Frame } from "./frame.ts";
import { concat, knownItems, toList } from "./lists.ts";
import { equal, type Outcome } from "./match.ts";
import { type Environment, FALSE, keyOf, number, settle, TRUE, unknown, type Value } from "./value.ts";

export function evaluateOperator(evaluator: Evaluator, e: Expression & { k: "operator" }, env: Environment, frame: Frame): Value {
  const blank = (): Value => unknown(evaluator.describe(e));
  const [first, second] = e.operands;
  const left = evaluator.evaluate(first, env, frame);
  if (second === undefined) return unary(e.operator, left) ?? blank();
  switch (e.operator) {
    case "&&":
    case "and":
    case "andalso":
      return logical(left, "no", () => evaluator.evaluate(second, env, frame)) ?? blank();
    case "||":
    case "or":
    case "orelse":
      return either(evaluator, e, left, () => evaluator.evaluate(second, env, frame));
  }
  const right = evaluator.evaluate(second, env, frame);
  return binary(e.operator, left, right) ?? blank();
}

function unary(operator: string, operand: Value): Value | null {
  if (operator === "!" || operator === "not") {
    const held = truth(operand);
    return held === "maybe" ? null : held === "yes" ? FALSE : TRUE;
  }
  if (operator === "-" && operand.v === "number") return number(-operand.value);
  return operator === "+" || operator === "^" ? operand : null;
}

/** `and`: the left where it decides, else the right; null where that cannot be told. */
function logical(left: Value, decides: Outcome, right: () => Value): Value | null {
  const held = truth(left);
  if (held === "maybe") return truth(right()) === "no" ? FALSE : null;
  return held === decides ? left : right();
}

function either(evaluator: Evaluator, e: Expression & { k: "operator" }, left: Value, right: () => Value): Value {
  const held = truth(left);
  if (held === "yes") return left;
  const other = right();
  if (held === "no") return other;
  if (left.v === "unknown" && !left.likely)
    return other.v === "unknown" ? unknown(evaluator.describe(e)) : unknown(evaluator.describe(e), other);
  const words = (): string => evaluator.describe(e.operands[0]);
  return choose([
    { condition: () => `if ${words()}`, value: left },
    { condition: () => `unless ${words()}`, value: other },
  ]);
}

function binary(operator: string, a: Value, b: Value): Value | null {
  switch (operator) {
    case "++":
      return concatTexts(a, b) ?? concat(a, b);
    case "--": {
      const gone = knownItems(b);
      const from = toList(a);
      if (!gone) return { ...from, complete: false };
      const keys = new Set(gone.map(keyOf));
      return { ...from, items: from.items.filter((i) => !keys.has(keyOf(i.value))) };
    }
    case "<>":
      return a.v === "text" && b.v === "text" ? { v: "text", value: a.value + b.value, charlist: false } : null;
    case "==":
    case "===":
    case "=:=":
      return truthOf(equal(a, b));
    case "!=":
    case "!==":
    case "=/=":
    case "/=":
      return truthOf(opposite(equal(a, b)));
    case "in": {
      const among = knownItems(b);
      if (!among) return null;
      return truthOf(anyEqual(a, among));
    }
    case "not in": {
      const among = knownItems(b);
      return among ? truthOf(opposite(anyEqual(a, among))) : null;
    }
    case "..":
      return a.v === "number" && b.v === "number"
        ? { v: "range", first: a.value, last: b.value, step: b.value >= a.value ? 1 : -1 }
        : likelyRange(a, b);
    case "//":
      return a.v === "range" && b.v === "number" && b.value !== 0 ? { ...a, step: b.value } : null;
  }
  if (a.v === "number" && b.v === "number") return arithmetic(operator, a.value, b.value);
  const likely = likelyNumbers(operator, a, b);
  return likely;
}

/** Of charlists one charlist, as likely as its parts; null for other lists. */
function concatTexts(a: Value, b: Value): Value | null {
  const [left, right] = [settle(a), settle(b)];
  if (left.v !== "text" || right.v !== "text") return null;
  const whole: Value = { v: "text", value: left.value + right.value, charlist: true };
  return left === a && right === b ? whole : unknown(null, whole);
}

/** `1..n` with `n` from configuration: the range that the project's own configuration gives. */
function likelyRange(a: Value, b: Value): Value | null {
  const first = a.v === "unknown" ? a.likely : a;
  const last = b.v === "unknown" ? b.likely : b;
  const text = (a.v === "unknown" ? a.text : null) ?? (b.v === "unknown" ? b.text : null);
  if (first?.v !== "number" || last?.v !== "number") return null;
  return unknown(text, { v: "range", first: first.value, last: last.value, step: last.value >= first.value ? 1 : -1 });
}

function likelyNumbers(operator: string, a: Value, b: Value): Value | null {
  const left = a.v === "unknown" ? a.likely : a;
  const right = b.v === "unknown" ? b.likely : b;
  if (left?.v !== "number" || right?.v !== "number") return null;
  const result = arithmetic(operator, left.value, right.value);
  return result ? unknown((a.v === "unknown" ? a.text : null) ?? (b.v === "unknown" ? b.text : null), result) : null;
}

function arithmetic(operator: string, a: number, b: number): Value | null {
  switch (operator) {
    case "+":
      return number(a + b);
    case "-":
      return number(a - b);
    case "*":
      return number(a * b);
    case "/":
      return b === 0 ? null : number(a / b);
    case "<":
      return a < b ? TRUE : FALSE;
    case ">":
      return a > b ? TRUE : FALSE;
    case "<=":
    case "=<":
      return a <= b ? TRUE : FALSE;
    case ">=":
      return a >= b ? TRUE : FALSE;
    default:
      return null;
  }
}

function truthOf(outcome: Outcome): Value | null {
  return outcome === "maybe" ? null : outcome === "yes" ? TRUE : FALSE;
}

function opposite(outcome: Outcome): Outcome {
  return outcome === "yes" ? "no" : outcome === "no" ? "yes" : "maybe";
}

function anyEqual(a: Value, among: readonly Value[]): Outcome {
  let result: Outcome = "no";
  for (const b of among) {
    const outcome = equal(a, b);
    if (outcome === "yes") return "yes";
    if (outcome === "maybe") result = "maybe";
  }
  return result;
}
