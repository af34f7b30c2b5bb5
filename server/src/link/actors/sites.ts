/** What each piece of code does as far as actors go: calls, messages to actors, effects, functions that it hands to a platform. Pure. */
import type { CallExpression, Expression } from "../../model/expression.ts";
import type { ActorEffect } from "../../model/library.ts";
import type { Loss } from "../../model/virtual-actor.ts";
import { type Code, forEachPart, lastName } from "./code.ts";
import { type Evaluator, importing } from "./evaluate.ts";
import { gatheredBy, isGathering, losesResults, markLost } from "./lost.ts";
import type { Program } from "./program.ts";
import { type Route, Routes } from "./routes.ts";
import type { Done } from "./rows.ts";
import { type Closed, codesOf, type Key, type Value } from "./value.ts";
import { isListening, lastOf, tagOf } from "./workers.ts";

/** `waits`: the result is used; `handled`: it is not waited for, and somebody was told so; `dropped`: nobody will know how it ends. */
export type Waiting = "waits" | "handled" | "dropped";

export interface SentMessage {
  readonly code: Code;
  readonly e: CallExpression;
  readonly stub: Extract<Value, { v: "stub" }>;
  /** The function that takes it. */
  readonly method: string;
  /** What it is called. */
  readonly tag: string;
  readonly mode: "call" | "cast";
  readonly waiting: Waiting;
  readonly lost?: Loss & { readonly isWaited: boolean };
  /** What its function is given, where that is not what the call is given. */
  readonly carries?: readonly Expression[];
}

export interface CallEdge {
  readonly from: Code;
  readonly to: Code;
  readonly e: Expression;
}

export interface FoundEffect {
  readonly code: Code;
  readonly e: Expression;
  readonly does: ActorEffect;
  readonly name: string;
  /** Whether the result is waited for. */
  readonly waiting: Waiting;
}

/** A function that hears what is posted to `to`: an end of a channel, or what started a worker (`up:<module>`). */
export interface Listener {
  readonly to: string;
  /** Where it is given to the end. */
  readonly code: Code;
  readonly heard: Code;
}

/** What is posted on an end of a channel. */
export interface Post {
  readonly code: Code;
  readonly e: CallExpression;
  readonly end: Extract<Value, { v: "end" }>;
}

export interface Sites {
  readonly listeners: Listener[];
  readonly posts: Post[];
  /** Ends of channels that are given to workers, which hear what is posted to them from then on. */
  readonly handed: { readonly to: string; readonly module: string }[];
  readonly messages: SentMessage[];
  readonly calls: CallEdge[];
  readonly effects: FoundEffect[];
  readonly routes: Route[];
  /** Code that makes clients, which find actors by the names of a registry. */
  readonly clients: Code[];
  /** Addresses that are made, whether or not a message is sent to them. */
  readonly stubs: { readonly code: Code; readonly e: Expression; readonly stub: Extract<Value, { v: "stub" }> }[];
}

/** Methods of promises: what they are called on is no actor. */
const promiseMethods: ReadonlySet<string> = new Set(["then", "catch", "finally"]);

/** What tells of values, not of what code does. */
const silent: ReadonlySet<ActorEffect["op"]> = new Set([
  "fresh",
  "key",
  "client",
  "identify",
  "address",
  "address_in",
  "register",
  "worker",
  "proxy",
  "channel",
  "ends",
]);

/** Of a call of what nobody knows, only its name may tell. */
function isKnown({ v }: Value): boolean {
  return v !== "unknown" && v !== "given" && v !== "text";
}

export function emptySites(): Sites {
  return { messages: [], calls: [], effects: [], routes: [], clients: [], stubs: [], listeners: [], posts: [], handed: [] };
}

export class SiteReader {
  private readonly program: Program;
  private readonly evaluator: Evaluator;
  private readonly sites: Sites;
  private readonly routes: Routes;
  /** What drops the results of the code that is being read, until one has been found that is waited for there. */
  private lostBy: Loss | null = null;
  private reading: Code | null = null;
  /** Of the code that is being read: one function for all parts of all code. */
  private readonly walkPart = (part: Expression): void => this.walk(part, this.reading!, "waits");

  constructor(program: Program, evaluator: Evaluator, sites: Sites) {
    this.program = program;
    this.evaluator = evaluator;
    this.sites = sites;
    this.routes = new Routes(program, evaluator, sites.routes);
  }

  read(code: Code): void {
    this.lostBy = this.program.lost.get(code) ?? null;
    this.reading = code;
    this.walk(code.clause.body, code, "waits");
  }

  /** Finds what can be told only when all code has been read. */
  finish(): void {
    this.routes.finish(this.sites.calls);
  }

