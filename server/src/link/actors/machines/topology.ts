/** Actors that are values → the parts of the topology that they make: functions, messages, trees. Pure. */
import { append } from "../../../model/append.ts";
import type { Expression } from "../../../model/expression.ts";
import type { ApplicationTree, Cardinality, FunctionNode, HandlerClause, Message, Place, TreeNode } from "../../../model/topology.ts";
import { type Code, forEachPart } from "../code.ts";
import type { Nodes } from "../nodes.ts";
import type { ChartState, Transition } from "./chart.ts";
import { onCrashOf } from "./crashes.ts";
import { isTakenBy } from "./event-parts.ts";
import { kindOf, type Logic } from "./logic.ts";
import { tagOf } from "./spawned.ts";
import type { Started } from "./started.ts";
import type { Sent, World } from "./world.ts";

export interface TopologyInput {
  readonly world: World;
  readonly nodes: Nodes;
  print(module: string): string;
  /** Whether requests run the code. */
  isRequested(code: Code): boolean;
}

/** The function that stands for a state: its clauses are the transitions. */
export function stateKey({ module }: Logic, { path }: ChartState): string {
  return `${module}.${stateName(path)}/1`;
}

export function stateName(path: string): string {
  return path === "" ? "any state" : path;
}

/** Which case of the function that takes an actor's messages a place stands in. */
export class Clauses {
  private readonly byPlace = new Map<string, number>();
  readonly handlers = new Map<Logic, readonly { readonly tag: string | null; readonly handler: HandlerClause }[]>();
  private readonly transitions = new Map<Transition, number>();

  constructor({ charts, cases }: World) {
    for (const { transitions, logic } of charts.values()) {
      const counts = new Map<ChartState, number>();
      const handlers: { readonly tag: string | null; readonly handler: HandlerClause }[] = [];
      for (const transition of transitions) {
        const clause = counts.get(transition.state) ?? 0;
        counts.set(transition.state, clause + 1);
        this.transitions.set(transition, clause);
        if (transition.kind !== "event") continue;
        handlers.push({ tag: transition.event, handler: { fn: stateKey(logic, transition.state), clause, place: transition.place } });
      }
      this.handlers.set(logic, handlers);
    }
    for (const [logic, { code, taken }] of cases) {
      const handlers = taken.cases.map(({ tag, place }, clause) => ({ tag, handler: { fn: code.key, clause, place } }));
      const whole = { tag: null, handler: { fn: code.key, clause: 0, place: code.place(code.clause) } };
      this.handlers.set(logic, handlers.length > 0 ? handlers : [whole]);
      for (const [clause, { body }] of taken.cases.entries()) for (const e of body) this.mark(e, code.script.path, clause);
    }
  }

  private mark(e: Expression, file: string, clause: number): void {
    const key = `${e.at}:${file}`;
    if (!this.byPlace.has(key)) this.byPlace.set(key, clause);
    forEachPart(e, (part) => this.mark(part, file, clause));
  }

  at({ file, at }: Place): number {
    return this.byPlace.get(`${at}:${file}`) ?? 0;
  }

  of(transition: Transition): number {
    return this.transitions.get(transition) ?? 0;
  }
}

/** Those of its type before those that take any: `feedback.*`, `*`. https://stately.ai/docs/transitions#wildcard-transitions */
function handlersOf(logics: readonly Logic[], tag: string | null, clauses: Clauses): readonly HandlerClause[] {
  if (tag === null) return [];
  const all = logics.flatMap((logic) => clauses.handlers.get(logic) ?? []);
  const exact = all.filter((one) => one.tag === tag).map(({ handler }) => handler);
  const states = new Set(exact.map(({ fn }) => fn));
  const wide = all
    .filter((one) => one.tag !== tag && (one.tag === null || isTakenBy(one.tag, tag)) && !states.has(one.handler.fn))
    .map(({ handler }) => handler);
  return [...exact, ...wide];
}

export function messagesOf({ world, nodes, print }: TopologyInput, clauses: Clauses): Message[] {
  return world.sent.flatMap((sent): readonly Message[] => {
    const logics = sent.to?.of ?? [];
    const field = logics.length === 0 ? null : (world.cases.get(logics[0]!)?.taken.field ?? null);
    const told = sent.message === undefined ? sent.tags : [tagOf(sent.message, field, world.data)].flatMap((tag) => tag ?? []);
    const tags: readonly (string | null)[] = told === null || told.length === 0 ? [null] : told;
    return tags.map((tag) => messageOf(sent, tag, tags.length > 1, logics, { world, nodes, print }, clauses));
  });
}

const lostQuery = {
  why: "The answer is lost, and nobody learns when none comes in time.",
  fix: "`await` it, or `dispatch` the message if no answer is needed.",
};

