/** Which fields of its state a callback's clause reads and changes. Pure; looks at the clause alone. */
import type { Clause, Expression } from "../../model/expression.ts";
import type { CallbackRow } from "../../model/library.ts";
import type { StateFields } from "../../model/state-fields.ts";
import { forEachPart } from "../visit.ts";

/** Functions that take a map and a key: what they do to the field. */
const access: Readonly<Record<string, "read" | "changed">> = {
  get: "read",
  fetch: "read",
  "fetch!": "read",
  "has_key?": "read",
  put: "changed",
  update: "changed",
  "update!": "changed",
  "replace!": "changed",
  delete: "changed",
};

/** Null where the state is handed to other code as a whole, or is no map or record. */
export function stateFields({ params, guard, body }: Clause, { state }: CallbackRow): StateFields | null {
  const pattern = state === null ? undefined : params[state];
  if (pattern === undefined) return null;
  const reader = new Reader();
  return reader.readPattern(pattern) && (guard === null || reader.see(guard)) && reader.see(body) ? reader.result() : null;
}

class Reader {
  private readonly names = new Set<string>();
  private readonly read = new Set<string>();
  private readonly changed = new Set<string>();

  result(): StateFields {
    return { read: [...this.read], changed: [...this.changed] };
  }

  readPattern(e: Expression): boolean {
    switch (e.k) {
      case "variable":
        this.names.add(e.name);
        return true;
      case "match":
        return this.readPattern(e.pattern) && this.readPattern(e.value);
      case "map":
        for (const [key] of e.pairs) {
          if (key.k !== "atom") return false;
          this.read.add(key.value);
        }
        return true;
      default:
        return false;
    }
  }

  /** False as soon as the state is used as a whole. */
  see(e: Expression): boolean {
    if (e.k === "variable") return !this.names.has(e.name);
    if (e.k === "field" && this.isState(e.base)) return e.key.k === "atom" && this.enter(e.key.value, "read");
    if (e.k === "map" && e.base !== null && this.isState(e.base)) return this.seeUpdate(e);
    if (e.k === "call" && e.args[0] !== undefined && this.isState(e.args[0])) return this.seeAccess(e);
    if (e.k === "match" && e.pattern.k === "variable" && this.givesState(e.value)) {
      this.names.add(e.pattern.name);
      return this.seeResult(e.value);
    }
    if (e.k === "tuple") return e.items.every((item) => this.isState(item) || this.see(item));
    return this.seeParts(e);
  }

  private isState(e: Expression): boolean {
    return e.k === "variable" && this.names.has(e.name);
  }

  private givesState(e: Expression): boolean {
    return this.isState(e) || (e.k === "map" && e.base !== null && this.isState(e.base)) || this.isChange(e);
  }

  private isChange(e: Expression): boolean {
    const [map] = e.k === "call" ? e.args : [];
    return e.k === "call" && map !== undefined && this.isState(map) && access[e.name] === "changed";
  }

  private seeResult(e: Expression): boolean {
    return this.isState(e) || this.see(e);
  }

  private seeUpdate({ pairs }: Expression & { k: "map" }): boolean {
    return pairs.every(([key, value]) => key.k === "atom" && this.enter(key.value, "changed") && this.see(value));
  }

  private seeAccess(e: Expression & { k: "call" }): boolean {
    const use = e.module?.k === "atom" && e.module.value === "Elixir.Map" ? access[e.name] : undefined;
    const [, key, ...rest] = e.args;
    return use !== undefined && key?.k === "atom" && this.enter(key.value, use) && rest.every((arg) => this.see(arg));
  }

  private enter(field: string, use: "read" | "changed"): boolean {
    (use === "read" ? this.read : this.changed).add(field);
    return true;
  }

  private seeParts(e: Expression): boolean {
    let isKnown = true;
    forEachPart(e, (part) => {
      isKnown = isKnown && this.see(part);
    });
    return isKnown;
  }
}