  /** `waiting`: what becomes of the value of the expression. */
  private walk(e: Expression, code: Code, waiting: Waiting): void {
    if (e.k === "fn") return;
    if (e.k === "block") {
      for (let i = 0; i < e.items.length; i++) this.walk(e.items[i]!, code, "dropped");
      return;
    }
    if (e.k === "branch" && e.subject !== null) {
      this.walk(e.subject, code, "waits");
      for (const { body } of e.clauses) this.walk(body, code, waiting);
      return;
    }
    if (e.k === "for") {
      for (const { source } of e.steps) this.walk(source, code, "waits");
      return this.walk(e.body, code, "dropped");
    }
    if (e.k === "operator" && this.lostBy !== null && e.operands[0] !== undefined) {
      if (e.operator === "return" || e.operator === "await") return this.lose(e.operands[0], e.operator === "await", this.lostBy, code);
    }
    if (e.k === "operator") {
      const inner =
        e.operator === "void" ? "handled" : e.operator === "&&" || e.operator === "||" || e.operator === "??" ? waiting : "waits";
      for (let i = 0; i < e.operands.length; i++) this.walk(e.operands[i]!, code, i === e.operands.length - 1 ? inner : "waits");
      if (e.operator === "new") {
        this.construct(e.operands, code, e);
        this.address(e, code);
      }
      return;
    }
    if (e.k === "call") return this.call(e, code, waiting);
    if (e.k === "match" && e.pattern.k === "field" && lastOf(e.pattern) === "onmessage") this.listen(e.pattern.base, e.value, code);
    forEachPart(e, this.walkPart);
  }

  /** What code gives back whose results nobody gets, or waits for. Of several of these the first one tells. */
  private lose(e: Expression, isWaited: boolean, by: Loss, code: Code): void {
    const first = this.sites.messages.length;
    this.walk(e, code, isWaited ? "waits" : "dropped");
    if (markLost(this.sites.messages, first, e, by, isWaited) && isWaited) this.lostBy = null;
  }

  private construct([callee, ...given]: readonly Expression[], code: Code, e: Expression): void {
    if (callee === undefined || this.evaluator.glance({ e, code, args: null }).v === "passed") return;
    const value = this.evaluator.evaluate({ e: callee, code, args: null });
    const maker = value.v === "class" ? this.program.method(value.module, "constructor") : null;
    if (maker !== null) this.sites.calls.push({ from: code, to: maker, e });
    const does = value.v === "external" ? this.program.rows.ofPackage(value.package, value.name)?.does : undefined;
    if (value.v === "external" && does?.op === "serve") this.routes.serves(does, value.name, given, code);
  }

  private call(e: CallExpression, code: Code, waiting: Waiting): void {
    const isPromise = e.module?.k === "call" && promiseMethods.has(e.name);
    if (e.module !== null) this.walk(e.module, code, isPromise ? (waiting === "dropped" ? "handled" : waiting) : "waits");
    const inner: Waiting = e.name === "waitUntil" ? "handled" : "waits";
    if (waiting === "dropped" && isGathering(e)) return this.gather(e, code);
    const lost = waiting === "dropped" ? losesResults(e, code) : null;
    if (lost !== null) this.program.lost.set(lost, { by: e.name });
    for (const argument of e.args) this.walk(argument, code, inner);
    if (!isPromise) this.meaning(e, code, waiting);
  }

  /** `Promise.all([till.add(1), …])` that nobody keeps. */
  private gather(e: CallExpression, code: Code): void {
    const loss = { by: `Promise.${e.name}`, gathered: code.place(e) };
    for (const { e: part, fn } of gatheredBy(e, code)) {
      const first = this.sites.messages.length;
      if (fn !== null) this.program.lost.set(fn, loss);
      this.walk(part, code, fn === null ? "dropped" : "waits");
      markLost(this.sites.messages, first, part, loss, false);
    }
  }

