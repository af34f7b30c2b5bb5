/** What calls give that libraries have for finding actors: identities, addresses, clients; and which key an address is made with. Pure. */
import type { CallExpression, Expression } from "../../model/expression.ts";
import type { ActorBase, ActorEffect, ActorTable } from "../../model/library.ts";
import { contextNames } from "../../model/own-context.ts";
import { type Code, isRepeated, lastName } from "./code.ts";
import type { Evaluator } from "./evaluate.ts";
import { bindingWritten, classWritten } from "./page-names.ts";
import { type Done, isOf } from "./rows.ts";
import type { Script } from "./scripts.ts";
import { type Arguments, type Binding, type Closed, type Key, UNKNOWN, type Value } from "./value.ts";
import { enterWorker, importedFile, workerFile } from "./workers.ts";

export class Addresses {
  private readonly evaluator: Evaluator;

  constructor(evaluator: Evaluator) {
    this.evaluator = evaluator;
  }

  /** What a call gives whose library says what it does. */
  made({ does, table }: Done, base: Value | null, given: readonly Expression[], { e, code, args }: Closed, depth: number): Value {
    const argument = (position: number | null): Value =>
      position === null || given[position] === undefined ? UNKNOWN : this.evaluator.evaluate({ e: given[position], code, args }, depth);
    const closed = (position: number | null): Closed | null =>
      position === null || given[position] === undefined ? null : { e: given[position], code, args };
    if (does.op === "fresh") return { v: "fresh" };
    if (does.op === "key") return { v: "own" };
    if (does.op === "worker") {
      const { program } = this.evaluator;
      const named = closed(does.file);
      if (named !== null) return this.worker(does.base, table, workerFile(named.e, code, this.evaluator, program), named);
      return this.worker(does.base, table, base === null ? null : importedFile(base, code, program), { e, code, args });
    }
    if (does.op === "proxy") {
      const of = argument(does.of);
      return of.v === "stub" ? { ...of, binding: { ...of.binding, table }, again: true } : UNKNOWN;
    }
    if (does.op === "channel") {
      const name = argument(does.name);
      if (name.v !== "text") return UNKNOWN;
      const channel = `channel:${name.text}`;
      return { v: "end", name: JSON.stringify(name.text), hears: channel, tells: channel };
    }
    if (does.op === "ends") return { v: "ends", names: does.names, of: `${code.key}:${e.at}` };
    if (does.op === "client") return { v: "client", table };
    if (does.op === "identify") {
      if (base?.v !== "namespace") return argument(does.key);
      const key: Key = does.key === null ? { k: "fresh" } : this.key(given[does.key], code, args, depth);
      return { v: "id", binding: base.binding, key, keyOf: does.key === null ? { e, code, args } : closed(does.key) };
    }
    if (does.op === "address_in") {
      const of = given[0] === undefined ? null : this.evaluator.propertyOf({ e: given[0], code, args }, does.property);
      const address = of === null ? UNKNOWN : this.evaluator.evaluate({ e: of, code, args }, depth);
      return address.v === "stub" ? { ...address, again: true } : UNKNOWN;
    }
    if (does.op === "address_by_name") return this.byName(does, table, closed(0));
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
    const named = written === undefined && omitted !== null ? omitted : this.key(written, code, args, depth);
    const key: Key = does.inside === true && named.k === "constant" ? { k: "given", text: JSON.stringify(named.text) } : named;
    return { v: "stub", binding, key, keyOf: closed(does.key), ...sends };
  }

  /** `useActor({ name: "counter", key: [id] })`, `useAgent({ agent: "Counter", name: id })` */
  byName(does: Extract<ActorEffect, { op: "address_by_name" }>, table: ActorTable, of: Closed | null): Value {
    if (of === null) return UNKNOWN;
    const { program, registries } = this.evaluator;
    const { omitted, binding: isBinding, path, inside } = does;
    const within = inside === undefined ? null : this.evaluator.propertyOf(of, inside);
    if (within !== null) return this.inside(does, table, { ...of, e: within });
    const named = this.named(does, of) ?? (omitted?.name === undefined ? null : this.unnamed(does.key, omitted.name, of));
    if (named?.name == null) return UNKNOWN;
    const { script } = of.code;
    const bound = isBinding === true ? bindingWritten(named.name, script.path, program) : null;
    const binding = isBinding === true ? bound && { ...bound, table } : registries.bindingOf(named.name, table, script);
    if (binding === null) return UNKNOWN;
    // What a path leads to is for the server to say.
    if (path !== undefined && this.evaluator.propertyOf(of, path) !== null)
      return { v: "stub", binding: unsure(binding), key: { k: "given", text: path }, keyOf: null, inPage: true };
    const key: Key = named.keyOf === null && omitted !== undefined ? { k: "constant", text: omitted.key } : named.key;
    return { v: "stub", binding, key, keyOf: named.keyOf, inPage: true };
  }

