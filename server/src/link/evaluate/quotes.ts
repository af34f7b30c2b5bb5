/** Quoted code as values: `quote`, `unquote`, and what unquoted code means where it is put in. */
import type { Expression } from "../../model/expression.ts";
import { Bindings } from "./environment.ts";
import type { Evaluator } from "./evaluator.ts";
import type { Frame } from "./frame.ts";
import { type Environment, UNKNOWN, type Value } from "./value.ts";

export function evaluateQuote(evaluator: Evaluator, e: Expression & { k: "quote" }, env: Environment, frame: Frame): Value {
  const template = evaluator.modules.file(frame.file)?.shape.templates[e.template];
  if (!template) return UNKNOWN;
  const inner = new Bindings(env);
  for (const [name, value] of template.bindings) inner.bind(name, evaluator.evaluate(value, env, frame));
  return { v: "quote", template, file: frame.file, env: inner, frame };
}

/** `unquote(value)`: inside a function, code that it brings in is run there; in the body of a module it stays code. */
export function evaluateUnquote(evaluator: Evaluator, e: Expression & { k: "unquote" }, env: Environment, frame: Frame): Value {
  if (!frame.macro) return UNKNOWN;
  const value = evaluator.evaluate(e.value, frame.macro.env, frame.macro.frame);
  return frame.fn ? runCode(evaluator, value, env, frame) : value;
}

/** Quoted expressions in a term, run where the term is put in. */
function runCode(evaluator: Evaluator, value: Value, env: Environment, frame: Frame): Value {
  switch (value.v) {
    case "quote": {
      const { template } = value;
      if (template.statements.length !== 1 || template.functions.length > 0) return value;
      return evaluator.evaluate(template.statements[0], env, { ...frame, file: value.file, macro: { env: value.env, frame: value.frame } });
    }
    case "tuple":
      return { ...value, items: value.items.map((item) => runCode(evaluator, item, env, frame)) };
    case "list":
      return { ...value, items: value.items.map((item) => ({ ...item, value: runCode(evaluator, item.value, env, frame) })) };
    default:
      return value;
  }
}

/** Names that a module's body binds, and behind them those of the macro that the body comes from. */
export function layered(front: Environment, back: Environment): Environment {
  return { lookup: (name) => front.lookup(name) ?? back.lookup(name) };
}
