/**
 * Where the keys come from by which actors ask one another that take one message at a time, followed from the message to those who give the key: they may ask
 * the very one that waits for them. Where no actor does so, nothing is looked at. Pure.
 */
import { append } from "../../model/append.ts";
import type { Expression, MapExpression } from "../../model/expression.ts";
import type { Message, ProcessDefinition } from "../../model/topology.ts";
import type { GivenKey, KeyOrigin, ParameterPart } from "../../model/virtual-actor.ts";
import { type Code, givenIn } from "./code.ts";
import type { Evaluator } from "./evaluate.ts";
import { withKnownKeys } from "./known-keys.ts";
import type { Nodes } from "./nodes.ts";
import type { Program } from "./program.ts";
import type { CallEdge, SentMessage, Sites } from "./sites.ts";
import { type Closed, givenTo } from "./value.ts";

export interface KeyTrace {
  readonly messages: readonly Message[];
  readonly definitions: Map<string, ProcessDefinition>;
  /** Keys that calls hand on, by the call. */
  readonly givenKeys: ReadonlyMap<Expression, readonly GivenKey[]>;
}

export interface TraceInput {
  readonly program: Program;
  readonly evaluator: Evaluator;
  readonly sites: Sites;
  readonly nodes: Nodes;
}

/** How often an expression leads to another one. */
const hopLimit = 12;
/** Names on the way to a part: a function may call itself with a part of what it is given. */
const wayLimit = 4;
/** Methods that give a key as the text that it is. */
const telling: ReadonlySet<string> = new Set(["getId", "toString"]);

/** `messages`: those that are sent at the sites come first, in their order. */
export function traceKeys(input: TraceInput, messages: readonly Message[], definitions: Map<string, ProcessDefinition>): KeyTrace {
  const turns = new Set([...definitions.values()].filter(takesTurns).map(({ module }) => module));
  const isAsked = ({ mode, key, to }: Message): boolean => mode === "call" && key !== undefined && to.some((module) => turns.has(module));
  if (!messages.some(isAsked)) return { messages, definitions, givenKeys: new Map() };
  const trace = new Trace(input, messages);
  const traced = messages.map((message, i): Message => {
    const sent = input.sites.messages[i];
    const origin = sent === undefined || !isAsked(message) ? null : trace.originOfKey(sent);
    return origin === null ? message : { ...message, key: { ...message.key!, origin } };
  });
  const texts = new Set(traced.flatMap(({ key }) => (key?.origin?.from === "constant" ? key.origin.text : [])));
  return {
    messages: traced.map((message, i) => {
      const sent = input.sites.messages[i];
      const givenKeys = sent === undefined ? undefined : trace.givenBy.get(sent.e);
      return givenKeys === undefined ? message : { ...message, givenKeys };
    }),
    definitions: texts.size === 0 ? definitions : withKnownKeys(definitions, input),
    givenKeys: trace.givenBy,
  };
}

function takesTurns({ callbacks }: ProcessDefinition): boolean {
  return callbacks.some(({ interleaves }) => interleaves !== true);
}

/** `node`: the function whose parameters the origin may be. */
interface Search {
  readonly node: Code;
  readonly hops: number;
}

class Trace {
  private readonly input: TraceInput;
  /** By the message or the call that gives them. */
  readonly givenBy = new Map<Expression, GivenKey[]>();
  private readonly asked = new Map<Code, ParameterPart[]>();
  private readonly messages: readonly Message[];
  private readonly callsTo = new Map<Code, CallEdge[]>();
  private sentTo: Map<string, SentMessage[]> | null = null;
  /** What is given the actor as its first parameter. */
  private readonly handlers: ReadonlySet<Code>;

  constructor(input: TraceInput, messages: readonly Message[]) {
    this.input = input;
    this.messages = messages;
    const { program } = input;
    const written = [...program.allWritten().keys()];
    this.handlers = new Set(written.flatMap((module) => program.methodsOf(module).map(([, code]) => code)));
    for (const edge of input.sites.calls) append(this.callsTo, edge.to, edge);
  }

  originOfKey({ stub, code }: SentMessage): KeyOrigin | null {
    const { key, keyOf } = stub;
    if (key.k === "own") return { from: "own" };
    if (key.k === "constant") return { from: "constant", text: key.text };
    return key.k === "given" && keyOf !== null ? this.follow(keyOf, [], code) : null;
  }

  /** The origin of a part of an expression; those who give it are asked, too. `user`: the code that uses it. */
  private follow(of: Closed, way: readonly string[], user: Code): KeyOrigin | null {
    const node = this.input.nodes.nodeOf(user);
    const origin = this.originOf(of, way, { node, hops: 0 });
    if (origin?.from === "parameter") this.ask(node, origin);
    return origin;
  }

  private ask(code: Code, part: ParameterPart): void {
    const known = this.asked.get(code) ?? [];
    if (known.some((one) => isSame(one, part))) return;
    append(this.asked, code, part);
    for (const { from, e } of this.callsTo.get(code) ?? []) this.give(e, from, givenIn(e)[part.parameter], part);
    const { program } = this.input;
    for (const { e, code: from, stub, method, carries = e.name === method ? e.args : [] } of this.sent(code)) {
      const isWritten = (stub.target === undefined ? stub.binding.modules : []).some((module) => program.writtenOf(module) !== null);
      this.give(e, from, carries[part.parameter - (isWritten ? 1 : 0)], part);
    }
  }