  /** `sub: [{ agent: "draft", name: id }]`: the last one is meant. Each actor that has such has those of its own, whatever the key. */
  private inside(does: Extract<ActorEffect, { op: "address_by_name" }>, table: ActorTable, list: Closed): Value {
    const value = this.evaluator.evaluate(list);
    const last = value.v === "object" && value.of.e.k === "list" ? value.of.e.items.at(-1) : undefined;
    const named = value.v === "object" && last !== undefined ? this.named(does, { ...value.of, e: last }) : null;
    const binding = named?.name == null ? null : classWritten(named.name, list.code.script.path, this.evaluator);
    if (named === null || binding === null) return UNKNOWN;
    const key: Key = named.key.k === "constant" ? { k: "given", text: JSON.stringify(named.key.text) } : named.key;
    return { v: "stub", binding: { ...binding, table }, key, keyOf: named.keyOf, inPage: true };
  }

  /** One that is started where a file is loaded, and not in a loop, is there once; of any other it depends on who calls. */
  private worker(base: ActorBase, table: ActorTable, script: Script | null, { e, code }: Closed): Value {
    const { evaluator } = this;
    if (script === null) return UNKNOWN;
    const module = enterWorker(script, base, evaluator, evaluator.program);
    const isOnce = code.facts === null && code.parent === null && !isRepeated(e, code.clause.body);
    const key: Key = isOnce ? { k: "constant", text: "" } : { k: "given", text: "" };
    return { v: "stub", binding: { name: script.path, modules: [module], certainty: "certain", table }, key, keyOf: null };
  }

  /** The name and the key that are properties of an object; the name null where source does not tell it. */
  named(
    by: { readonly name: string; readonly key: string },
    of: Closed | null,
  ): { name: string | null; key: Key; keyOf: Closed | null } | null {
    const name = of === null ? null : this.evaluator.propertyOf(of, by.name);
    if (of === null || name === null) return null;
    const value = this.evaluator.evaluate({ ...of, e: name });
    return this.unnamed(by.key, value.v === "text" ? value.text : null, of);
  }

  private unnamed(property: string, name: string | null, of: Closed): { name: string | null; key: Key; keyOf: Closed | null } {
    const key = this.evaluator.propertyOf(of, property);
    return { name, key: this.key(key ?? undefined, of.code, of.args, 0), keyOf: key === null ? null : { ...of, e: key } };
  }

  /** The definition for which a builder was made: `new ActorProxyBuilder(Counter, client)`. */
  private builtFor(base: Value | null, name: string, depth: number): Value | null {
    if (base?.v !== "made" || base.name !== name) return null;
    const { e, code, args } = base.by;
    const first = e.k === "operator" ? e.operands[1] : e.k === "call" ? e.args[0] : undefined;
    return first === undefined ? null : this.evaluator.evaluate({ e: first, code, args }, depth);
  }

  /** A member of an address: itself, or a method of its library's. */
  memberOf(stub: Extract<Value, { v: "stub" }>, name: string): Value {
    const does = this.evaluator.program.rows.ofHandle(name, stub.binding.table)?.does;
    if (does?.op === "same") return { ...stub, again: true };
    return does?.op === "message" ? { v: "method", of: stub, name } : UNKNOWN;
  }

  /** The method that takes a message; of several that may, the first that the actor has, and else what the message is called. Null where source does not tell. */
  takenBy(
    taken: string | number | readonly string[],
    { binding }: Extract<Value, { v: "stub" }>,
    { args }: CallExpression,
    name: string,
    code: Code,
  ): string | null {
    if (typeof taken === "string") return taken;
    if (typeof taken !== "number")
      return taken.find((one) => binding.modules.some((module) => this.evaluator.program.method(module, one) !== null)) ?? name;
    const value = args[taken] === undefined ? UNKNOWN : this.evaluator.evaluate({ e: args[taken], code, args: null });
    return value.v === "text" ? value.text : null;
  }

  /** What a call on an address gives: the address again, or an object that stays in the actor, so that what is called on it is a message to the actor. */
  answered(stub: Extract<Value, { v: "stub" }>, method: string, depth: number): Value {
    const { program } = this.evaluator;
    const does = program.rows.ofHandle(method, stub.binding.table)?.does;
    if (does?.op === "same" || (does?.op === "message" && does.opens === true)) return { ...stub, again: true };
    const [module] = stub.target === undefined ? stub.binding.modules : [stub.target];
    const code = module === undefined ? null : program.method(module, method);
    const given = code === null ? UNKNOWN : this.evaluator.result(code, { of: code, values: [], outer: null }, depth);
    return given.v === "instance" && this.isTarget(given.module) ? { ...stub, again: true, target: given.module } : UNKNOWN;
  }

