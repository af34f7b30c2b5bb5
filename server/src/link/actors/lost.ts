/** Promises that nobody gets because they are given back to a call that drops them: `list.forEach(async (one) => …)`. Pure. */
import type { CallExpression, Expression } from "../../model/expression.ts";
import { type Code, standsIn } from "./code.ts";
import type { SentMessage } from "./sites.ts";

/** Methods that call a function with each element: what they give, if anything, holds what it gives. */
const eachOfList: ReadonlySet<string> = new Set(["forEach", "map"]);

/** Of a call whose value is dropped: the function whose results are lost with it, or null. */
export function losesResults({ module, name, args: [fn] }: CallExpression, code: Code): Code | null {
  return module !== null && eachOfList.has(name) && fn?.k === "fn" ? (code.inner.get(fn) ?? null) : null;
}

/**
 * Marks what is sent by an expression whose promise is lost: one that code gives back, or (`isWaited`) waits for without catching what it throws. `messages`: those
 * from `first` on were found in it. True where there is such a one.
 */
export function markLost(messages: SentMessage[], first: number, e: Expression, by: string, isWaited: boolean): boolean {
  let isMarked = false;
  for (let i = first; i < messages.length; i++) {
    const sent = messages[i]!;
    if (sent.e !== e || (isWaited && (sent.mode !== "call" || sent.stub.inPage === true || isCaught(e, sent.code)))) continue;
    messages[i] = { ...sent, lost: { by, isWaited } };
    isMarked = true;
  }
  return isMarked;
}

/** Whether a handler of errors stands around it in its code. */
function isCaught(e: Expression, { clause }: Code): boolean {
  return standsIn(e, clause.body, (part, of) => of.k === "try" && of.handlers.length > 0 && part === of.body);
}