  private meaning(e: CallExpression, code: Code, waiting: Waiting): void {
    const { program, evaluator, sites } = this;
    const closed = (inner: Expression): Closed => ({ e: inner, code, args: null });
    const { rows } = program;
    const member = e.module === null ? null : lastName(e.module);
    const row = e.module === null ? null : ((member === null ? null : rows.ofMember(member, e.name)) ?? rows.ofAny(e.name));
    const called: Expression = e.module ?? { k: "variable", at: e.nameAt, name: e.name };
    const passes = (inner: Expression): boolean => evaluator.glance(closed(inner)).v === "passed";
    if (row === null && passes(called) && passes(e)) return;
    const effect = (done: Done | null): boolean => {
      if (done?.does.op === "client") sites.clients.push(code);
      if (done === null || silent.has(done.does.op)) return false;
      if (done.does.op === "serve") return this.routes.serves(done.does, e.name, e.args, code);
      if (done.does.op === "front") return this.front(done.does, e, code);
      if (done.does.op === "send_by_name") return this.sendByName(done.does, e, code, waiting);
      if (done.does.op === "ask_by_name") return this.askByName(done, done.does, e, code, waiting);
      if (done.does.op === "effect" && done.does.later !== undefined) this.sendLater(done.does.later, e, code);
      sites.effects.push({ code, e, does: done.does, name: e.name, waiting });
      return true;
    };
    if (e.module === null) {
      const callee = evaluator.evaluate(closed(called));
      if (callee.v === "code") for (const to of codesOf(callee)) sites.calls.push({ from: code, to, e });
      else if (callee.v === "method") return this.message(e, callee.of, code, waiting, callee.name);
      else if (callee.v === "made") effect(rows.ofPackage(callee.package, `${callee.name}()`));
      else if (callee.v === "external") {
        const done = rows.ofPackage(callee.package, callee.name);
        // What other calls of packages give is no address.
        if (done === null) return;
        effect(done);
      } else if (callee.v === "unknown") effect(rows.ofGlobal(e.name));
      if (isKnown(callee) || rows.tellsOf(e.name) || importing.has(e.name)) this.address(e, code);
      return;
    }
    const base = evaluator.evaluate(closed(e.module));
    if (base.v === "stub") return this.message(e, base, code, waiting);
    if (base.v === "end") {
      if (isListening(e) && e.args[1] !== undefined) this.listen(e.module, e.args[1], code);
      else if (e.name === "postMessage") sites.posts.push({ code, e, end: base });
      return;
    }
    if (base.v === "given") this.routes.ask(e, code);
    // Neither what it is called on tells of the call, nor its name.
    if (!isKnown(base) && !rows.tellsOf(e.name)) return;
    if (base.v === "made") {
      if (this.routes.take(e, base, code)) return;
      effect(rows.ofPackage(base.package, `${base.name}.${e.name}`));
    }
    const callee = evaluator.evaluate(
      closed({ k: "field", at: e.at, base: e.module, key: { k: "atom", at: e.nameAt, value: e.name }, access: false }),
    );
    if (callee.v === "code") for (const to of codesOf(callee)) sites.calls.push({ from: code, to, e });
    else if (callee.v === "external") {
      const done = rows.ofPackage(callee.package, callee.name);
      if (done === null && !rows.tellsOf(e.name)) return;
      effect(done);
    }
    if (callee.v !== "code" && !effect(evaluator.addresses.ofContext(e, code))) effect(row);
    this.address(e, code);
  }

  /** `handler(Counter)` */
  private front({ by, otherwise }: Extract<ActorEffect, { op: "front" }>, e: CallExpression, code: Code): boolean {
    const [given] = e.args;
    const value = given === undefined ? null : this.evaluator.evaluate({ e: given, code, args: null });
    if (value?.v === "code") return this.routes.serves({ op: "serve", kind: "request" }, e.name, e.args, code);
    const binding = value?.v === "class" ? this.evaluator.registries.bindingTo(value.module) : null;
    if (value?.v !== "class" || binding === null || !this.program.isActor(value.module)) return true;
    const isNamed = this.program.method(value.module, by) !== null;
    const key: Key = isNamed ? { k: "given", text: "request" } : { k: "constant", text: otherwise };
    this.sites.stubs.push({ code, e, stub: { v: "stub", binding, key, keyOf: null } });
    return true;
  }

  private message(e: CallExpression, stub: Extract<Value, { v: "stub" }>, code: Code, waiting: Waiting, name = e.name): void {
    if (promiseMethods.has(name)) return;
    const handle = this.program.rows.ofHandle(name, stub.binding.table)?.does;
    if (handle?.op === "same" || handle?.op === "own") {
      if (e.module !== null && e.args[1] !== undefined && isListening(e)) this.listen(e.module, e.args[1], code);
      return;
    }
    if (handle?.op === "post") {
      for (const argument of e.args) this.handOver(argument, stub, code);
      const tag = tagOf(e.args[0]) ?? "message";
      this.sites.messages.push({ code, e, stub, method: "message", tag, mode: "cast", waiting: "handled" });
      return;
    }
    const kept = stub.sends === true || (stub.inPage === true && waiting === "dropped") ? "handled" : waiting;
    if (handle?.op === "message") {
      const taken = this.evaluator.addresses.takenBy(handle.taken, stub, e, name, code);
      const mode = stub.inPage !== true && waiting !== "waits" ? "cast" : handle.mode;
      const left = handle.mode === "cast" ? "handled" : kept;
      if (taken !== null) this.sites.messages.push({ code, e, stub, method: taken, tag: taken, mode, waiting: left });
      return;
    }
    if (handle?.op !== "enqueue") {
      this.sites.messages.push({
        code,
        e,
        stub,
        method: name,
        tag: name,
        mode: stub.sends === true || waiting !== "waits" ? "cast" : "call",
        waiting: kept,
      });
      return;
    }
    const [queue, options] = [e.args[handle.name], e.args[handle.options]];
    const wait = options === undefined ? null : this.evaluator.propertyOf({ e: options, code, args: null }, "wait");
    const waits = wait?.k === "atom" && wait.value === "true";
    const tag = queue?.k === "text" ? queue.value : name;
    this.sites.messages.push({ code, e, stub, method: handle.taken, tag, mode: waits ? "call" : "cast", waiting });
  }

