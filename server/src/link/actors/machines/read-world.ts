/** Scripts → what their actors that are values do: machines, other logic, functions that take messages. Pure. */
import { append } from "../../../model/append.ts";
import type { Expression } from "../../../model/expression.ts";
import type { Place } from "../../../model/topology.ts";
import { type Code, walkOwn } from "../code.ts";
import type { Evaluator } from "../evaluate.ts";
import type { Program } from "../program.ts";
import type { FoundEffect, Sites } from "../sites.ts";
import type { Closed } from "../value.ts";
import { Carried } from "./carried.ts";
import { casesOf } from "./cases.ts";
import { type Chart, Charts } from "./chart.ts";
import { ContextFields } from "./context-fields.ts";
import { Data } from "./data.ts";
import { EventParts } from "./event-parts.ts";
import { isProduct, type Logic, Logics } from "./logic.ts";
import { Reader, type ReaderInput } from "./reader.ts";
import type { Given, Role } from "./ref.ts";
import { Refs } from "./refs.ts";
import { roleOfFunction, SpawnReader, systemOf } from "./spawned.ts";
import type { ActorSystem, Started } from "./started.ts";
import type { TakenCases, World } from "./world.ts";

/** How often it is read what is sent: whom an event names may be sent one that names somebody, too. */
const sentPasses = 4;

/** Null where nobody makes or starts such actors. */
export function readWorld(program: Program, evaluator: Evaluator, sites: Sites): World | null {
  const isOne = ({ does }: FoundEffect): boolean => does.op === "logic" || does.op === "run" || does.op === "spawn" || does.op === "tell";
  return sites.effects.some(isOne) ? new WorldReader(program, evaluator, sites).read() : null;
}

class WorldReader {
  private readonly program: Program;
  private readonly evaluator: Evaluator;
  private readonly sites: Sites;
  private readonly data: Data;
  private readonly logics: Logics;
  private readonly charts: Charts;
  private readonly fields: ContextFields;
  private readonly chartOf = new Map<Logic, Chart>();
  private readonly roles = new Map<Code, Role[]>();
  private readonly runs = new Map<Code, Logic[]>();
  private readonly started: Started[] = [];
  private readonly systems = new Map<Expression, ActorSystem>();
  private readonly uses: ReaderInput["uses"] = new Map();
  private readonly cases = new Map<Logic, TakenCases>();
  private readonly events: EventParts;
  private readonly refs: Refs;

  constructor(program: Program, evaluator: Evaluator, sites: Sites) {
    this.program = program;
    this.evaluator = evaluator;
    this.sites = sites;
    this.data = new Data(evaluator);
    this.logics = new Logics(program, evaluator, this.data, sites);
    this.charts = new Charts(this.data, this.logics, evaluator, this.provided());
    this.fields = new ContextFields({ program, data: this.data });
    this.events = new EventParts({ data: this.data, uses: this.uses, cases: this.cases });
    this.refs = new Refs({
      program,
      evaluator,
      data: this.data,
      logics: this.logics,
      calls: sites.calls,
      roles: this.roles,
      started: this.started,
      systems: this.systems,
      events: this.events,
      fields: this.fields,
    });
  }

  read(): World {
    const { program, data, refs, fields, roles, started, uses, cases } = this;
    for (const logic of this.logics.all) this.readLogic(logic);
    const namedLogic = (machine: Logic, name: string): Logic | null => this.charts.namedLogic(machine, name);
    const reader = new Reader({ program, data, refs, fields, roles, started, uses, namedLogic });
    for (const chart of this.chartOf.values()) reader.start(chart);
    for (const effect of this.effectsOf("run")) this.run(effect);
    this.readSpawned();
    this.readCases();
    this.readSent(reader);
    const replies: { readonly code: Code; readonly place: Place }[] = [];
    const tells = this.effectsOf("tell");
    const carried = new Carried({ tells, roles, cases, refs, data });
    for (const effect of tells) {
      const told = effect.does.op === "tell" ? new SpawnReader(this.logics, data).tell(effect, effect.does, refs, carried) : null;
      if (told?.isReply === true) replies.push({ code: effect.code, place: effect.code.place(effect.e) });
      if (told?.sent != null) reader.sent.push(told.sent);
    }
    return {
      logics: this.logics.all,
      charts: this.chartOf,
      systems: [...this.systems.values()],
      started,
      sent: reader.sent,
      effects: reader.effects,
      uses,
      runs: this.runs,
      cases,
      replies,
      waits: this.effectsOf("wait_for").flatMap(({ code, e, does, name, waiting }) =>
        does.op === "wait_for" && waiting === "waits" && isProduct(code)
          ? [{ code, place: code.place(e), what: `${does.what} (${name})` }]
          : [],
      ),
      data,
    };
  }

