/** Process definitions of machines and of other logic: what each clause takes and does, why it is an actor, and what that costs. Pure. */
import { append } from "../../../model/append.ts";
import type { ReasonKind } from "../../../model/reason-kind.ts";
import type {
  BlockingStep,
  CallbackClause,
  ClauseEffects,
  Cost,
  Effect,
  Evidence,
  FunctionNode,
  Message,
  ProcessDefinition,
  Reason,
  TreeNode,
} from "../../../model/topology.ts";
import { type Code, walkOwn } from "../code.ts";
import type { Transition, TransitionKind } from "./chart.ts";
import { kindOf, type Logic } from "./logic.ts";
import { type Clauses, stateKey, type Trees } from "./topology.ts";
import type { TransitionEffect, World } from "./world.ts";

export interface DefineInput {
  readonly world: World;
  readonly clauses: Clauses;
  readonly trees: Trees;
  readonly nodes: readonly TreeNode[];
  readonly functions: ReadonlyMap<string, FunctionNode>;
  readonly messages: readonly Message[];
  costsOf(received: readonly Message[]): Cost[];
}

export function defineLogic(input: DefineInput): Map<string, ProcessDefinition> {
  const found = new Map<string, ProcessDefinition>();
  const byModule = new Map<string, TreeNode[]>();
  const visit = (node: TreeNode): void => {
    if (node.moduleAtom !== null) append(byModule, node.moduleAtom, node);
    node.children.forEach(visit);
  };
  input.nodes.forEach(visit);
  const received = new Map<string, Message[]>();
  for (const message of input.messages) for (const to of message.to) append(received, to, message);
  for (const logic of input.world.logics) {
    const { module, place } = logic;
    const callbacks = logic.form === "machine" ? transitionsOf(logic, input) : casesOf(logic, input);
    found.set(module, {
      module,
      kind: kindOf(logic),
      place,
      nodes: byModule.get(module) ?? [],
      cardinality: input.trees.cardinalityOf(logic),
      callbacks,
      reasons: reasonsOf(logic, callbacks, input),
      costs: input.costsOf(received.get(module) ?? []),
      unread: () => [],
    });
  }
  return found;
}

const roles: Readonly<Record<TransitionKind, CallbackClause["role"]>> = {
  event: "cast",
  after: "continue",
  always: "continue",
  done: "event",
  error: "event",
  snapshot: "event",
  entry: "other",
  exit: "other",
};

function transitionsOf(logic: Logic, { world, clauses, messages }: DefineInput): CallbackClause[] {
  const chart = world.charts.get(logic);
  const effects = new Map<Transition, TransitionEffect[]>();
  for (const one of world.effects) append(effects, one.transition, one);
  const sent = new Map<string, Message[]>();
  for (const message of messages) {
    const key = `${message.from}#${message.clause}`;
    append(sent, key, message);
  }
  return (chart?.transitions ?? []).map((transition) => {
    const { kind, event, place, state } = transition;
    const [fn, clause] = [stateKey(logic, state), clauses.of(transition)];
    const isEntry = kind === "entry" && state.path === "";
    return {
      fn,
      clause,
      role: isEntry ? "init" : roles[kind],
      pattern: kind === "event" ? (event === "*" ? "_" : event) : patternOf(transition),
      tag: kind === "event" && event !== "*" ? event : null,
      place,
      headPlace: place,
      effects: effectsOf(transition, effects.get(transition) ?? [], sent.get(`${fn}#${clause}`) ?? []),
    };
  });
}

function patternOf({ kind, event }: Transition): string {
  if (kind === "after") return `after ${event}`;
  if (kind === "done") return event === "" ? "done" : `${event} is done`;
  if (kind === "error") return `${event} fails`;
  return kind === "snapshot" ? `${event} changes` : kind;
}

const effectKinds = { emit: "broadcast", stop: "stop", spawn: "start_child", raise: "send" } as const;

function effectsOf(transition: Transition, own: readonly TransitionEffect[], sent: readonly Message[]): ClauseEffects {
  const others: Effect[] = own.flatMap(({ kind, text, place }): readonly Effect[] =>
    kind === "assign" ? [] : [{ kind: effectKinds[kind], text, place }],
  );
  for (const { place, target } of sent) others.push({ kind: "send", text: `sends to ${target}`, place });
  if (transition.kind === "after") others.push({ kind: "timer", text: `waits for ${transition.event}`, place: transition.place });
  return {
    // A transition to another state changes it, and which ones do is not kept apart.
    state: own.some(({ kind }) => kind === "assign") ? "changed" : "unknown",
    readsState: true,
    reply: "none",
    blocks: [],
    tables: [],
    others,
  };
}

/** One clause for each case; for a function that tells nothing apart, one for all. */
function casesOf(logic: Logic, input: DefineInput): CallbackClause[] {
  const { world } = input;
  const known = world.cases.get(logic);
  if (known === undefined) {
    if (logic.code === null) return [];
    const { code } = logic;
    return [clause(logic, code, 0, { role: "init", pattern: "_", tag: null, place: code.place(code.clause), head: logic.place }, input)];
  }
  const { code, taken } = known;
  const replies = world.replies.some((one) => one.code.outermost === code.outermost);
  const role = replies ? "call" : "cast";
  if (taken.cases.length === 0)
    return [clause(logic, code, 0, { role, pattern: "_", tag: null, place: code.place(code.clause), head: logic.place }, input)];
  return taken.cases.map(({ tag, place, head, asksMore }, i) =>
    clause(logic, code, i, { role, pattern: tag ?? "_", tag, place, head, asksMore }, input),
  );
}

