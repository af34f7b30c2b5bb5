/** What calls give that libraries have for finding actors: identities, addresses, clients; and which key an address is made with. Pure. */
import type { Expression } from "../../model/expression.ts";
import type { Code } from "./code.ts";
import type { Evaluator } from "./evaluate.ts";
import type { Done } from "./rows.ts";
import type { Script } from "./scripts.ts";
import { type Arguments, type Binding, type Closed, type Key, UNKNOWN, type Value } from "./value.ts";

export class Addresses {
  private readonly evaluator: Evaluator;

  constructor(evaluator: Evaluator) {
    this.evaluator = evaluator;
  }

  /** What a call gives whose library says what it does. */
  made({ does, table }: Done, base: Value | null, given: readonly Expression[], { code, args }: Closed, depth: number): Value {
    const argument = (position: number | null): Value =>
      position === null || given[position] === undefined ? UNKNOWN : this.evaluator.evaluate({ e: given[position], code, args }, depth);
    const closed = (position: number | null): Closed | null =>
      position === null || given[position] === undefined ? null : { e: given[position], code, args };
    if (does.op === "fresh") return { v: "fresh" };
    if (does.op === "key") return { v: "own" };
    if (does.op === "client") return { v: "client", table };
    if (does.op === "identify") {
      if (base?.v !== "namespace") return argument(does.key);
      const key: Key = does.key === null ? { k: "fresh" } : this.key(given[does.key], code, args, depth);
      return { v: "id", binding: base.binding, key, keyOf: closed(does.key) };
    }
    if (does.op !== "address") return UNKNOWN;
    const target =
      does.by === undefined ? (does.namespace === null ? base : argument(does.namespace)) : this.builtFor(base, does.by, depth);
    const binding = this.bindingOf(target, code.script, depth);
    if (binding === null) return UNKNOWN;
    const sends = does.sends === true ? ({ sends: true } as const) : {};
    if (does.id !== null) {
      const id = argument(does.id);
      return id.v === "id"
        ? { v: "stub", binding, key: id.key, keyOf: id.keyOf, ...sends }
        : { v: "stub", binding, key: { k: "given", text: "id" }, keyOf: closed(does.id), ...sends };
    }
    const written = does.key === null ? undefined : given[does.key];
    const omitted: Key | null = does.omitted === undefined ? null : does.omitted === "fresh" ? { k: "fresh" } : { k: "constant", text: "" };
    const key = written === undefined && omitted !== null ? omitted : this.key(written, code, args, depth);
    return { v: "stub", binding, key, keyOf: closed(does.key), ...sends };
  }

  /** The definition for which a builder was made: `new ActorProxyBuilder(Counter, client)`. */
  private builtFor(base: Value | null, name: string, depth: number): Value | null {
    if (base?.v !== "made" || base.name !== name) return null;
    const { e, code, args } = base.by;
    const first = e.k === "operator" ? e.operands[1] : e.k === "call" ? e.args[0] : undefined;
    return first === undefined ? null : this.evaluator.evaluate({ e: first, code, args }, depth);
  }

  /** What an address leads to: a binding, an actor's definition, or an object with the name of one. */
  private bindingOf(value: Value | null, from: Script, depth: number): Binding | null {
    if (value?.v === "namespace") return value.binding;
    if (value?.v === "class") return this.evaluator.registries.bindingTo(value.module);
    if (value?.v !== "object") return null;
    const name = this.evaluator.property(value.of, "name", depth);
    return name.v === "text" ? this.evaluator.registries.bindingNamed(name.text, from) : null;
  }

  private key(e: Expression | undefined, code: Code, args: Arguments | null, depth: number): Key {
    if (e === undefined) return { k: "given", text: "" };
    if (e.k === "list") {
      const keys = e.items.map((item) => this.key(item, code, args, depth));
      if (keys.every((key) => key.k === "constant"))
        return { k: "constant", text: keys.map((key) => (key.k === "constant" ? key.text : "")).join("/") };
      if (keys.some(({ k }) => k === "fresh")) return { k: "fresh" };
      return keys.length === 1 ? keys[0]! : { k: "given", text: e.items.map(printName).join("/") };
    }
    const value = this.evaluator.evaluate({ e, code, args }, depth);
    if (value.v === "text") return { k: "constant", text: value.text };
    if (value.v === "fresh" || value.v === "own") return { k: value.v };
    return { k: "given", text: printName(e) };
  }
}

/** An expression in a few letters, for people: `request.id`. */
export function printName(e: Expression): string {
  if (e.k === "variable") return e.name;
  if (e.k === "field" && e.key.k === "atom") return `${printName(e.base)}.${e.key.value}`;
  if (e.k === "call") return `${e.module === null ? "" : `${printName(e.module)}.`}${e.name}()`;
  if (e.k === "operator" && e.operands[0] !== undefined) return printName(e.operands[0]);
  return "…";
}