  /** Again where somebody is sent what an event names, which the events tell that are known by then. */
  private readSent(reader: Reader): void {
    for (let pass = 0; pass < sentPasses; pass++) {
      const unknown = reader.sent.filter(({ to }) => to === null).length;
      this.events.take(reader.sent);
      reader.forgetSent();
      for (const chart of this.chartOf.values()) reader.send(chart);
      for (const code of this.program.codes) if (isProduct(code)) reader.sendsIn(code);
      if (!this.events.isAsked || (pass > 1 && reader.sent.filter(({ to }) => to === null).length === unknown)) break;
    }
  }

  private effectsOf(op: FoundEffect["does"]["op"]): readonly FoundEffect[] {
    return this.sites.effects.filter(({ does }) => does.op === op);
  }

  /** `machine.provide({ actors })`: what a machine is also given. */
  private provided(): Map<Logic, Closed[]> {
    const found = new Map<Logic, Closed[]>();
    for (const { code, e, name } of this.effectsOf("prepare")) {
      if (name !== "provide" || e.k !== "call" || e.module === null || e.args[0] === undefined || !isProduct(code)) continue;
      const logic = this.logics.of({ e: e.module, code, args: null });
      if (logic !== null) append(found, logic, { e: e.args[0], code, args: null });
    }
    return found;
  }

  private readLogic(logic: Logic): void {
    if (logic.form === "machine") {
      const chart = this.charts.read(logic);
      this.chartOf.set(logic, chart);
      this.fields.read(chart);
      for (const code of chart.codes) this.give(code, { logic, parameters: ["all"] });
      for (const code of chart.codes) this.giveEnqueued(code, logic);
    } else if (logic.code !== null && logic.form !== "function" && logic.form !== "stateless") {
      const parameters: readonly (Given | "event" | null)[] = logic.form === "transition" ? [null, "event", "all"] : ["all"];
      this.give(logic.code, { logic, parameters });
    }
  }

  /** `enqueue.assign({ parts: ({ spawn }) => … })`, `enqueue(assign(…))`: what is enqueued is given what an action is. */
  private giveEnqueued(code: Code, logic: Logic): void {
    const give = (e: Expression): void => {
      if (e.k === "map") for (const [, value] of e.pairs) give(value);
      const own = e.k === "fn" ? code.inner.get(e) : undefined;
      if (own !== undefined) append(this.roles, own, { logic, parameters: ["all"] });
    };
    walkOwn(code.clause.body, (e) => {
      if (e.k !== "call") return true;
      const enqueue: Expression = e.module ?? { k: "variable", at: e.nameAt, name: e.name };
      if (!this.refs.isGiven({ e: enqueue, code, args: null }, "enqueue")) return true;
      const actions = e.module === null ? e.args.flatMap((one) => (one.k === "call" ? one.args : [])) : e.args;
      for (const argument of actions) give(argument);
      return true;
    });
    for (const inner of code.inner.values()) if (!this.roles.has(inner)) this.giveEnqueued(inner, logic);
  }

  private give(code: Code, role: Role): void {
    append(this.roles, code, role);
    append(this.runs, code, role.logic);
  }

