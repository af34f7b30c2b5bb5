/** Operations whose senders and targets are known → messages. Pure. */
import type { Circumstances } from "../../model/circumstance.ts";
import type { Refusal } from "../../model/refusal.ts";
import type { HandlerClause, Message, Place } from "../../model/topology.ts";
import type { ProcessValue, Value } from "../evaluate/value.ts";
import { circumstancesAt } from "./circumstances.ts";
import { contextIdOf, type Defined, type Definitions } from "./defined.ts";
import type { Followed } from "./followed.ts";
import type { FlowNode } from "./graph.ts";
import { findHandler, findHandlers, type Handler, type Mode } from "./handlers.ts";
import { valueTag } from "./patterns.ts";
import { findRefusal } from "./refusals.ts";
import { NO_TARGETS, type TargetResolver, type Targets } from "./targets.ts";
import { isSelf } from "./values.ts";

/** A message, and what it was made from. */
export interface Sent {
  readonly message: Message;
  readonly followed: Followed;
  readonly from: FlowNode;
}

export interface MessageInput {
  readonly definitions: Definitions;
  readonly resolver: TargetResolver;
  /** Ids of contexts, by node id. */
  readonly contextsOf: readonly (readonly string[])[];
  readonly print: (value: Value) => string;
  /** The node that runs the call at a place; null where that is not one node. */
  readonly nodeAt: (place: Place) => FlowNode | null;
  /** Tags of messages that some `receive` takes. */
  readonly receives: ReadonlySet<string>;
  /** Whether code that is not read may bring callbacks to a definition. */
  readonly isOpaque: (defined: Defined) => boolean;
  /** Functions that operations run in other processes. */
  readonly ran: ReadonlyMap<Followed, FlowNode>;
}

export function computeMessages(settled: readonly Followed[], input: MessageInput): Sent[] {
  const sent: Sent[] = [];
  const seen = new Set<string>();
  const maker = new MessageMaker(input);
  for (const followed of settled) {
    const one = maker.make(followed);
    if (one === null) continue;
    const { message } = one;
    const key = `${message.from}|${message.place.at}|${message.place.file}|${message.mode}|${message.tag}|${message.to.join()}`;
    if (seen.has(key)) continue;
    seen.add(key);
    sent.push(one);
  }
  return sent;
}

/** What a followed operation is, as a message; null for starts and spawns. */
function modeOf({ operation }: Followed): Mode | null {
  switch (operation.op) {
    case "message":
    case "run_in":
      return operation.mode;
    case "start_child":
      return "call";
    default:
      return null;
  }
}

/** The mode of the callbacks that take it. */
function takenAs({ operation }: Followed, mode: Mode): Mode {
  return operation.op === "message" && operation.asks === true ? "call" : mode;
}

export class MessageMaker {
  private readonly input: MessageInput;
  /** Definitions by the contexts that are their processes. */
  private readonly processes = new Map<string, string>();

  constructor(input: MessageInput) {
    this.input = input;
    for (const { module, behaviour } of input.definitions.byModule.values()) {
      this.processes.set(`process:${module.name}`, module.name);
      this.processes.set(contextIdOf(behaviour, module.name).id, module.name);
    }
  }

  make(followed: Followed): Sent | null {
    const mode = modeOf(followed);
    if (followed.operation.op === "signal") return this.signal(followed, followed.operation.mode);
    if (mode === null) return null;
    const { fn, operation } = followed;
    const site = fn.scan.sites[followed.site]!;
    const from = fn.nodeOf(site.unit);
    const taken = takenAs(followed, mode);
    const { targets, handler } = this.target(followed, taken, from);
    const payload = operation.op === "message" ? followed.message : null;
    const known = handler === null ? this.runs(followed) : clauseOf(handler);
    const possible = this.handlers(targets, taken, followed);
    const refused = this.refusal(targets, taken, followed);
    const timeout = millisecondsOf(followed.timeout);
    const tag = operation.op === "run_in" ? operation.access : payload === null ? null : valueTag(payload);
    const message: Message = {
      mode,
      from: from.key,
      clause: site.unit.clause,
      to: targets.modules,
      target: this.targetText(followed),
      tag,
      pattern: operation.op === "run_in" ? operation.access : payload === null ? null : this.input.print(payload),
      handler: known,
      handlers: possible.length > 0 || known === null ? possible : [known],
      ...(refused === null ? {} : { refused }),
      ...(timeout === null ? {} : { timeout }),
      ...(site.behind ? { behind: true } : {}),
      ...(isRemote(followed.target) ? { remote: true } : {}),
      place: fn.place(site.e),
      via: followed.via,
      certainty: targets.certainty,
      ...circumstancesOf(followed),
    };
    return { message, followed, from };
  }

