/** What an expression of a script may be, as far as actors go. */
import type { Expression } from "../../model/expression.ts";
import type { ActorTable } from "../../model/library.ts";
import type { Bound, Code } from "./code.ts";
import type { Script } from "./scripts.ts";

/** Which of many objects an address means: always the same, another one each time, or the one that something given names. */
export type Key =
  /** That of the actor whose code makes the address. */
  | { readonly k: "own" }
  | { readonly k: "constant"; readonly text: string }
  | { readonly k: "fresh" }
  | { readonly k: "given"; readonly text: string };

export interface Binding {
  readonly name: string;
  /** Modules of the definitions that it may mean. */
  readonly modules: readonly string[];
  readonly certainty: "certain" | "probable" | "unknown";
  /** The library that says what calls on it do; left out where the environment binds it. */
  readonly table?: ActorTable;
}

/** An expression and the code whose names it uses. */
export interface Closed {
  readonly e: Expression;
  readonly code: Code;
  readonly args: Arguments | null;
}

/** What the parameters of a piece of code are in a call of it. */
export interface Arguments {
  readonly of: Code;
  readonly values: readonly Closed[];
  readonly outer: Arguments | null;
}

export type Value =
  | { readonly v: "unknown" }
  /** Of a file that has nothing to do with actors, which has not been read for it: no address, and nothing that makes one. */
  | { readonly v: "passed" }
  | { readonly v: "text"; readonly text: string }
  /** Text that is put together from, or is, something that the code is given. */
  | { readonly v: "given" }
  | { readonly v: "fresh" }
  /** The key of the actor whose code it is. */
  | { readonly v: "own" }
  /** What an actor's function is given as its first argument: the actor as it sees itself. */
  | { readonly v: "context"; readonly module: string }
  /** An object whose properties are the names of a registry. */
  | { readonly v: "client"; readonly table: ActorTable }
  | { readonly v: "external"; readonly package: string; readonly name: string }
  /** What a call of a package's function, or `new` of its class, gives. */
  | { readonly v: "made"; readonly package: string; readonly name: string; readonly by: Closed }
  /** `or`: what it may be as well. */
  | { readonly v: "code"; readonly code: Code; readonly or?: readonly Value[] }
  | { readonly v: "class"; readonly module: string; readonly script: Script }
  | { readonly v: "instance"; readonly module: string }
  | { readonly v: "file"; readonly script: Script }
  | { readonly v: "object"; readonly of: Closed; readonly or?: readonly Value[] }
  | { readonly v: "namespace"; readonly binding: Binding }
  /** An end of a channel. `hears`: what is posted to it, `tells`: what is posted on it; the same for all ends of a name. */
  | { readonly v: "end"; readonly name: string; readonly hears: string; readonly tells: string }
  /** An object with the ends of a channel by their names. */
  | { readonly v: "ends"; readonly names: readonly [string, string]; readonly of: string }
  /** All that middleware sets on the context of a request: `c.var`. */
  | { readonly v: "variables"; readonly variables: ReadonlyMap<string, Value> }
  /** A method that is taken out of an address: `const { sendMessage } = useAgentChat({ agent })`. */
  | { readonly v: "method"; readonly of: Extract<Value, { v: "stub" }>; readonly name: string }
  | { readonly v: "id"; readonly binding: Binding; readonly key: Key; readonly keyOf: Closed | null }
  | {
      readonly v: "stub";
      readonly binding: Binding;
      readonly key: Key;
      readonly keyOf: Closed | null;
      readonly sends?: true;
      /** In a page, where the browser tells of what fails and nothing waits for an event's handler. */
      readonly inPage?: true;
      /** Made from an address that another call gave. */
      readonly again?: true;
      /** The class of an object in the actor that takes what is called, in place of the actor. */
      readonly target?: string;
    };

type Several = Extract<Value, { v: "code" | "object" }>;
/** Of many values a few show whether they are all the same. */
const othersLimit = 3;

export const UNKNOWN: Value = { v: "unknown" };

/**
 * What one of several is: the first that is known. Of two constants, or a constant and something unknown, it depends on what is given which one it is; so does the key
 * of addresses of which each has another one.
 */
export function oneOf(values: readonly Value[]): Value {
  const known = knownOf(values);
  if (known.some(({ v }) => v === "text") && values.length > 1) return { v: "given" };
  const [first, ...others] = known;
  if (first?.v === "code" || first?.v === "object") return among(first, others);
  if (first?.v !== "id" && first?.v !== "stub") return first ?? anyOf(values);
  const keys = known.flatMap((value) => (value.v === first.v ? value.key : []));
  if (keys.every((key) => isSameKey(key, first.key))) return first;
  return { ...first, key: keys.find(({ k }) => k === "given") ?? { k: "given", text: "one of several" } };
}

