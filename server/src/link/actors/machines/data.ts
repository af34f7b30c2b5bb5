/** Objects and lists as source writes them: configurations of machines, options of actors. Follows names and spreads; what is not written out is left out. Pure. */
import type { Place } from "../../../model/topology.ts";
import type { Code } from "../code.ts";
import type { Evaluator } from "../evaluate.ts";
import type { Closed, Value } from "../value.ts";

export interface Entry {
  readonly key: string;
  /** Of the key. */
  readonly place: Place;
  readonly value: Closed;
}

const spreadLimit = 6;

export class Data {
  private readonly evaluator: Evaluator;

  constructor(evaluator: Evaluator) {
    this.evaluator = evaluator;
  }

  evaluate(closed: Closed): Value {
    return this.evaluator.evaluate(closed);
  }

  /** The object or list that an expression gives, or the one that a function of it returns. */
  written(closed: Closed): Closed | null {
    if (closed.e.k === "map" || closed.e.k === "list") return closed;
    const value = this.evaluator.evaluate(closed);
    if (value.v === "object") return value.of;
    if (value.v === "code") return this.returned(value.code, closed);
    // What a library's function for typing gives is what it is given: `createStateConfig({…})`.
    if (value.v === "made" && value.by.e.k === "call" && value.by.e.args.length === 1)
      return value.name.endsWith("StateConfig") ? this.written({ ...value.by, e: value.by.e.args[0]! }) : null;
    return null;
  }

  private returned(code: Code, { args }: Closed): Closed | null {
    for (const e of code.parts.results) if (e.k === "map" || e.k === "list") return { e, code, args };
    return null;
  }

  entries(closed: Closed | null, depth = 0): readonly Entry[] {
    const object = closed === null ? null : this.written(closed);
    if (object === null || object.e.k !== "map") return [];
    const { code, args } = object;
    return object.e.pairs.flatMap(([key, value]): readonly Entry[] => {
      if (key.k === "unknown") {
        const spread = value.k === "unknown" ? value.parts[0] : undefined;
        return spread === undefined || depth > spreadLimit ? [] : this.entries({ e: spread, code, args }, depth + 1);
      }
      const name = key.k === "text" ? key.value : this.text({ e: key, code, args });
      return name === null ? [] : [{ key: name, place: code.place(key), value: { e: value, code, args } }];
    });
  }

  /** The last one counts, as in the language. */
  get(closed: Closed | null, key: string): Closed | null {
    return this.entries(closed).findLast((entry) => entry.key === key)?.value ?? null;
  }

  /** The elements of a list; of anything else, itself. */
  items(closed: Closed | null): readonly Closed[] {
    if (closed === null) return [];
    const list = this.written(closed);
    if (list?.e.k !== "list") return [closed];
    return list.e.items.map((e) => ({ ...list, e }));
  }

  text(closed: Closed | null): string | null {
    if (closed === null) return null;
    const value = this.evaluator.evaluate(closed);
    return value.v === "text" ? value.text : null;
  }
}
