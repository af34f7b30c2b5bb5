/**
 * Keys that functions are given by those that call them: `stubOf(env, "main")`. Where each call of a function says which key it means, its address is one for
 * each call; where somebody else may call it, or one of its callers is given the key, too, and nobody tells by whom, it stays one for whatever is given. What
 * tests give says nothing of the source. Pure.
 */
import { append } from "../../model/append.ts";
import type { Expression } from "../../model/expression.ts";
import { type Code, forEachPart, givenIn, isBeside, lastName } from "./code.ts";
import type { Evaluator } from "./evaluate.ts";
import { isAddress } from "./handed.ts";
import type { Program } from "./program.ts";
import type { Script } from "./scripts.ts";
import type { CallEdge, Sites } from "./sites.ts";
import type { Arguments } from "./value.ts";

/** How often a key is handed on. */
const hopLimit = 3;
/** Calls of one function that are looked at. */
const callLimit = 32;

type Made = Sites["stubs"][number];

interface Settled {
  readonly made: Made;
  readonly addresses: readonly Made[];
  readonly through: ReadonlySet<Code>;
}

/** Puts in place of addresses with a key that is given those that calls tell of. */
export function settleKeys(program: Program, evaluator: Evaluator, sites: Sites): void {
  const calls = new Map<Code, CallEdge[]>();
  for (const edge of sites.calls) {
    if (isBeside(edge.from.script)) continue;
    append(calls, edge.to, edge);
  }
  const found = sites.stubs.flatMap((made) => settledBy(made, calls, program, evaluator) ?? []);
  if (found.length === 0) return;
  const elsewhere = usedElsewhere(new Set(found.flatMap(({ through }) => [...through])), sites, program);
  for (const { made, addresses, through } of found) if (![...through].some((code) => elsewhere.has(code))) settle(made, addresses, sites);
}

function settledBy(made: Made, calls: ReadonlyMap<Code, readonly CallEdge[]>, program: Program, evaluator: Evaluator): Settled | null {
  const { key, keyOf } = made.stub;
  if (key.k !== "given" || keyOf === null || isBeside(made.code.script)) return null;
  const [addresses, through] = [[] as Made[], new Set<Code>()];
  /** Whether all calls of the code tell the key; `around`: what it makes of the arguments of one. */
  const areTold = (code: Code, around: (args: Arguments) => Arguments, hops: number): boolean => {
    const edges = calls.get(code) ?? [];
    if (edges.length === 0 || edges.length > callLimit || code.facts === null || isCalledByName(code, program, evaluator)) return false;
    through.add(code);
    return edges.every((edge) => {
      const args = (outer: Arguments | null): Arguments => {
        const values = givenIn(edge.e).map((e) => ({ e, code: edge.from, args: outer }));
        return around({ of: code, values, outer: null });
      };
      const asked = { ...keyOf, args: under(keyOf.args, args(null)) };
      const told = evaluator.addresses.keyIn(asked);
      if (told.k === "given") return hops > 0 && areTold(edge.from.outermost, args, hops - 1);
      addresses.push({ code: edge.from, e: edge.e, stub: { ...made.stub, key: told, keyOf: asked } });
      return addresses.length <= callLimit;
    });
  };
  return areTold(made.code.outermost, (args) => args, hopLimit) ? { made, addresses, through } : null;
}

/** The same in a call of the code around it. */
function under(args: Arguments | null, call: Arguments): Arguments {
  if (args === null) return call;
  return { ...args, values: args.values.map((value) => ({ ...value, args: under(value.args, call) })), outer: under(args.outer, call) };
}

/** A method that messages call, whatever else does. One that gives an address is there for the actor itself. */
function isCalledByName(code: Code, program: Program, evaluator: Evaluator): boolean {
  const { module, facts } = code;
  if (facts?.form !== "def" || !module.name.includes("#")) return false;
  if (!program.isActor(module.name) && program.baseOf(module.name) === null) return false;
  const results = code.parts.results;
  return results.length === 0 || results.some((e) => !isAddress(evaluator.evaluate({ e, code, args: null })));
}

/** Functions that somebody may call whom the calls do not tell of: their names stand where they are not called, or in calls that lead nobody knows where. */
function usedElsewhere(codes: ReadonlySet<Code>, { calls, messages }: Sites, { codes: all }: Program): ReadonlySet<Code> {
  const known = new Set<Expression>();
  for (const { to, e } of calls) if (codes.has(to)) known.add(e);
  const sent = new Set<Expression>(messages.map(({ e }) => e));
  const named = new Map<string, Code[]>();
  for (const code of codes) {
    const name = bareName(code);
    append(named, name, code);
  }
  const found = new Set<Code>();
  const see = (e: Expression): void => {
    const name = e.k === "call" ? e.name : lastName(e);
    for (const code of (name === null ? undefined : named.get(name)) ?? []) {
      const isMessage = sent.has(e) && !code.module.name.includes("#");
      if (e.k !== "call" || !(known.has(e) || isMessage)) found.add(code);
    }
    if (e.k !== "fn") forEachPart(e, see);
  };
  const asked = new Map<Script, boolean>();
  for (const { script, clause } of all) {
    let may = asked.get(script);
    if (may === undefined) asked.set(script, (may = !isBeside(script) && mayName(codes, script)));
    if (may) see(clause.body);
  }
  return found;
}

/** Whether names of the functions may stand in a file: it holds one, or imports one, or all of a file; those of methods may stand anywhere. */
function mayName(codes: ReadonlySet<Code>, script: Script): boolean {
  const { imports } = script.facts;
  return [...codes].some(
    (code) =>
      code.script === script ||
      code.module.name.includes("#") ||
      code.facts?.name !== bareName(code) ||
      imports.some(({ name }) => name === "*" || name === code.facts?.name),
  );
}

/** `stubOf` of `helpers.stubOf`: what it is called by. */
function bareName({ facts }: Code): string {
  const name = facts?.name ?? "";
  return name.slice(name.lastIndexOf(".") + 1);
}

function settle(made: Made, addresses: readonly Made[], { stubs, messages }: Sites): void {
  stubs.splice(stubs.indexOf(made), 1);
  // What the function gives back is an address where it is called already.
  const known = new Set(stubs.map(({ e }) => e));
  stubs.push(...addresses.filter(({ e }) => !known.has(e)));
  const [first, ...others] = addresses.map(({ stub }) => stub.key);
  if (first?.k !== "constant" || others.some((key) => key.k !== "constant" || key.text !== first.text)) return;
  for (const [i, message] of messages.entries()) {
    const isMeant = message.stub.key.k === "given" && message.stub.keyOf !== null && message.stub.keyOf.e === made.stub.keyOf?.e;
    if (isMeant && message.stub.keyOf.args === null) messages[i] = { ...message, stub: { ...message.stub, key: first } };
  }
}
