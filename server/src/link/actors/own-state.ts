/** What code does with the state of its own actor: fields of `this`, or of the first parameter of a function of an actor that is written as an object. Pure. */
import type { Expression } from "../../model/expression.ts";
import type { Evidence } from "../../model/topology.ts";
import { type Code, walkOwn } from "./code.ts";

/** Methods that change what they are called on. */
const changing: ReadonlySet<string> = new Set([
  "push",
  "pop",
  "shift",
  "unshift",
  "splice",
  "set",
  "add",
  "delete",
  "clear",
  "sort",
  "fill",
]);

/**
 * Adds what the code sets; true where it reads any. `members`: of the first parameter, where the actor is written as an object; null: all fields of `this`.
 */
export function readState(code: Code, members: readonly string[] | null, sets: Evidence[]): boolean {
  let reads = false;
  const root = members === null ? "this" : contextOf(code);
  const holds = (e: Expression): boolean => (members === null ? isMemberOf(e, "this") : isStateOf(e, root, members));
  const visit = (one: Code): void => {
    walkOwn(one.clause.body, (e) => {
      if (e.k === "match" && e.pattern.k === "field" && holds(e.pattern))
        sets.push({ message: "changes what the object keeps", place: one.place(e) });
      if (members !== null && e.k === "call" && e.module !== null && changing.has(e.name) && holds(e.module))
        sets.push({ message: "changes what it keeps", place: one.place(e) });
      if (e.k === "field" && holds(e)) reads = true;
      return true;
    });
    for (const inner of one.inner.values()) visit(inner);
  };
  visit(code);
  if (members !== null) reads = takesApart(code, members) || reads;
  return reads;
}

/** The name of the first parameter; what people call it where a function is handed the actor. */
function contextOf({ clause }: Code): string | null {
  const [first] = clause.params;
  return first?.k === "variable" ? first.name : null;
}

/** `async ({ state }) => …` */
function takesApart({ clause }: Code, members: readonly string[]): boolean {
  const [first] = clause.params;
  return first?.k === "map" && first.pairs.some(([key]) => key.k === "text" && members.includes(key.value));
}

/** `this.count`, `this.rooms.byId[id]`. */
function isMemberOf(e: Expression, root: string): boolean {
  let base = e;
  while (base.k === "field") base = base.base;
  return base !== e && base.k === "variable" && base.name === root;
}

/** `c.state.count`. */
function isStateOf(e: Expression, root: string | null, members: readonly string[]): boolean {
  let at = e;
  while (at.k === "field") {
    if (at.base.k === "variable") return at.base.name === root && at.key.k === "atom" && members.includes(at.key.value);
    at = at.base;
  }
  return false;
}
