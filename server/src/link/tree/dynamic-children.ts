/**
 * Children that code starts under a running supervisor: `DynamicSupervisor.start_child/2`, `supervisor:start_child/2`, `Task.Supervisor.async/2` … .
 *
 * Each function that calls such a primitive is evaluated with its parameters unknown; what it adds is attached to the supervisor that it names. A function
 * that is told by its callers what to start (`start_child(Mod)`) is looked at once for each of them.
 */
import type { CallExpression, Expression, FunctionReferenceExpression } from "../../model/expression.ts";
import type { FunctionFacts } from "../../model/facts.ts";
import type { Steps } from "../../model/steps.ts";
import type { Evaluator } from "../evaluate/evaluator.ts";
import { moduleFrame, newSession, type Session } from "../evaluate/frame.ts";
import { dependsOnParameter, isKnown, keyOf, type Value } from "../evaluate/value.ts";
import type { FunctionInfo, ModuleInfo, ModuleTable } from "../modules.ts";
import { visitExpression } from "../visit.ts";
import { findBootSteps } from "./boot-steps.ts";

export interface AddedChild {
  readonly fn: FunctionInfo;
  readonly supervisor: Value;
  readonly spec: Session["added"][number]["spec"];
}

/** Names of functions that add children, from the library tables' point of view the only ones with `start_child` or a supervisor to spawn under. */
const ADDING: ReadonlySet<string> = new Set([
  "start_child",
  "async",
  "async_nolink",
  "async_stream",
  "async_stream_nolink",
  "terminate_child",
  "restart_child",
]);
/** Callers of callers of … that are looked at. */
const MOST_ROUNDS = 6;
/** What a look at one function may cost. */
const FUEL = 20_000;

const namesCalled = new WeakMap<FunctionFacts, readonly string[]>();

/** Names that a function calls or refers to; of one read in outline, those that it may. */
function namesIn(facts: FunctionFacts): readonly string[] {
  if (facts.mayCall) return facts.mayCall;
  let names = namesCalled.get(facts);
  if (names === undefined) {
    const found = new Set<string>();
    forEachCall(facts, ({ name }) => found.add(name));
    namesCalled.set(facts, (names = [...found]));
  }
  return names;
}

function callsAny(facts: FunctionFacts, wanted: ReadonlySet<string>): boolean {
  for (const name of namesIn(facts)) if (wanted.has(name)) return true;
  return false;
}

function forEachCall(facts: FunctionFacts, see: (e: CallExpression | FunctionReferenceExpression) => void): void {
  const visit = (e: Expression): void => {
    if (e.k === "call" || e.k === "funref") see(e);
  };
  for (const clause of facts.clauses) visitExpression(clause.body, visit);
}

const callsAdding = new WeakMap<FunctionFacts, boolean>();

function mayAdd(facts: FunctionFacts): boolean {
  if (!callsAny(facts, ADDING)) return false;
  let found = callsAdding.get(facts);
  if (found === undefined) {
    found = false;
    forEachCall(facts, ({ module, name }) => {
      found ||= module !== null && ADDING.has(name);
    });
    callsAdding.set(facts, found);
  }
  return found;
}

export function findAddedChildren(modules: ModuleTable, evaluator: Evaluator): Steps<AddedChild[]> {
  return new Finder(modules, evaluator).find();
}

interface SourceFunction {
  readonly fn: FunctionInfo;
  readonly module: ModuleInfo;
}

class Finder {
  private readonly added: AddedChild[] = [];
  private readonly seen = new Set<string>();
  /** By the keys of functions that callers tell what to start. */
  private readonly callers = new Map<string, string[]>();
  /** Functions of the workspace's own source. */
  private readonly functions: readonly SourceFunction[];
  private readonly modules: ModuleTable;
  private readonly evaluator: Evaluator;

  constructor(modules: ModuleTable, evaluator: Evaluator) {
    this.modules = modules;
    this.evaluator = evaluator;
    const sources = modules.all().filter(({ file }) => file.role === "source");
    this.functions = sources.flatMap((module) =>
      [...new Set(module.functions.values())].filter((fn) => modules.file(fn.file)?.role !== "library").map((fn) => ({ fn, module })),
    );
  }

  *find(): Steps<AddedChild[]> {
    this.runBootSteps();
    yield;
    const looked = new Set<string>();
    let next = this.functions.filter(({ fn }) => mayAdd(fn.facts));
    for (let round = 0; round < MOST_ROUNDS && next.length > 0; round++) {
      const told = new Set<string>();
      for (const { fn, module } of next) {
        yield;
        looked.add(fn.key);
        if (this.look(fn, module.name)) told.add(fn.key);
      }
      next = told.size > 0 ? this.callersOf(told).filter(({ fn }) => !looked.has(fn.key)) : [];
    }
    return this.withoutBlanks();
  }