function messageOf(
  { from, place, mode, to, target, timeout, dropped }: Sent,
  tag: string | null,
  isOneOfSome: boolean,
  logics: readonly Logic[],
  { nodes, print, world }: Pick<TopologyInput, "nodes" | "print" | "world">,
  clauses: Clauses,
): Message {
  const known = handlersOf(logics, tag, clauses);
  // A function that does not tell its messages apart takes them all.
  const whole = logics.flatMap((logic) => (world.cases.get(logic)?.taken.cases.length === 0 ? (clauses.handlers.get(logic) ?? []) : []));
  const handlers = tag === null ? whole.map(({ handler }) => handler) : known;
  const at = "transition" in from ? { fn: stateKey(from.logic, from.transition.state), clause: clauses.of(from.transition) } : null;
  const named = logics.length === 1 ? print(logics[0]!.module) : target;
  return {
    mode,
    from: at?.fn ?? nodes.nodeOf("code" in from ? from.code : from.logic.by.code).key,
    clause: at?.clause ?? clauses.at(place),
    to: logics.map(({ module }) => module),
    target: named,
    tag,
    pattern: tag,
    handler: handlers.length === 1 ? handlers[0]! : null,
    handlers,
    place,
    ...(timeout === null ? {} : { timeout }),
    via: [],
    certainty: logics.length === 0 ? "unknown" : to?.probable === true || isOneOfSome || logics.length > 1 ? "probable" : "certain",
    ...(dropped ? { dropped: lostQuery } : {}),
  };
}

/** A function for each state, and what is known in addition of those that take messages or wait. */
export function functionsOf(
  { world, nodes }: TopologyInput,
  known: Map<string, FunctionNode>,
  clauses: Clauses,
): Map<string, FunctionNode> {
  const found = new Map<string, FunctionNode>();
  for (const { logic, states, transitions } of world.charts.values())
    for (const state of states) {
      const own = transitions.filter((one) => one.state === state);
      if (own.length === 0 && state.path !== "") continue;
      const key = stateKey(logic, state);
      const calls = callsOf(logic, state, world, nodes, clauses);
      found.set(key, {
        key,
        module: logic.module,
        name: stateName(state.path),
        arity: 1,
        exported: false,
        place: state.place,
        namePlace: state.place,
        clauses: own.map(({ place }) => place),
        callees: calls.map(({ to }) => to),
        calls,
        waits: [],
        contexts: [`process:${logic.module}`],
      });
    }
  for (const { code, taken } of world.cases.values()) {
    const node = known.get(code.key);
    if (node === undefined) continue;
    const logic = world.runs.get(code)?.[0];
    found.set(code.key, {
      ...node,
      name: code.parent === null ? node.name : (logic?.name ?? node.name),
      clauses: taken.cases.length > 0 ? taken.cases.map(({ place }) => place) : node.clauses,
      calls: node.calls.map((call) => ({ ...call, clause: clauses.at(call.place) })),
      waits: node.waits.map((wait) => ({ ...wait, clause: clauses.at(wait.place) })),
    });
  }
  for (const { code, place, what } of world.waits) {
    const key = nodes.nodeOf(code).key;
    const node = found.get(key) ?? known.get(key);
    if (node !== undefined)
      found.set(key, { ...node, waits: [...node.waits, { what, category: "call", place, clause: clauses.at(place) }] });
  }
  return found;
}

function callsOf(logic: Logic, state: ChartState, { uses }: World, nodes: Nodes, clauses: Clauses): FunctionNode["calls"] {
  const calls: FunctionNode["calls"][number][] = [];
  for (const [code, list] of uses)
    for (const use of list)
      if (use.logic === logic && use.transition.state === state)
        calls.push({ to: nodes.nodeOf(code).key, place: use.transition.place, clause: clauses.of(use.transition) });
  return calls;
}

const bare = { start: null, restart: null, shutdown: null, strategy: null, intensity: null, period: null } as const;

export class Trees {
  private readonly input: TopologyInput;
  private readonly children = new Map<Logic, Started[]>();
  private readonly starts = new Map<Logic, Started[]>();

  constructor(input: TopologyInput) {
    this.input = input;
    for (const one of input.world.started) {
      if (one.parent !== null) append(this.children, one.parent, one);
      if (one.logic !== null) append(this.starts, one.logic, one);
    }
  }

  /** How many actors run the logic at a time: as many as are started, for each that starts them. */
  cardinalityOf(logic: Logic, above: readonly Logic[] = []): Cardinality {
    if (above.includes(logic)) return "many";
    const starts = this.starts.get(logic) ?? [];
    if (starts.length === 0) return "unknown";
    const all = starts.map((one) => this.timesOf(one, [...above, logic]));
    if (all.includes("many")) return "many";
    if (all.includes("unknown")) return "unknown";
    return new Set(starts.map((one) => `${one.parent?.module} ${one.system?.name} ${one.id}`)).size === 1 ? "one" : "fixed";
  }

  private timesOf(one: Started, above: readonly Logic[]): Cardinality {
    const own = this.ownTimes(one);
    if (own === "many" || one.parent === null) return own;
    const parent = this.cardinalityOf(one.parent, above);
    return parent === "many" || parent === "unknown" ? parent : own;
  }

  private ownTimes({ cardinality, code, isRoot }: Started): Cardinality {
    return isRoot && cardinality === "unknown" && this.input.isRequested(code) ? "many" : cardinality;
  }