  /** A class whose objects stay where they are made, and are called from elsewhere. */
  private isTarget(module: string): boolean {
    const { program } = this.evaluator;
    const found = program.moduleNamed(module);
    const e = found?.module.behaviours[0]?.module;
    const meaning = found !== null && e?.k === "variable" ? program.scripts.meaning(found.script, e.name) : null;
    return (
      meaning?.kind === "external" &&
      program.tables.some(({ targets = [] }) =>
        targets.some(({ package: from, name }) => isOf(meaning.from, from) && name === meaning.name),
      )
    );
  }

  /** What a call does on the first parameter of an actor's function, or on a member of it: `c.client()`, `c.schedule.after(…)`. */
  ofContext({ module, name }: CallExpression, code: Code): Done | null {
    if (module === null) return null;
    const member = module.k === "field" && module.base.k === "variable" ? lastName(module) : module.k === "variable" ? "" : null;
    const row = member === null ? null : this.evaluator.program.rows.ofContext(member, name);
    if (row === null) return null;
    const root = module.k === "field" ? module.base : module;
    if (root.k !== "variable") return null;
    const value = this.evaluator.evaluate({ e: root, code, args: null });
    return value.v === "context" || (value.v === "given" && contextNames.has(root.name)) ? row : null;
  }

  /** `client.counter.getOrCreate(…)` where nobody knows what `client` is: the method's name says that it is one. */
  registered({ name, module }: CallExpression, { code }: Closed, member: string): Binding | null {
    const evident = module?.k === "field" ? this.evaluator.program.rows.evident(name) : null;
    return evident === null ? null : this.evaluator.registries.bindingOf(member, evident, code.script);
  }

  /** What an address leads to: a binding, an actor's definition, or an object with the name of one. */
  private bindingOf(value: Value | null, from: Script, depth: number): Binding | null {
    if (value?.v === "namespace") return value.binding;
    if (value?.v === "class") return this.evaluator.registries.bindingTo(value.module);
    if (value?.v !== "object") return null;
    const name = this.evaluator.property(value.of, "name", depth);
    return name.v === "text" ? this.evaluator.registries.bindingNamed(name.text, from) : null;
  }

  /** The key that an expression gives where it stands. */
  keyIn({ e, code, args }: Closed): Key {
    return this.key(e, code, args, 0);
  }

  private key(e: Expression | undefined, code: Code, args: Arguments | null, depth: number): Key {
    if (e === undefined) return { k: "given", text: "" };
    if (e.k === "list") {
      const keys = e.items.map((item) => this.key(item, code, args, depth));
      if (keys.every((key) => key.k === "constant"))
        return { k: "constant", text: keys.map((key) => (key.k === "constant" ? key.text : "")).join("/") };
      if (keys.some(({ k }) => k === "fresh")) return { k: "fresh" };
      return keys.length === 1 ? keys[0]! : { k: "given", text: keys.map(partOf).join("/") };
    }
    const value = this.evaluator.evaluate({ e, code, args }, depth);
    if (value.v === "text") return { k: "constant", text: value.text };
    if (value.v === "fresh" || value.v === "own") return { k: value.v };
    return { k: "given", text: printName(e) };
  }
}

/** One of the two ends of a channel, by its name: what is posted on it comes out at the other. */
export function endOf({ names, of }: Extract<Value, { v: "ends" }>, name: string): Value {
  const [first, second] = names;
  const other = name === first ? second : name === second ? first : null;
  return other === null ? UNKNOWN : { v: "end", name, hears: `${of}.${name}`, tells: `${of}.${other}` };
}

function unsure(binding: Binding): Binding {
  return binding.certainty === "certain" ? { ...binding, certainty: "probable" } : binding;
}

function partOf(key: Key): string {
  if (key.k === "own") return "its own key";
  return key.k === "fresh" ? "a fresh key" : key.text;
}

/** An expression in a few letters, for people: `request.id`. */
export function printName(e: Expression): string {
  if (e.k === "variable") return e.name;
  if (e.k === "field" && e.key.k === "atom") return `${printName(e.base)}.${e.key.value}`;
  if (e.k === "call") return `${e.module === null ? "" : `${printName(e.module)}.`}${e.name}()`;
  // `new ActorId(id)` is the id.
  if (e.k === "operator" && e.operator === "new" && e.operands[1] !== undefined) return printName(e.operands[1]);
  if (e.k === "operator" && e.operands[0] !== undefined) return printName(e.operands[0]);
  return "…";
}