  /**
   * A supervisor whose arguments callers give stands once for each of them that tells those, and besides where some caller does not: it is left out where
   * all callers have one of their own.
   */
  private withoutBlanks(): AddedChild[] {
    const placeOf = ({ supervisor, spec }: AddedChild, id: string): string =>
      `${spec.place?.file}:${spec.place?.at}:${keyOf(supervisor)}:${startModule(spec.value)}:${id}`;
    const isBlank = ({ spec }: AddedChild): boolean => isSupervisorOfArguments(spec.value);
    const functions = new Map<string, Set<string>>();
    const told = new Set<string>();
    for (const child of this.added) {
      for (const place of new Set([placeOf(child, ""), placeOf(child, knownId(child.spec.value))])) {
        functions.set(place, (functions.get(place) ?? new Set()).add(child.fn.key));
        if (!isBlank(child)) told.add(place);
      }
    }
    const blanks = new Set<string>();
    return this.added.filter((child) => {
      if (!isBlank(child)) return true;
      const place = placeOf(child, knownId(child.spec.value));
      const isNeeded = !told.has(place) || (this.callers.get(child.fn.key) ?? []).some((key) => !functions.get(place)?.has(key));
      if (!isNeeded || blanks.has(place)) return false;
      blanks.add(place);
      return true;
    });
  }

  private callersOf(keys: ReadonlySet<string>): SourceFunction[] {
    const names = new Set([...keys].map((key) => key.slice(key.lastIndexOf(".") + 1)));
    const plain = new Set([...names].map((name) => name.slice(0, name.indexOf("/"))));
    return this.functions.filter(({ fn, module }) => {
      if (!callsAny(fn.facts, plain)) return false;
      let found = false;
      forEachCall(fn.facts, (e) => {
        const { module: target, name } = e;
        const arity = e.k === "call" ? e.args.length : e.arity;
        if (!names.has(`${name}/${arity}`) || (target !== null && target.k !== "atom")) return;
        const callee = this.modules.resolve(module.name, target?.value ?? null, name, arity);
        if (callee === null || !keys.has(callee.key)) return;
        found = true;
        this.callers.set(callee.key, [...(this.callers.get(callee.key) ?? []), fn.key]);
      });
      return found;
    });
  }

  /** Enters what a function adds. True where a caller tells what that is. */
  private look(fn: FunctionInfo, module: string): boolean {
    const session = newSession(FUEL);
    const args: Value[] = fn.facts.clauses[0]?.params.map((_, index) => ({ v: "parameter", index, path: [] })) ?? [];
    this.evaluator.call(fn, args, moduleFrame(module, fn.file, session));
    return this.enter(session, fn);
  }

  private enter(session: Session, fn: FunctionInfo, place?: AddedChild["spec"]["place"]): boolean {
    let told = false;
    for (const { supervisor, spec } of session.added) {
      if (isTold(spec.value)) told = true;
      const key = `${spec.place?.file}:${spec.place?.at}:${keyOf(supervisor)}:${keyOf(spec.value)}:${fn.module}`;
      if (this.seen.has(key)) continue;
      this.seen.add(key);
      this.added.push({ fn, supervisor, spec: place ? { ...spec, place } : spec });
    }
    return told;
  }

  private runBootSteps(): void {
    for (const { module, fn: name, args, place } of findBootSteps(this.modules, this.evaluator)) {
      const fn = this.modules.resolve(module, module, name, args.length);
      if (!fn) continue;
      const session = newSession(FUEL);
      this.evaluator.call(fn, args, moduleFrame(module, fn.file, session));
      this.enter(session, fn, place);
    }
  }
}

/** A specification of a supervisor whose arguments callers give: what is below it depends on them. */
function isSupervisorOfArguments(spec: Value): boolean {
  if (spec.v === "tuple") return spec.items.length === 6 && isSupervisor(spec.items[4]) && dependsOnParameter(spec.items[1]);
  const start = spec.v === "map" ? spec.entries.get(":start")?.[1] : undefined;
  return spec.v === "map" && start !== undefined && isSupervisor(spec.entries.get(":type")?.[1]) && dependsOnParameter(start);
}

/** Empty where callers tell the id, too. */
function knownId(spec: Value): string {
  const id = spec.v === "tuple" ? spec.items[0] : spec.v === "map" ? spec.entries.get(":id")?.[1] : undefined;
  return id && isKnown(id) ? keyOf(id) : "";
}

/** The module whose function starts the child, as a key; empty where it is not known. */
export function startModule(spec: Value): string {
  const start = spec.v === "tuple" ? spec.items[1] : spec.v === "map" ? spec.entries.get(":start")?.[1] : undefined;
  return start?.v === "tuple" && start.items.length === 3 ? keyOf(start.items[0]) : "";
}

function isSupervisor(type: Value | undefined): boolean {
  return type?.v === "atom" && type.value === "supervisor";
}

/** Whether a caller tells which module is to be started, or what a supervisor is started with. */
function isTold(spec: Value): boolean {
  if (isSupervisorOfArguments(spec)) return true;
  switch (spec.v) {
    case "parameter":
      return true;
    case "tuple": {
      const [first, start] = spec.items;
      if (spec.items.length === 6) return start !== undefined && isTold(start);
      return first?.v === "parameter" && (spec.items.length === 2 || spec.items.length === 3);
    }
    case "map": {
      const start = spec.entries.get(":start")?.[1];
      return start !== undefined && isTold(start);
    }
    case "choice":
      return spec.options.some(({ value }) => isTold(value));
    default:
      return false;
  }
}