  trees(): { readonly applications: readonly ApplicationTree[]; readonly unattached: readonly TreeNode[] } {
    const { world, print } = this.input;
    const systems = world.systems.map((system): ApplicationTree => {
      const own = world.started.filter((one) => one.system === system);
      const root: TreeNode = {
        ...bare,
        id: system.name,
        module: null,
        moduleAtom: null,
        kind: "actor_system",
        type: "supervisor",
        name: { scope: "local", value: system.name },
        cardinality: "one",
        origin: "init",
        condition: null,
        certainty: "certain",
        place: system.place,
        children: this.nodes(own, []),
      };
      return { name: system.name, language: "typescript", callback: null, place: system.place, root };
    });
    const roots = together(world.started.filter((one) => one.isRoot && one.logic !== null)).map((one): ApplicationTree => {
      const name = one.id ?? print(one.logic!.module);
      return { name, language: "typescript", callback: null, place: one.place, root: this.node(one, []) };
    });
    const loose = world.started.filter((one) => one.parent === null && one.system === null && !one.isRoot);
    const unstarted = world.logics.filter((logic) => !this.starts.has(logic)).map((logic) => this.unstarted(logic));
    return { applications: [...systems, ...roots], unattached: [...this.nodes(loose, []), ...unstarted] };
  }

  private unstarted(logic: Logic): TreeNode {
    const node = this.node(
      {
        parent: null,
        system: null,
        under: null,
        isRoot: false,
        logic,
        id: null,
        systemId: null,
        cardinality: "unknown",
        condition: null,
        origin: "init",
        certainty: "certain",
        notes: [],
        onCrash: null,
        place: logic.place,
        code: logic.by.code,
        by: logic.by,
        field: null,
        input: null,
      },
      [],
    );
    return node;
  }

  private nodes(started: readonly Started[], above: readonly Logic[]): readonly TreeNode[] {
    return merged(inOrder(started)).map((one) => this.node(one, above));
  }

  private node(one: Started, above: readonly Logic[]): TreeNode {
    const { logic, id, systemId, condition, origin, certainty, notes, place } = one;
    // Where actors are functions, each has its name.
    const named = logic?.form === "function" || logic?.form === "stateless" ? id : null;
    const isAgain = logic !== null && above.includes(logic);
    const words = [
      ...(logic === null || formWords[logic.form] === undefined ? [] : [formWords[logic.form]!]),
      ...notes,
      ...(isAgain ? ["as above"] : []),
    ];
    const isOwn = ({ under }: Started): boolean => under === null || under.some((parent) => parent.by.e === one.by.e && parent.id === id);
    const below = logic === null || isAgain ? [] : (this.children.get(logic) ?? []).filter(isOwn);
    const children = logic === null ? [] : this.nodes(below, [...above, logic]);
    const onCrash = onCrashOf(one, this.input.world.charts);
    return {
      ...bare,
      id,
      module: logic === null ? null : this.input.print(logic.module),
      moduleAtom: logic?.module ?? null,
      kind: logic === null ? "actor" : kindOf(logic),
      type: children.length > 0 ? "supervisor" : "worker",
      name: (systemId ?? named) === null ? null : { scope: "local", value: (systemId ?? named)! },
      cardinality: this.ownTimes(one),
      origin,
      condition,
      certainty,
      place,
      children,
      ...(words.length === 0 ? {} : { notes: words }),
      ...(onCrash === null ? {} : { onCrash }),
    };
  }
}

/** Those of one file in the order of its source. */
function inOrder(started: readonly Started[]): readonly Started[] {
  return [...started].sort((a, b) => (a.place.file === b.place.file ? a.place.at - b.place.at : 0));
}

/** Hooks of several components that run the same logic are one tree. */
function together(roots: readonly Started[]): readonly Started[] {
  const seen = new Set<Logic>();
  return roots.filter(({ logic, cardinality }) => {
    if (cardinality !== "many" || logic === null) return true;
    const isNew = !seen.has(logic);
    seen.add(logic);
    return isNew;
  });
}

const formWords: Partial<Record<Logic["form"], string>> = {
  promise: "promise",
  callback: "callback",
  observable: "observable",
  transition: "transition function",
  stateless: "stateless",
};

const shownStates = 3;

/** The same actor in several states is one child: it is there in each of them. */
function merged(started: readonly Started[]): readonly Started[] {
  const groups = new Map<string, Started[]>();
  for (const [i, one] of started.entries()) {
    const isState = one.condition?.startsWith("in state ") === true;
    append(groups, isState ? `${one.logic?.module} ${one.id} ${one.systemId} ${one.cardinality}` : `#${i}`, one);
  }
  return [...groups.values()].map((group) => {
    const [first] = group;
    if (group.length === 1) return first!;
    const states = [...new Set(group.map(({ condition }) => condition!.slice("in state ".length)))];
    const more = states.length > shownStates ? ` or ${states.length - shownStates} more` : "";
    return { ...first!, condition: `in state ${states.slice(0, shownStates).join(" or ")}${more}` };
  });
}
