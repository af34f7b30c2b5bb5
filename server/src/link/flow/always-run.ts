/** Whether code that runs also runs a part of itself, whatever the values are: a part in no branch, no function and no handler. Pure. */
import type { Expression } from "../../model/expression.ts";
import { forEachPart } from "../visit.ts";

export function isAlwaysRun(body: Expression, wanted: Expression): boolean {
  if (body === wanted) return true;
  switch (body.k) {
    case "fn":
    case "quote":
    case "receive":
      return false;
    case "branch":
      return body.subject !== null && isAlwaysRun(body.subject, wanted);
    case "with":
      return body.steps[0] !== undefined && isAlwaysRun(body.steps[0], wanted);
    case "for":
      return body.steps[0] !== undefined && isAlwaysRun(body.steps[0].source, wanted);
    case "try":
      return isAlwaysRun(body.body, wanted);
    case "operator":
      return shortened.has(body.operator) ? isAlwaysRun(body.operands[0]!, wanted) : anyPart(body, wanted);
    default:
      return anyPart(body, wanted);
  }
}

/** Operators whose second operand may not be evaluated. */
const shortened: ReadonlySet<string> = new Set(["&&", "||", "and", "or", "andalso", "orelse"]);

function anyPart(body: Expression, wanted: Expression): boolean {
  let found = false;
  forEachPart(body, (part) => {
    found ||= isAlwaysRun(part, wanted);
  });
  return found;
}