  /** `createActor(machine)`: each of the machines that it may be is the root of a system. */
  private run({ code, e, does }: FoundEffect): void {
    if (does.op !== "run" || e.k !== "call" || !isProduct(code)) return;
    const [logic, written] = [e.args[does.logic], does.options === null ? undefined : e.args[does.options]];
    if (logic === undefined) return;
    const closed: Closed = { e: logic, code, args: null };
    const ways = this.logics.of(closed) === null ? this.refs.variantsOf(closed) : [closed];
    const found = new Set<string>();
    for (const way of ways) {
      const one = this.logics.of(way);
      const options = written === undefined ? null : { ...way, e: written };
      const id = this.data.text(this.data.get(options, "id"));
      const systemId = this.data.text(this.data.get(options, "systemId"));
      const key = `${one?.module} ${id} ${systemId}`;
      if (one === null || found.has(key)) continue;
      found.add(key);
      this.started.push({
        parent: null,
        system: null,
        under: null,
        isRoot: true,
        logic: one,
        id,
        systemId,
        cardinality: does.each ? "many" : this.timesOf(code, 0),
        condition: null,
        origin: "init",
        certainty: "certain",
        notes: [],
        onCrash: null,
        place: code.place(e),
        code,
        by: { e, code, args: null },
        field: null,
        input: this.data.get(options, "input"),
      });
    }
  }

  /** How often code runs: once where it is that of a file, or called from such code alone and there once. */
  private timesOf(code: Code, depth: number): "one" | "unknown" {
    if (code.parent === null && code.facts === null) return code.module.name.includes("#") ? "unknown" : "one";
    if (code.parent !== null || depth > 4) return "unknown";
    const edges = this.sites.calls.filter(({ to }) => to === code);
    return edges.length === 1 ? this.timesOf(edges[0]!.from, depth + 1) : "unknown";
  }

  /** Twice: the parent of an actor may be one that is started elsewhere. */
  private readSpawned(): void {
    for (const effect of this.effectsOf("actor_system")) {
      const { code, e, does } = effect;
      if (does.op === "actor_system" && isProduct(code))
        this.systems.set(e, systemOf(effect, does.options, this.data, nameOfMatch(code, e)));
    }
    const spawns = new SpawnReader(this.logics, this.data);
    const effects = this.effectsOf("spawn").flatMap((effect) => (effect.does.op === "spawn" ? [{ effect, does: effect.does }] : []));
    const known = effects.map(({ effect, does }) => ({ effect, does, logic: spawns.logicOf(effect, does, this.refs) }));
    for (const { logic } of known) {
      if (logic?.code == null || (this.roles.get(logic.code) ?? []).some((role) => role.logic === logic)) continue;
      this.give(logic.code, roleOfFunction(logic));
    }
    const others = [...this.started];
    for (let pass = 0; pass < 2; pass++) {
      const found = known.flatMap(({ effect, does, logic }) => spawns.started(effect, does, logic, this.refs));
      this.started.length = 0;
      this.started.push(...others, ...found);
    }
  }

  private readCases(): void {
    for (const logic of this.logics.all) {
      const parameter = logic.form === "stateless" ? 0 : logic.form === "function" || logic.form === "transition" ? 1 : -1;
      const code = logic.form === "callback" ? this.receiverOf(logic) : logic.code;
      if (code === null || (parameter < 0 && logic.form !== "callback")) continue;
      this.cases.set(logic, { code, taken: casesOf(code, Math.max(parameter, 0), this.evaluator) });
    }
  }

  /** `receive((event) => …)` in the function of a callback actor. */
  private receiverOf(logic: Logic): Code | null {
    let found: Code | null = null;
    const { code } = logic;
    if (code === null) return null;
    walkOwn(code.clause.body, (e) => {
      const [given] = e.k === "call" ? e.args : [];
      if (e.k !== "call" || e.module !== null || given === undefined) return true;
      if (!this.refs.isGiven({ e: { k: "variable", at: e.nameAt, name: e.name }, code, args: null }, "receive")) return true;
      const value = this.evaluator.evaluate({ e: given, code, args: null });
      if (value.v === "code") found = value.code;
      return true;
    });
    if (found !== null) this.give(found, { logic, parameters: ["event"] });
    return found;
  }
}

/** `const system = start()`. */
function nameOfMatch(code: Code, e: Expression): string | null {
  if (code.facts === null && code.parent === null) {
    const attribute = code.module.attributes.find(({ value }) => value === e);
    if (attribute !== undefined) return attribute.name;
  }
  let name: string | null = null;
  walkOwn(code.clause.body, (one) => {
    if (one.k === "match" && one.value === e && one.pattern.k === "variable") name ??= one.pattern.name;
    return true;
  });
  return name;
}
