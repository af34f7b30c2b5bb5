/** What code does with the state of its own actor: fields of `this`, or of the first parameter of a function of an actor that is written as an object. Pure. */
import type { Expression } from "../../model/expression.ts";
import type { ActorForm } from "../../model/library.ts";
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

/** Where an actor sets its state: what is in memory alone, and what its library stores. */
export interface StateSets {
  readonly inMemory: Evidence[];
  readonly stored: Evidence[];
}

/**
 * Adds what the code sets; true where it reads any. `form`: of an actor that is written as an object, whose state is parts of the first parameter; null: all
 * fields of `this` are.
 */
export function readState(code: Code, form: Pick<ActorForm, "state" | "stored"> | null, sets: StateSets): boolean {
  let reads = false;
  const root = form === null ? "this" : contextOf(code);
  /** The part that an expression belongs to, if any. */
  const partOf = (e: Expression): string | null => (form === null ? (isMemberOf(e, "this") ? "" : null) : statePart(e, root, form.state));
  const setsOf = (part: string): Evidence[] => (form?.stored.includes(part) === true ? sets.stored : sets.inMemory);
  const visit = (one: Code): void => {
    walkOwn(one.clause.body, (e) => {
      const set = e.k === "match" && e.pattern.k === "field" ? partOf(e.pattern) : null;
      if (set !== null) setsOf(set).push({ message: "changes what the object keeps", place: one.place(e) });
      const changed = form !== null && e.k === "call" && e.module !== null && changing.has(e.name) ? partOf(e.module) : null;
      if (changed !== null) setsOf(changed).push({ message: "changes what it keeps", place: one.place(e) });
      if (e.k === "field" && partOf(e) !== null) reads = true;
      return true;
    });
    for (const inner of one.inner.values()) visit(inner);
  };
  visit(code);
  if (form !== null) reads = takesApart(code, form.state) || reads;
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

/** `state` of `c.state.count`, if it is one of the parts. */
function statePart(e: Expression, root: string | null, parts: readonly string[]): string | null {
  let at = e;
  while (at.k === "field") {
    if (at.base.k === "variable") return at.base.name === root && at.key.k === "atom" && parts.includes(at.key.value) ? at.key.value : null;
    at = at.base;
  }
  return null;
}
