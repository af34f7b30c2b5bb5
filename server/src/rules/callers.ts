/**
 * Who sends to a process: messages looked up through the process's own client functions to the code that uses them.
 *
 * Pure. Code of tests and scripts does not count: how often a process is used is a question about the running system.
 */
import { append } from "../model/append.ts";
import type { Circumstances } from "../model/circumstance.ts";
import type { CallbackClause, ExecutionContext, FunctionNode, Message, Place } from "../model/topology.ts";
import { clauseKey } from "./clauses.ts";
import type { RuleContext } from "./rule.ts";

export interface Caller {
  /** A function outside of the process's own module, or one inside that nothing known calls. */
  readonly fn: FunctionNode;
  /** The call in `fn` through which the message is sent. */
  readonly place: Place;
  readonly message: Message;
  /** Where `fn` runs, without tests and scripts. */
  readonly contexts: readonly ExecutionContext[];
  /** True where it asks once and keeps the answer in its process, for what it does not find in a table, or only after an error: no measure of how often the process is asked. */
  readonly rarely: boolean;
}

export interface CallerIndex {
  /** Messages of every mode to a definition, in the order of the topology. */
  messagesTo(module: string): readonly Message[];
  messagesFrom(fn: string): readonly Message[];
  /** Senders of calls, casts and infos to a definition; its own callbacks are not among them. */
  callersOf(module: string): readonly Caller[];
  contextsOf(fn: string): readonly ExecutionContext[];
  /** The callbacks' clauses from which a call is made, or null where other code makes it, too. */
  entriesOf(caller: Pick<Caller, "fn" | "place">): readonly Entry[] | null;
}

export interface Entry {
  readonly module: string;
  readonly clause: CallbackClause;
}

interface Site {
  readonly fn: FunctionNode;
  readonly place: Place;
  readonly clause: number;
  readonly rarely: boolean;
}

const maxAbove = 200;

/** Several rules ask; who calls whom is worked out once. */
const indexes = new WeakMap<RuleContext, CallerIndex>();

export function indexCallers(context: RuleContext): CallerIndex {
  let index = indexes.get(context);
  if (index === undefined) indexes.set(context, (index = createIndex(context)));
  return index;
}

