/** What the state of an actor holds that its function is given again with the next message: what it returns, and what it changes in place. Pure. */
import { append } from "../../../model/append.ts";
import type { Expression } from "../../../model/expression.ts";
import type { Code } from "../code.ts";
import type { Closed } from "../value.ts";
import type { Data } from "./data.ts";

/** Objects that an actor's function returns that are looked at, and changes of a part. */
const valueLimit = 32;
/** Methods of lists and sets that add what they are given. */
const adders: ReadonlySet<string> = new Set(["push", "unshift", "add"]);

export interface StateFieldsInput {
  readonly data: Data;
  /** Whether the expression means the state of the actor whose messages the function takes. */
  isState(closed: Closed, of: Code): boolean;
}

export class StateFields {
  private readonly input: StateFieldsInput;
  /** By the function that takes the actor's messages. */
  private readonly changes = new Map<Code, Map<string, Closed[]>>();

  constructor(input: StateFieldsInput) {
    this.input = input;
  }

  /** What the part of the state may be, or one of several that it holds. */
  valuesOf(code: Code, field: string): readonly Closed[] {
    const { data } = this.input;
    const returned = code.parts.results.slice(0, valueLimit).flatMap((e) => data.get({ e, code, args: null }, field) ?? []);
    let changed = this.changes.get(code);
    if (changed === undefined) {
      changed = new Map();
      this.changes.set(code, changed);
      this.readChanges(code, code, changed);
    }
    return [...returned, ...(changed.get(field) ?? []).slice(0, valueLimit)];
  }

  private readChanges(code: Code, of: Code, changes: Map<string, Closed[]>): void {
    const add = (target: Expression, values: readonly Expression[]): void => {
      const field = this.fieldOf(target, code, of);
      if (field !== null) for (const e of values) append(changes, field, { e, code, args: null });
    };
    for (const e of code.parts.binding) if (e.k === "match" && e.pattern.k === "field") add(e.pattern, [e.value]);
    for (const { module, name, args } of code.parts.calls) if (module !== null && adders.has(name)) add(module, args);
    for (const inner of code.inner.values()) this.readChanges(inner, of, changes);
  }

  /** `state.refs`, `state.refs[id]`; null for what is no part of the state, or a part of a part. */
  private fieldOf(e: Expression, code: Code, of: Code): string | null {
    if (e.k !== "field") return null;
    if (e.access) return this.fieldOf(e.base, code, of);
    return e.key.k === "atom" && this.input.isState({ e: e.base, code, args: null }, of) ? e.key.value : null;
  }
}