  /** The answer to a caller that was kept waiting: who that is, its call says. */
  private reply(followed: Followed): Sent {
    const { fn } = followed;
    const site = fn.scan.sites[followed.site]!;
    const from = fn.nodeOf(site.unit);
    const message: Message = {
      mode: "reply",
      from: from.key,
      clause: site.unit.clause,
      to: [],
      target: this.targetText(followed),
      tag: null,
      pattern: null,
      handler: null,
      handlers: [],
      place: fn.place(site.e),
      via: [],
      certainty: "certain",
    };
    return { message, followed, from };
  }

  /** A monitor or a link, where it is known of what. */
  private signal(followed: Followed, mode: "monitor" | "link" | "reply"): Sent | null {
    if (mode === "reply") return this.reply(followed);
    const { fn, target } = followed;
    const targets =
      target === null || isSelf(target)
        ? NO_TARGETS
        : target.v === "parameter"
          ? this.parameter(followed, target)
          : this.input.resolver.resolve(target, fn.module.file.path);
    const to = targets.modules.filter((module) => this.input.definitions.byModule.has(module));
    if (to.length === 0) return null;
    const site = fn.scan.sites[followed.site]!;
    const from = fn.nodeOf(site.unit);
    const known = {
      from: from.key,
      clause: site.unit.clause,
      to,
      target: this.targetText(followed),
      place: fn.place(site.e),
      via: followed.via,
    };
    return {
      message: { ...known, mode, tag: null, pattern: null, handler: null, handlers: [], certainty: targets.certainty },
      followed,
      from,
    };
  }

  /** The function that an Agent runs takes the place of a clause. */
  private runs(followed: Followed): Message["handler"] {
    const node = followed.operation.op === "run_in" ? this.input.ran.get(followed) : undefined;
    return node === undefined ? null : { fn: node.key, clause: followed.fn.scan.sites[followed.site]!.unit.clause, place: node.place };
  }

  /** The target as a term, or where it is not known as the source says it. */
  private targetText({ target, primitive, operation, fn, site }: Followed): string {
    if (target === null) return "_";
    if (isSelf(target)) return "self()";
    const text = this.input.print(target);
    if (text !== "_") return text;
    if (target.v === "unknown" && target.text !== null) return target.text;
    if (fn !== primitive.fn || site !== primitive.site) return text;
    const { e } = fn.scan.sites[site]!;
    const position =
      operation.op === "start_child"
        ? operation.supervisor
        : operation.op === "message" || operation.op === "run_in"
          ? operation.target
          : -1;
    const arg = e.k === "call" ? e.args[position] : undefined;
    return arg ? fn.values.questions.evaluator.describe(arg) : text;
  }

  private target(followed: Followed, mode: Mode, from: FlowNode): { targets: Targets; handler: Handler | null } {
    const value = followed.target;
    if (value === null) return { targets: NO_TARGETS, handler: null };
    const found = isSelf(value)
      ? this.self(value, followed, from)
      : value.v === "parameter"
        ? this.parameter(followed, value)
        : this.input.resolver.resolve(value, followed.fn.module.file.path);
    const modules = found.modules.filter((module) => this.input.definitions.byModule.has(module));
    const targets = modules.length === found.modules.length ? found : { ...found, modules };
    if (modules.length > 0) return { targets, handler: this.handler(targets, mode, followed) };
    if (found.modules.length > 0) return { targets: NO_TARGETS, handler: null };
    return this.own(followed, mode, from);
  }

  /** The process in which the `self()` stands: not the one that a closure around it runs in, where it was bound outside. */
  private self(value: ProcessValue, followed: Followed, from: FlowNode): Targets {
    const node = this.input.nodeAt(value.place) ?? from;
    const { name } = followed.fn.module;
    const modules = this.processesOf(node);
    if (modules.includes(name)) return { modules: [name], certainty: "certain" };
    return modules.length === 0 ? NO_TARGETS : { modules, certainty: "probable" };
  }

