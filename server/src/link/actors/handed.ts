/**
 * Addresses that functions are given by those that call them, as a parameter or a part of one, and classes by those that make them: `visit(stub)`,
 * `new RoomClient(stub)`; or functions that give them, `new RoomClient(() => rooms.get(id))`. Of several callers all have to give addresses of the same actors. Pure.
 */
import { append } from "../../model/append.ts";
import type { Expression } from "../../model/expression.ts";
import { printName } from "./addresses.ts";
import { type Bound, type Code, givenIn, isConstructor, walkOwn } from "./code.ts";
import type { Evaluator } from "./evaluate.ts";
import type { Program } from "./program.ts";
import { type CallEdge, emptySites, SiteReader, type Sites } from "./sites.ts";
import { type Closed, type Key, oneOf, type Value } from "./value.ts";

/** How often what is given is handed on. */
const hopLimit = 4;

type Handed = Extract<Value, { v: "stub" | "namespace" | "id" }>;

/** An address, and the expression that gives it. */
export interface Given {
  readonly value: Handed;
  readonly e: Expression;
}

/** What callers are known to hand over, by the code that is called. */
export class Handovers {
  private readonly calls = new Map<Code, CallEdge[]>();
  private readonly seen = new Set<CallEdge>();
  /** Functions that were handed over and give addresses: what they are handed to runs them, and not what they stand in. */
  readonly giving = new Set<Code>();

  /** Those of the calls that have not been looked at yet: what they give has not changed since. */
  unseen(edges: readonly CallEdge[]): readonly CallEdge[] {
    const found = edges.filter((edge) => !this.seen.has(edge));
    for (const edge of found) this.seen.add(edge);
    return found;
  }

  add(edge: CallEdge): void {
    append(this.calls, edge.to, edge);
  }

  /** What a parameter is, or the part of it that is bound; null where nobody hands over an address, or not all the same. */
  valueOf(code: Code, { parameter, way }: Bound, partOf: (closed: Closed, way: readonly string[]) => Value): Value | null {
    const found: Given[] = [];
    const giving: { readonly value: Handed; readonly code: Code }[] = [];
    for (const { from, e } of this.calls.get(code) ?? []) {
      const given = givenIn(e)[parameter];
      const value = given === undefined ? null : partOf({ e: given, code: from, args: null }, way);
      if (given === undefined || value === null) continue;
      if (isAddress(value)) found.push({ value, e: given });
      const gives = value.v === "code" ? givenBack(value.code, (result) => partOf(result, [])) : null;
      if (gives !== null && value.v === "code") giving.push({ value: gives, code: value.code });
    }
    if (found.length === 0) {
      const all = giving.every(({ value }) => isSame(value, giving[0]!.value)) ? giving : [];
      for (const { code } of all) this.giving.add(code);
      return all.length === 0 ? null : oneOf(all.map(({ code }): Value => ({ v: "code", code })));
    }
    return giving.length > 0 ? null : commonOf(found);
  }
}

/** What several are together, of the key that all of them mean; null where they are none, or not of the same actors. */
export function commonOf(found: readonly Given[]): Handed | null {
  const [first] = found;
  if (first === undefined || found.some(({ value }) => !isSame(value, first.value))) return null;
  const { value, e } = first;
  return value.v === "namespace" ? value : { ...value, key: keyOf(found.map((one) => one.value) as (typeof value)[], e), keyOf: null };
}

/** The address that a function gives, or null. */
function givenBack(code: Code, evaluated: (result: Closed) => Value): Handed | null {
  const value = oneOf(code.parts.results.map((e) => evaluated({ e, code, args: null })));
  return isAddress(value) ? value : null;
}

/** Reads again the code that is handed addresses, and adds what it does with them. */
export function followHandovers(program: Program, evaluator: Evaluator, sites: Sites): void {
  const { handovers } = evaluator;
  let edges = handovers.unseen(sites.calls);
  for (let hop = 0; hop < hopLimit && edges.length > 0; hop++) {
    const affected = new Set<Code>();
    for (const edge of edges) {
      if (!givenIn(edge.e).some((e) => holdsAddress(e, edge.from, evaluator))) continue;
      handovers.add(edge);
      for (const code of affectedBy(edge.to, program)) affected.add(code);
    }
    edges = handovers.unseen(readAgain(affected, program, evaluator, sites));
  }
}

/** Reads again code in which more is known now, and puts what it does in the place of what was known of that; gives its calls. */
export function readAgain(affected: ReadonlySet<Code>, program: Program, evaluator: Evaluator, sites: Sites): readonly CallEdge[] {
  for (const code of affected) walkOwn(code.clause.body, (e) => evaluator.forget(e));
  const read = emptySites();
  const reader = new SiteReader(program, evaluator, read);
  for (const code of affected) reader.read(code);
  put(sites.messages, read.messages);
  put(sites.stubs, read.stubs);
  put(sites.calls, read.calls);
  return read.calls;
}

/** With the functions that stand in it; for what makes an object, all of its class. */
export function affectedBy(code: Code, program: Program): readonly Code[] {
  if (isConstructor(code)) return program.codesOf(code.module.name);
  return [code, ...[...code.inner.values()].flatMap((inner) => affectedBy(inner, program))];
}

/** What was known of the same place is said anew. */
function put<T extends { readonly e: Expression }>(known: T[], read: readonly T[]): void {
  const places = new Map(known.map(({ e }, i) => [e, i]));
  for (const one of read) known[places.get(one.e) ?? known.length] = one;
}

function holdsAddress(e: Expression, code: Code, evaluator: Evaluator): boolean {
  if (e.k === "map") return e.pairs.some(([, value]) => holdsAddress(value, code, evaluator));
  const inner = e.k === "fn" ? code.inner.get(e) : undefined;
  if (inner !== undefined) return inner.parts.results.some((result) => holdsAddress(result, inner, evaluator));
  if (e.k !== "variable" && e.k !== "field" && e.k !== "call" && e.k !== "operator") return false;
  const closed: Closed = { e, code, args: null };
  return evaluator.glance(closed).v !== "passed" && isAddress(evaluator.evaluate(closed));
}

export function isAddress(value: Value): value is Handed {
  return value.v === "stub" || value.v === "namespace" || value.v === "id";
}

function isSame(one: Handed, other: Handed): boolean {
  return one.v === other.v && one.binding.modules.join() === other.binding.modules.join();
}

/** One key that all give; whether a fresh one is kept tells the caller alone. */
function keyOf(all: readonly { readonly key: Key }[], e: Expression): Key {
  const [first] = all.map(({ key }) => key);
  if (first?.k === "constant" && all.every(({ key }) => key.k === "constant" && key.text === first.text)) return first;
  if (first?.k === "own" && all.length === 1) return first;
  return all.map(({ key }) => key).find(({ k }) => k === "given") ?? { k: "given", text: printName(e) };
}