function createIndex({ topology, roleOf }: RuleContext): CallerIndex {
  const messagesTo = new Map<string, Message[]>();
  const messagesFrom = new Map<string, Message[]>();
  for (const message of topology.messages) {
    append(messagesFrom, message.from, message);
    for (const module of new Set(message.to)) append(messagesTo, module, message);
  }
  const callersByKey = new Map<string, FunctionNode[]>();
  for (const fn of topology.functions.values()) {
    const { callees } = fn;
    for (const to of callees.length > 1 ? new Set(callees) : callees) append(callersByKey, to, fn);
  }
  const callsByKey = new Map<string, readonly Site[]>();
  const found = new Map<string, readonly Caller[]>();

  function contextsOf(fn: string): readonly ExecutionContext[] {
    const ids = topology.functions.get(fn)?.contexts ?? [];
    return ids.flatMap((id) => topology.contexts.get(id) ?? []).filter(({ kind }) => kind !== "test" && kind !== "script");
  }

  /** Whether something else than tests and scripts may run it, as far as is known. */
  function isProduct({ fn, place: { file } }: Site): boolean {
    const role = roleOf(file);
    return role !== "test" && role !== "script" && (fn.contexts.length === 0 || contextsOf(fn.key).length > 0);
  }

  function calledBy(key: string): readonly Site[] {
    let sites = callsByKey.get(key);
    if (sites === undefined) {
      sites = (callersByKey.get(key) ?? []).flatMap((fn) =>
        fn.calls.filter(({ to }) => to === key).map((call) => ({ fn, place: call.place, clause: call.clause, rarely: isRare(call) })),
      );
      callsByKey.set(key, sites);
    }
    return sites;
  }

  /** From the sender up through functions of the module itself. */
  function sitesOf(message: Message, module: string, callbacks: ReadonlySet<string>): readonly Site[] {
    const sender = topology.functions.get(message.from);
    if (sender === undefined) return [];
    const sites: Site[] = [];
    const seen = new Set([sender.key]);
    const open: Site[] = [{ fn: sender, place: message.place, clause: message.clause, rarely: isRare(message) }];
    for (let site = open.pop(); site !== undefined; site = open.pop()) {
      const above = site.fn.module === module && !callbacks.has(site.fn.key) ? calledBy(site.fn.key) : [];
      const outer = above.filter(({ fn }) => fn.key !== site.fn.key);
      if (outer.length === 0) sites.push(site);
      for (const above of outer) {
        const next = above.rarely === site.rarely ? above : { ...above, rarely: true };
        const inside = next.fn.module === module;
        if (inside && seen.has(next.fn.key)) continue;
        seen.add(next.fn.key);
        if (inside) open.push(next);
        else sites.push(next);
      }
    }
    return sites.filter((site) => !callbacks.has(site.fn.key) && isProduct(site));
  }

  function callersOf(module: string): readonly Caller[] {
    const known = found.get(module);
    if (known !== undefined) return known;
    const callbacks = new Set(
      topology.definitions
        .get(module)
        ?.callbacks.filter(({ role }) => role !== "other")
        .map(({ fn }) => fn),
    );
    const callers = new Map<string, Caller>();
    for (const message of messagesTo.get(module) ?? []) {
      if (message.mode !== "call" && message.mode !== "cast" && message.mode !== "info") continue;
      for (const { fn, place, rarely } of sitesOf(message, module, callbacks)) {
        const key = [fn.key, place.file, place.at, message.mode, message.handler?.fn, message.handler?.clause, message.tag].join("|");
        if (!callers.has(key)) callers.set(key, { fn, place, message, contexts: contextsOf(fn.key), rarely });
      }
    }
    const list = [...callers.values()];
    found.set(module, list);
    return list;
  }

  let callbackClauses: Map<string, Entry> | null = null;
  function clauseAt(fn: string, clause: number): Entry | null {
    if (callbackClauses === null) {
      callbackClauses = new Map();
      for (const { module, callbacks } of topology.definitions.values())
        for (const one of callbacks) callbackClauses.set(clauseKey(one), { module, clause: one });
    }
    return callbackClauses.get(clauseKey({ fn, clause })) ?? null;
  }

  function entriesOf({ fn, place }: Pick<Caller, "fn" | "place">): readonly Entry[] | null {
    const clause = fn.calls.find((call) => isSame(call.place, place))?.clause ?? messageAt(fn, place)?.clause ?? 0;
    const entries = new Map<CallbackClause, Entry>();
    const seen = new Set<string>();
    const open: Pick<Site, "fn" | "clause">[] = [{ fn, clause }];
    for (let site = open.pop(); site !== undefined; site = open.pop()) {
      const entry = clauseAt(site.fn.key, site.clause);
      if (entry !== null) entries.set(entry.clause, entry);
      const above = entry === null ? calledBy(site.fn.key).filter(isProduct) : [];
      if ((entry === null && above.length === 0) || seen.size > maxAbove) return null;
      for (const next of above) {
        const key = clauseKey({ fn: next.fn.key, clause: next.clause });
        if (!seen.has(key)) open.push(next);
        seen.add(key);
      }
    }
    return [...entries.values()];
  }

  function messageAt(fn: FunctionNode, place: Place): Message | undefined {
    return messagesFrom.get(fn.key)?.find((message) => isSame(message.place, place));
  }

  return {
    entriesOf,
    messagesTo: (module) => messagesTo.get(module) ?? [],
    messagesFrom: (fn) => messagesFrom.get(fn) ?? [],
    callersOf,
    contextsOf,
  };
}

function isRare({ under }: Circumstances): boolean {
  return under?.some((one) => one === "memory" || one === "miss" || one === "handler") === true;
}

function isSame(a: Place, b: Place): boolean {
  return a.at === b.at && a.file === b.file;
}

/** Those that wait for a process, where they are a crowd. */
export interface Crowd {
  /** Callers in contexts of cardinality `many` first. */
  readonly callers: readonly Caller[];
  /** Contexts of cardinality `many` among theirs. */
  readonly many: readonly ExecutionContext[];
  /** Whether a queue may grow: where only a few processes call, of each of which there is one, no more than those wait. */
  readonly grows: boolean;
}

/** Three processes of different code make a crowd even where each of them is one. */
const crowdOfDefinitions = 3;
const longQueue = 6;

/** The callers as a crowd, or null: none runs in a context of cardinality `many`, and they are fewer than three definitions. */
export function crowdOf(callers: readonly Caller[], module: string): Crowd | null {
  const contexts = new Map(callers.flatMap((caller) => caller.contexts.map((context) => [context.id, context] as const)));
  const many = [...contexts.values()].filter((context) => isMany(context) && context.module !== module);
  const definitions = new Set([...contexts.values()].flatMap((context) => (context.kind === "process" ? (context.module ?? []) : [])));
  definitions.delete(module);
  if (many.length === 0 && definitions.size < crowdOfDefinitions) return null;
  const rank = (caller: Caller): number => (caller.contexts.some(isMany) ? 0 : 1);
  return { callers: [...callers].sort((a, b) => rank(a) - rank(b)), many, grows: many.length > 0 || definitions.size >= longQueue };
}

export function isMany({ kind, cardinality }: ExecutionContext): boolean {
  return cardinality === "many" && kind !== "external" && kind !== "application_start";
}