  /** Definitions in whose processes a node runs. */
  private processesOf(node: FlowNode): string[] {
    return [...new Set((this.input.contextsOf[node.id] ?? []).flatMap((id) => this.processes.get(id) ?? []))];
  }

  /** A field of the state that a callback is given. */
  private parameter(followed: Followed, value: Value & { v: "parameter" }): Targets {
    const callback = this.input.definitions.callbacks.get(followed.fn);
    if (callback?.row.state !== value.index || value.path.length !== 1) return NO_TARGETS;
    return this.input.resolver.resolveField(followed.fn.module.name, value.path[0]!);
  }

  /** In the code of a definition's own module, a server that is not known is that module's process, if that process takes such a message. */
  private own(followed: Followed, mode: Mode, from: FlowNode): { targets: Targets; handler: Handler | null } {
    const nothing = { targets: NO_TARGETS, handler: null };
    const { fn, operation, target } = followed;
    const { name } = fn.module;
    const defined = this.input.definitions.byModule.get(name);
    if (!defined || this.input.definitions.callbacks.has(fn)) return nothing;
    const contexts = this.input.contextsOf[from.id] ?? [];
    if (contexts.length > 0 && contexts.every((id) => id === contextIdOf(defined.behaviour, name).id)) return nothing;
    const targets: Targets = { modules: [name], certainty: "probable" };
    if (operation.op === "run_in") return defined.kind === "agent" ? { targets, handler: null } : nothing;
    if (operation.op !== "message" || followed.message === null) return nothing;
    const handling = findHandler(defined, mode, followed.message);
    if (handling === "no") return nothing;
    if (handling !== "maybe" && !handling.catchAll) return { targets, handler: handling };
    const passedOn = target?.v === "parameter" && mode !== "info" && from.unit === null;
    return passedOn ? { targets, handler: handling === "maybe" ? null : handling } : nothing;
  }

  private handler(targets: Targets, mode: Mode, followed: Followed): Handler | null {
    if (followed.message === null || followed.operation.op !== "message" || targets.modules.length !== 1) return null;
    const defined: Defined | undefined = this.input.definitions.byModule.get(targets.modules[0]!);
    const handling = defined ? findHandler(defined, mode, followed.message) : "no";
    return typeof handling === "string" ? null : handling;
  }

  private refusal({ modules }: Targets, mode: Mode, { operation, message }: Followed): Refusal | null {
    const [module] = modules;
    const defined = module === undefined || modules.length > 1 ? undefined : this.input.definitions.byModule.get(module);
    if (defined === undefined || operation.op !== "message" || message === null) return null;
    return this.input.isOpaque(defined) ? null : findRefusal(defined, mode, message, this.input.receives);
  }

  /** The clauses that may take it, of all definitions that it may come to. */
  private handlers({ modules }: Targets, mode: Mode, { operation, message }: Followed): HandlerClause[] {
    if (message === null || operation.op !== "message" || valueTag(message) === null) return [];
    return modules.flatMap((module) => {
      const defined = this.input.definitions.byModule.get(module);
      return defined === undefined ? [] : findHandlers(defined, mode, message, modules.length > 1).map(clauseOf);
    });
  }
}

/** Those of all sites from the outermost call down to the primitive; what the outermost one needs. */
function circumstancesOf({ fn, site, under }: Followed): Circumstances {
  const { needs } = circumstancesAt(fn, fn.scan.sites[site]!);
  return { ...(under.length > 0 ? { under } : {}), ...(needs === undefined ? {} : { needs }) };
}

function clauseOf({ callback, clause, place }: Handler): HandlerClause {
  return { fn: callback.fn.info.key, clause, place };
}

/** `{name, node}`, but for `{name, node()}`. */
function isRemote(target: Value | null): boolean {
  if (target?.v !== "tuple" || target.items.length !== 2) return false;
  const [name, node] = target.items;
  return (
    name?.v === "atom" &&
    name.value !== "global" &&
    name.value !== "ok" &&
    !(node?.v === "unknown" && /^(\w+\.)?node\(\)$/.test(node.text ?? ""))
  );
}

function millisecondsOf(value: Value | null): number | "infinity" | null {
  if (value?.v === "number") return value.value;
  return value?.v === "atom" && value.value === "infinity" ? "infinity" : null;
}