/** What something is at any time that is set to one value after the other: what code is given says of it only that any key may be in it. */
export function anyTime(values: readonly Value[]): Value {
  const told = values.filter(isTold);
  if (told.length === 0 || told.some(({ v }) => v === "text")) return oneOf(values);
  const value = oneOf(told);
  if (value.v === "code" || value.v === "object")
    return among(value, [...values.filter((one) => !told.includes(one)), ...(value.or ?? [])]);
  const isGiven = (value.v === "stub" || value.v === "id") && values.some(({ v }) => v === "given");
  return isGiven ? { ...value, key: { k: "given", text: "one of several" } } : value;
}

export function isTold({ v }: Value): boolean {
  return v !== "given" && v !== "unknown" && v !== "passed";
}

/** Whether a key may be told from the value: whoever changes it later changes the key. */
export function isKeyed({ v }: Value): boolean {
  return v === "text" || v === "id" || v === "stub" || v === "object";
}

function among(first: Several, others: readonly Value[]): Value {
  const or = others.filter((other) => !isSameValue(first, other)).slice(0, othersLimit);
  return or.length === 0 ? first : { ...first, or };
}

function isSameValue(one: Several, other: Value): boolean {
  return one.v === "code" ? other.v === "code" && other.code === one.code : other.v === "object" && other.of.e === one.of.e;
}

function isSameKey(one: Key, other: Key): boolean {
  return one.k === other.k && (one.k !== "constant" || other.k !== "constant" || one.text === other.text);
}

/** A function and those that it may be as well. */
export function codesOf({ code, or = [] }: Extract<Value, { v: "code" }>): readonly Code[] {
  return [code, ...or.flatMap((other) => (other.v === "code" ? other.code : []))];
}

/** What is left when nothing is given comes last: a constant there is not what the whole is. */
export function orElse(values: readonly Value[]): Value {
  const known = knownOf(values);
  return known.every(({ v }) => v === "text") && known.length < values.length ? { v: "given" } : (known[0] ?? anyOf(values));
}

function knownOf(values: readonly Value[]): readonly Value[] {
  return values.filter(({ v }) => v !== "unknown" && v !== "passed");
}

function anyOf(values: readonly Value[]): Value {
  return values.find(({ v }) => v === "passed") ?? UNKNOWN;
}

/** What parts make of which one text is put together. */
export function joined(parts: readonly Value[]): Value {
  if (parts.some(({ v }) => v === "fresh")) return { v: "fresh" };
  const texts = parts.flatMap((part) => (part.v === "text" ? part.text : []));
  return texts.length === parts.length ? { v: "text", text: texts.join("") } : { v: "given" };
}

/**
 * What a call of the code, or a call around it, gives for a parameter: the parameter's default where it, or the object that it is, leaves out what is bound;
 * null where no call is known.
 */
export function givenTo(code: Code, { parameter, way }: Bound, args: Arguments | null): Closed | null {
  for (let at = args; at !== null; at = at.outer)
    if (at.of === code) {
      const [given, e] = [at.values[parameter], code.facts?.defaults[parameter]];
      if (e == null || (given !== undefined && !leavesOut(given.e, way[0]))) return given ?? null;
      return { e, code, args: null };
    }
  return null;
}

/** How often what is given is handed on. */
const hopLimit = 4;

/** Where the value of a name is written that is a parameter, or a part of one: what a call gives for it, or its default. */
export function writtenAt(name: Closed): Closed {
  let found = name;
  for (let hops = 0; hops < hopLimit; hops++) {
    const { code, args }: Closed = found;
    const e = withinKey(found.e);
    if (e.k !== "variable") break;
    let at: Code | null = code;
    while (at !== null && at.bound(e.name, e) === null) at = at.parent;
    const bound = at?.bound(e.name, e);
    const given = at !== null && bound?.value === null ? givenTo(at, bound, args) : null;
    const part = given === null ? null : partAt(given.e, bound!.way);
    if (given === null || part === null) return found;
    found = { ...given, e: part };
  }
  return found;
}

/** `["main"]`, `new ActorId("main")` */
function withinKey(e: Expression): Expression {
  if (e.k === "list" && e.items.length === 1) return e.items[0]!;
  return e.k === "operator" && e.operator === "new" ? (e.operands[1] ?? e) : e;
}

/** The part of an object that is written out, at a way of names. */
function partAt(e: Expression, way: readonly string[]): Expression | null {
  let part: Expression | undefined = e;
  for (const key of way) {
    if (part?.k !== "map") return null;
    part = part.pairs.find(([name]) => name.k === "text" && name.value === key)?.[1];
  }
  return part ?? null;
}

/** `{ env }` has no `name`. */
function leavesOut(e: Expression, name: string | undefined): boolean {
  return name !== undefined && e.k === "map" && e.pairs.every(([key]) => key.k === "text" && key.value !== name);
}

/** What an actor's function is given first, or a part of it: `async (c) => …`, `async ({ state }) => …`. */
export function contextPart({ module }: Code, way: readonly string[]): Value {
  if (way.length === 0) return { v: "context", module: module.name };
  return way.length === 1 && way[0] === "key" ? { v: "own" } : { v: "given" };
}

/** What `this` is in the code. */
export function selfOf({ module }: Code): Value {
  return module.name.includes("#") ? { v: "instance", module: module.name } : UNKNOWN;
}