  private give(by: Expression, from: Code, e: Expression | undefined, { parameter, way }: ParameterPart): void {
    const origin = e === undefined ? null : this.follow({ e, code: from, args: null }, way, from);
    if (origin !== null) append(this.givenBy, by, { parameter, way, origin });
  }

  /** Messages that the code takes, each with what it carries as arguments. */
  private sent(code: Code): readonly SentMessage[] {
    if (this.sentTo === null) {
      this.sentTo = new Map();
      for (const [i, sent] of this.input.sites.messages.entries()) {
        const fn = this.messages[i]?.handler?.fn;
        if (fn !== undefined && sent.mode === "call") append(this.sentTo, fn, sent);
      }
    }
    return this.sentTo.get(code.key) ?? [];
  }

  private originOf(of: Closed, way: readonly string[], search: Search): KeyOrigin | null {
    if (search.hops > hopLimit) return null;
    const next = { ...search, hops: search.hops + 1 };
    const { e } = of;
    if (e.k === "variable") {
      const origin = this.originOfName(e.name, of, way, next);
      if (origin !== undefined) return origin;
    }
    if (e.k === "field" && e.key.k === "atom") return this.originOf({ ...of, e: e.base }, [e.key.value, ...way], next);
    if (e.k === "operator" && e.operator === "await") return this.originOf({ ...of, e: e.operands[0]! }, way, next);
    if (e.k === "map") {
      const part = partOf(e, way);
      const isSet = this.input.evaluator.later.set(e, way[0] ?? "", of.code).length > 0;
      return part === null || isSet ? null : this.originOf({ ...of, e: part.e }, part.way, next);
    }
    if (way.length > 0) return null;
    const value = this.input.evaluator.evaluate(of);
    if (value.v === "own") return { from: "own" };
    if (value.v === "text") return { from: "constant", text: value.text };
    const same = this.sameAs(of);
    return same === null ? null : this.originOf({ ...of, e: same }, way, next);
  }

  /** Undefined for a name that no code binds. */
  private originOfName(name: string, { e, code, args }: Closed, way: readonly string[], search: Search): KeyOrigin | null | undefined {
    let at: Code | null = code;
    while (at !== null && at.bound(name, e) === null) at = at.parent;
    const bound = at?.bound(name, e) ?? null;
    if (at === null || bound === null) return undefined;
    const { value, parameter, isScattered, again, list } = bound;
    const further = [...bound.way, ...way];
    if (further.length > wayLimit) return null;
    if (isScattered === true || again !== undefined || list !== undefined || further.some((key) => key === "[]" || key === "?"))
      return null;
    if (this.input.evaluator.later.set(at, name, at).length > 0) return null;
    if (value !== null) return this.originOf({ e: value, code: at, args }, further, search);
    if (parameter < 0) return null;
    const known = givenTo(at, bound, args);
    if (known !== null) return this.originOf(known, further, search);
    if (parameter === 0 && this.handlers.has(at)) return further.length === 1 && further[0] === "key" ? { from: "own" } : null;
    if (at.facts?.defaults[parameter] != null) return null;
    if (at === search.node) return { from: "parameter", parameter, way: further };
    // A function that stands in the code and that one place calls: `const ask = (key) => …`
    const [call, ...others] = this.input.nodes.nodeOf(at) === search.node ? (this.callsTo.get(at) ?? []) : [];
    const given = call === undefined || others.length > 0 ? undefined : givenIn(call.e)[parameter];
    return given === undefined ? null : this.originOf({ e: given, code: call!.from, args: null }, further, search);
  }

  /** What is the same key in another form: `[id]`, `new ActorId(id)`, `String(id)`, `${id}`; null where it is none. */
  private sameAs({ e, code, args }: Closed): Expression | null {
    if (e.k === "list") return e.items.length === 1 ? e.items[0]! : null;
    if (e.k === "concat") {
      const [part, ...others] = e.parts.filter((one) => one.k !== "text" || one.value !== "");
      return part === undefined || others.length > 0 ? null : part;
    }
    if (e.k === "call") {
      if (e.module === null) return e.name === "String" ? (e.args[0] ?? null) : null;
      return telling.has(e.name) && e.args.length === 0 ? e.module : null;
    }
    const [first, second] = e.k === "operator" ? e.operands : [];
    if (e.k !== "operator" || first === undefined) return null;
    const { evaluator, program } = this.input;
    const made = e.operator === "new" && second !== undefined ? evaluator.evaluate({ e: first, code, args }) : null;
    return made?.v === "external" && program.rows.ofPackage(made.package, made.name)?.does.op === "identify" ? second! : null;
  }
}

/** Where an object that is written out has the part, and what is left of the way; null where a spread may have put another one in its place. */
function partOf({ pairs }: MapExpression, [name, ...way]: readonly string[]): { e: Expression; way: readonly string[] } | null {
  if (name === undefined) return null;
  const at = pairs.findIndex(([key]) => key.k === "text" && key.value === name);
  const unsure = pairs.filter(([key], i) => key.k !== "text" && i > at);
  if (at >= 0) return unsure.length > 0 ? null : { e: pairs[at]![1], way };
  const [spread] = unsure.length === 1 ? unsure[0]!.slice(1) : [];
  return spread?.k === "unknown" && spread.parts.length === 1 ? { e: spread.parts[0]!, way: [name, ...way] } : null;
}

function isSame(one: ParameterPart, other: ParameterPart): boolean {
  return one.parameter === other.parameter && one.way.join() === other.way.join();
}
