/** Variables of the code that is evaluated: bindings in layers, the inner ones first. */
import type { Environment, Value } from "./value.ts";

export const EMPTY_ENVIRONMENT: Environment = { lookup: () => null };

export class Bindings implements Environment {
  /** Most layers bind nothing. */
  private values: Map<string, Value> | null = null;

  private readonly parent: Environment;

  constructor(parent: Environment = EMPTY_ENVIRONMENT) {
    this.parent = parent;
  }

  lookup(name: string): Value | null {
    return this.values?.get(name) ?? this.parent.lookup(name);
  }

  bind(name: string, value: Value): void {
    if (name !== "_") (this.values ??= new Map()).set(name, value);
  }

  bindAll(bindings: ReadonlyMap<string, Value>): void {
    if (bindings.size > 0) for (const [name, value] of bindings) this.bind(name, value);
  }
}
