/**
 * Promises that nobody gets because they are given to a call that drops them: `list.forEach(async (one) => …)`, or to one whose own promise is dropped:
 * `Promise.all([…])`. Pure.
 */
import type { CallExpression, Expression } from "../../model/expression.ts";
import type { Loss } from "../../model/virtual-actor.ts";
import { type Code, standsIn } from "./code.ts";
import type { SentMessage } from "./sites.ts";

/** Methods that call a function with each element: what they give, if anything, holds what it gives. */
const eachOfList: ReadonlySet<string> = new Set(["forEach", "map"]);
/** What makes one promise of several. */
const gathering: ReadonlySet<string> = new Set(["all", "allSettled", "any", "race"]);

/** Of a call whose value is dropped: the function whose results are lost with it, or null. */
export function losesResults({ module, name, args: [fn] }: CallExpression, code: Code): Code | null {
  return module !== null && eachOfList.has(name) && fn?.k === "fn" ? (code.inner.get(fn) ?? null) : null;
}

/** Whether a call makes one promise of several: `Promise.all([…])`. */
export function isGathering({ module, name }: CallExpression): boolean {
  return module?.k === "variable" && module.name === "Promise" && gathering.has(name);
}

/** What such a call makes one promise of, as far as it is written there; `fn`: the function that gives promises of a list. */
export function gatheredBy({ args: [given] }: CallExpression, code: Code): readonly { readonly e: Expression; readonly fn: Code | null }[] {
  const found: { readonly e: Expression; readonly fn: Code | null }[] = [];
  const look = (e: Expression | undefined): void => {
    if (e === undefined) return;
    if (e.k === "list") for (const item of e.items) look(item);
    // `...list.map(…)`
    else if (e.k === "unknown" && e.parts.length === 1) look(e.parts[0]);
    else if (e.k === "call" && isGathering(e)) look(e.args[0]);
    else found.push({ e, fn: e.k === "call" && e.name === "map" ? losesResults(e, code) : null });
  };
  look(given);
  return found;
}

/**
 * Marks what is sent by an expression whose promise is lost: one that code gives back, or (`isWaited`) waits for without catching what it throws. `messages`: those
 * from `first` on were found in it. True where there is such a one.
 */
export function markLost(messages: SentMessage[], first: number, e: Expression, loss: Loss, isWaited: boolean): boolean {
  let isMarked = false;
  for (let i = first; i < messages.length; i++) {
    const sent = messages[i]!;
    if (sent.e !== e || (isWaited && (sent.mode !== "call" || sent.stub.inPage === true || isCaught(e, sent.code)))) continue;
    messages[i] = { ...sent, lost: { ...loss, isWaited } };
    isMarked = true;
  }
  return isMarked;
}

/** Whether a handler of errors stands around it in its code. */
function isCaught(e: Expression, { clause }: Code): boolean {
  return standsIn(e, clause.body, (part, of) => of.k === "try" && of.handlers.length > 0 && part === of.body);
}