interface Head {
  readonly role: CallbackClause["role"];
  readonly pattern: string;
  readonly tag: string | null;
  readonly place: CallbackClause["place"];
  readonly head: CallbackClause["place"];
  readonly asksMore?: boolean;
}

function clause(
  logic: Logic,
  code: Code,
  index: number,
  { role, pattern, tag, place, head, asksMore }: Head,
  input: DefineInput,
): CallbackClause {
  const changes = changesOf(logic, code);
  const sent = input.messages.filter((one) => one.from === code.key && one.clause === index);
  return {
    fn: code.key,
    clause: index,
    role,
    pattern,
    tag,
    place,
    headPlace: head,
    ...(asksMore === true ? { asksMore } : {}),
    ...(logic.form === "stateless" ? { interleaves: true } : {}),
    effects: {
      state: changes === "none" ? "unchanged" : changes,
      readsState: logic.form === "function" || logic.form === "transition",
      reply: role === "call" ? "direct" : "none",
      // What a stateless actor waits for keeps none of its other messages waiting.
      blocks: logic.form === "function" ? blocksOf(code.key, index, input) : [],
      tables: [],
      others: sent.map(({ target, place: at }): Effect => ({ kind: "send", text: `sends to ${target}`, place: at })),
    },
  };
}

/** Whether what the function returns, the next state, is ever another one than it was given. */
function changesOf({ form }: Logic, code: Code): "none" | "changed" | "unknown" {
  if (form === "stateless") return "none";
  if (form !== "function" && form !== "transition") return "unknown";
  const [state] = code.clause.params;
  const results = code.parts.results;
  if (state?.k !== "variable" || results.length === 0) return "unknown";
  return results.every((e) => e.k === "variable" && e.name === state.name) && !isAssigned(code, state.name) ? "none" : "changed";
}

function isAssigned(code: Code, name: string): boolean {
  let found = false;
  walkOwn(code.clause.body, (e) => {
    let base = e.k === "match" ? e.pattern : null;
    while (base?.k === "field") base = base.base;
    if (base?.k === "variable" && base.name === name) found = true;
    return !found;
  });
  return found;
}

const hopLimit = 6;

/** An actor takes its next message when what its function returned has come: what the function waits for, the others wait for. */
function blocksOf(key: string, index: number, { functions, messages }: DefineInput): BlockingStep[] {
  const found: BlockingStep[] = [];
  const seen = new Set<string>([key]);
  let open: { readonly key: string; readonly path: readonly Evidence[]; readonly clause: number | null }[] = [
    { key, path: [], clause: index },
  ];
  for (let hops = 0; hops < hopLimit && open.length > 0; hops++) {
    const next: typeof open = [];
    for (const at of open) {
      const node = functions.get(at.key);
      if (node === undefined) continue;
      const isHere = (one: { readonly clause: number }): boolean => at.clause === null || one.clause === at.clause;
      for (const { what, category, place } of node.waits.filter(isHere))
        found.push({ what, category, path: [...at.path, { message: what, place }], certainty: "certain" });
      for (const { mode, from, clause: one, place, target } of messages)
        if (mode === "call" && from === at.key && isHere({ clause: one }))
          found.push({
            what: `waits for ${target}`,
            category: "call",
            path: [...at.path, { message: `asks ${target}`, place }],
            certainty: "certain",
          });
      for (const { to, place } of node.calls.filter(isHere)) {
        if (seen.has(to)) continue;
        seen.add(to);
        next.push({ key: to, path: [...at.path, { message: functions.get(to)?.name ?? to, place }], clause: null });
      }
    }
    open = next;
  }
  return found;
}

const evidenceLimit = 6;

function reasonsOf(logic: Logic, callbacks: readonly CallbackClause[], { world }: DefineInput): Reason[] {
  const found: Reason[] = [];
  const add = (kind: ReasonKind, text: string, evidence: readonly Evidence[]): void => {
    found.push({ kind, text, evidence: evidence.slice(0, evidenceLimit) });
  };
  const chart = world.charts.get(logic);
  if (chart !== undefined && chart.states.length > 1)
    add("state_machine", `is a state machine of ${chart.states.length - 1} states`, [{ message: "its states", place: logic.place }]);
  const timers = (chart?.transitions ?? []).filter(({ kind }) => kind === "after");
  if (timers.length > 0)
    add(
      "timer",
      "keeps time",
      timers.map(({ event, place }) => ({ message: `after ${event}`, place })),
    );
  const children = world.started.filter(({ parent }) => parent === logic);
  if (children.length > 0)
    add(
      "supervises",
      "has children of its own",
      children.map(({ place }) => ({ message: "starts a child", place })),
    );
  if (logic.form === "promise")
    add("own_work", "works beside the actor that starts it", [{ message: "runs on its own", place: logic.place }]);
  if (logic.form === "callback" || logic.form === "observable")
    add("event_source", "brings events in from outside", [{ message: "is told of events", place: logic.place }]);
  const changes = callbacks.filter(({ effects }) => effects.state === "changed");
  if (logic.form !== "machine" && changes.length > 0)
    add(
      "memory_state",
      "keeps state between messages",
      changes.map(({ headPlace, place }) => ({ message: "gives the next state", place: headPlace ?? place })),
    );
  if (world.started.some((one) => one.logic === logic && one.notes.some((note) => note.startsWith("stops when idle"))))
    add("timer", "ends by itself when it is idle", [{ message: "ends when idle", place: logic.place }]);
  return found;
}