  /** What a worker posts back, and what is posted to an end of a channel, is heard by the function. */
  private listen(on: Expression, fn: Expression, code: Code): void {
    const from = this.evaluator.evaluate({ e: on, code, args: null });
    const heard = this.evaluator.evaluate({ e: fn, code, args: null });
    if (heard.v !== "code") return;
    if (from.v === "end") this.sites.listeners.push({ to: from.hears, code, heard: heard.code });
    if (from.v === "stub")
      for (const module of from.binding.modules)
        if (this.program.workers.has(module)) this.sites.listeners.push({ to: `up:${module}`, code, heard: heard.code });
  }

  /** `worker.postMessage({ port: port2 }, [port2])` */
  private handOver(e: Expression, stub: Extract<Value, { v: "stub" }>, code: Code): void {
    const value = e.k === "variable" || e.k === "field" ? this.evaluator.evaluate({ e, code, args: null }) : null;
    if (value?.v === "end") for (const module of stub.binding.modules) this.sites.handed.push({ to: value.hears, module });
    else if (e.k === "list" || e.k === "map") forEachPart(e, (part) => this.handOver(part, stub, code));
  }

  /** `ctx.genericCall({ service: "cart", method: "add", key, parameter })` */
  private sendByName(does: Extract<ActorEffect, { op: "send_by_name" }>, e: CallExpression, code: Code, waiting: Waiting): boolean {
    const [given] = e.args;
    const of = given === undefined ? null : { e: given, code, args: null };
    const named = this.evaluator.addresses.named(does, of);
    const method = of === null ? null : this.evaluator.propertyOf(of, does.method);
    const called = method === null ? null : this.evaluator.evaluate({ e: method, code, args: null });
    const binding = named?.name == null ? null : this.evaluator.registries.bindingNamed(named.name, code.script);
    if (named === null || binding === null || called?.v !== "text") return true;
    const stub: Extract<Value, { v: "stub" }> = { v: "stub", binding, key: named.key, keyOf: named.keyOf };
    this.sites.stubs.push({ code, e, stub });
    const mode = waiting === "waits" ? does.mode : "cast";
    const carried = of === null ? null : this.evaluator.propertyOf(of, does.carries);
    this.sites.messages.push({
      code,
      e,
      stub,
      method: called.text,
      tag: called.text,
      mode,
      carries: carried === null ? [] : [carried],
      waiting: does.mode === "cast" ? "handled" : waiting,
    });
    return true;
  }

  /** `PartySocket.fetch({ party: "lobby", room })` */
  private askByName(
    done: Done,
    does: Extract<ActorEffect, { op: "ask_by_name" }>,
    e: CallExpression,
    code: Code,
    waiting: Waiting,
  ): boolean {
    const [given] = e.args;
    const stub = given === undefined ? null : this.evaluator.addresses.byName(does.address, done.table, { e: given, code, args: null });
    if (stub?.v !== "stub") return true;
    this.sites.stubs.push({ code, e, stub });
    const { mode, taken } = does;
    this.sites.messages.push({ code, e, stub, method: taken, tag: taken, mode: waiting === "waits" ? mode : "cast", waiting });
    return true;
  }

  /** What an actor is to get later: `this.schedule(60, "remind")`. */
  private sendLater(later: number | string | readonly string[], e: CallExpression, code: Code): void {
    const { module } = code;
    const named = typeof later === "number" ? e.args[later] : undefined;
    const names = typeof later === "number" ? (named?.k === "text" ? [named.value] : []) : typeof later === "string" ? [later] : later;
    if (!module.name.includes("#") || !this.program.isActor(module.name)) return;
    const method = names.find((name) => this.program.method(module.name, name) !== null);
    if (method === undefined) return;
    const binding = { name: module.name.slice(module.name.indexOf("#") + 1), modules: [module.name], certainty: "certain" } as const;
    const stub = { v: "stub", binding, key: { k: "own" }, keyOf: null } as const;
    this.sites.messages.push({ code, e, stub, method, tag: method, mode: "cast", waiting: "handled" });
  }

  private address(e: Expression, code: Code): void {
    if (this.evaluator.glance({ e, code, args: null }).v === "passed") return;
    const value = this.evaluator.evaluate({ e, code, args: null });
    if (value.v === "stub" && value.again !== true) this.sites.stubs.push({ code, e, stub: value });
  }
}
