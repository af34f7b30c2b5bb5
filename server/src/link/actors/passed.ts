/** What calls give whose functions stand in files that are passed by (`silence.ts`). Pure. */
import type { Expression } from "../../model/expression.ts";
import type { Evaluator } from "./evaluate.ts";
import { type Arguments, type Closed, UNKNOWN, type Value } from "./value.ts";

/** Something of that file, unless what the function is given may come back from it. */
export function givenPassed(given: readonly Expression[], { code, args }: Closed, depth: number, evaluator: Evaluator): Value {
  const comesBack = (e: Expression): boolean => {
    if (e.k === "map") return e.pairs.some(([, value]) => comesBack(value));
    if (e.k === "list") return e.items.some(comesBack);
    return isOfActors(evaluator.evaluate({ e, code, args }, depth), args, depth, evaluator);
  };
  return given.some(comesBack) ? UNKNOWN : { v: "passed" };
}

/** Whether a value may be an address, make one, or lead to code that does. */
function isOfActors(value: Value, args: Arguments | null, depth: number, evaluator: Evaluator): boolean {
  switch (value.v) {
    case "unknown":
    case "given":
    case "text":
    case "passed":
      return false;
    case "external":
    case "made":
      return evaluator.program.rows.speaksOf(value.package);
    case "code":
      return isOfActors(evaluator.result(value.code, { of: value.code, values: [], outer: args }, depth), args, depth, evaluator);
    default:
      return true;
  }
}
