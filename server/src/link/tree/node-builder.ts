/** From a child specification or a started process to a node of the tree, with everything below it. Never throws; a supervisor inside itself ends there. */
import type { Place, ProcessKind, TreeNode } from "../../model/topology.ts";
import { choose } from "../evaluate/branches.ts";
import { childSpecification, supervisorFlags } from "../evaluate/builtin-supervisors.ts";
import type { Evaluator } from "../evaluate/evaluator.ts";
import { type Frame, moduleFrame, newSession } from "../evaluate/frame.ts";
import { both, spreadChoices, toList } from "../evaluate/lists.ts";
import {
  type ChoiceValue,
  EMPTY_LIST,
  type Item,
  isKnown,
  isOfOneRun,
  keyOf,
  type MapValue,
  type ProcessValue,
  settle,
  UNKNOWN,
  type Value,
} from "../evaluate/value.ts";
import type { LibraryIndex } from "../library-index.ts";
import type { FunctionInfo } from "../modules.ts";
import { visitClauses } from "../visit.ts";
import { printStart, restartOf, type StartFunction, shutdownOf, startKey, startOf, typeOf } from "./child-specification.ts";
import type { DraftNode } from "./draft.ts";
import { readFlags, readInitResult, type SupervisorResult, UNKNOWN_RESULT } from "./supervisor-result.ts";

const MAX_DEPTH = 24;
const MOST_LATER_ARGUMENTS = 6;

export interface NodeBuilderInput {
  readonly evaluator: Evaluator;
  readonly libraries: LibraryIndex;
  /** The kind of process that a module's behaviours make it, or null. */
  kindOf(module: string): ProcessKind | null;
  /** Called for a supervisor that is found inside itself. */
  onCycle(place: Place, module: string): void;
}

export interface ChildContext {
  readonly origin: TreeNode["origin"];
  readonly cardinality: TreeNode["cardinality"];
  /** Modules of the supervisors above with what each was started with, the nearest last. */
  readonly above: readonly string[];
  /** Where the nearest process above stands in the workspace: what a library starts by itself stands there too. */
  readonly place?: Place;
}

const SUPERVISORS: ReadonlySet<ProcessKind> = new Set<ProcessKind>([
  "supervisor",
  "dynamic_supervisor",
  "partition_supervisor",
  "task_supervisor",
  "registry",
  "consumer_supervisor",
]);

export function isSupervisorKind(kind: ProcessKind): boolean {
  return SUPERVISORS.has(kind);
}

/** Source: erlang.org/doc/man/gen_server#enter_loop-3. */
const LOOPS: Readonly<Record<string, ProcessKind>> = {
  gen_server: "gen_server",
  gen_statem: "gen_statem",
  "Elixir.GenServer": "gen_server",
};

const GENERIC = /^Elixir\.(Supervisor|DynamicSupervisor|Task|Agent|GenServer|Task\.Supervisor|PartitionSupervisor)$/;

/** The module whose function a task or spawned process runs. */
function moduleOfRun(run: Value): string | null {
  if (run.v === "tuple" && run.items[0]?.v === "atom") return run.items[0].value;
  if (run.v === "closure") return run.frame.module;
  return run.v === "funref" ? run.module : null;
}

/** Whether source tells an id whole; references and pids differ from run to run and count as told. */
function isTold(id: Value): boolean {
  if (id.v === "tuple") return id.items.every(isTold);
  return isKnown(id) || (id.v === "unknown" && isOfOneRun(id));
}

/** Whether a worker's `init` starts a supervisor: in its own body, or anywhere below it for the small models of libraries. */
function startsSupervisor(fn: FunctionInfo, deep: boolean, libraries: LibraryIndex): boolean {
  if (deep) return true;
  let found = false;
  visitClauses(fn.facts.clauses, (e) => {
    if (found || e.k !== "call" || e.name !== "start_link" || e.module?.k !== "atom") return;
    const row = libraries.functionRow(e.module.value, e.name, e.args.length);
    found = row?.does.some((operation) => operation.op === "start" && isSupervisorKind(operation.kind)) ?? false;
  });
  return found;
}

export class NodeBuilder {
  private readonly input: NodeBuilderInput;

  constructor(input: NodeBuilderInput) {
    this.input = input;
  }

  /** A specification in any form that Elixir or OTP takes gives one node, several where it is a choice, none where it is nil. */
  fromItem(item: Item, frame: Frame, context: ChildContext): DraftNode[] {
    const { value } = item;
    if (value.v === "choice")
      return spreadChoices({ v: "list", items: [item], complete: true }).items.flatMap((one) => this.fromItem(one, frame, context));
    if (value.v === "atom" && (value.value === "nil" || value.value === "undefined")) return [];
    const written = item.place ?? ("place" in value ? value.place : undefined) ?? { file: frame.file, at: 0 };
    const place = context.place && this.input.evaluator.modules.file(written.file)?.role === "library" ? context.place : written;
    if (value.v === "process") return [this.fromProcess(value, null, place, context)];
    const fresh: Frame = { ...frame, session: newSession() };
    const spec = childSpecification({ evaluator: this.input.evaluator, args: [], frame: fresh, at: place }, value);
    if (spec.v === "choice")
      return spec.options.flatMap((o) =>
        this.fromItem({ ...item, value: o.value, condition: both(item.condition, o.condition) }, frame, context),
      );
    if (spec.v !== "map" || startOf(spec)?.module === "nil") return [];
    const node = this.fromSpecification(spec, item, place, frame, context);
    if (value.v === "unknown" || (value.v === "tuple" && /^(unknown|choice)$/.test(value.items[0]?.v ?? ""))) node.certainty = "probable";
    return [node];
  }

  private fromSpecification(spec: MapValue, item: Item, place: Place, frame: Frame, context: ChildContext): DraftNode {
    const start = startOf(spec);
    const session = newSession();
    const process = start ? this.runStart(start, { ...frame, session }, place, context) : null;
    const inner: ChildContext = item.repeated && context.cardinality === "one" ? { ...context, cardinality: "many" } : context;
    const node = this.fromProcess(process, start, place, inner);
    const declared = typeOf(spec);
    const id = spec.entries.get(":id")?.[1];
    const settled = id ? settle(id) : null;
    node.id = settled ? this.print(settled) : null;
    node.idAtom = settled?.v === "atom" ? settled.value : null;
    node.type = declared ?? (isSupervisorKind(node.kind) ? "supervisor" : "worker");
    node.restart = restartOf(spec);
    node.shutdown = spec.complete ? shutdownOf(spec, node.type) : "unknown";
    node.start = start ? printStart(start) : null;
    node.condition = item.condition;
    node.certainty = item.repeated || !spec.complete || (id && !isTold(id)) || start?.presumed === true ? "probable" : "certain";
    for (const { spec: added } of session.added)
      node.children.push(
        ...this.fromItem(added, frame, {
          ...inner,
          origin: "dynamic",
          above: [...context.above, startedAs(node.moduleAtom, UNKNOWN)],
          place,
        }),
      );
    return node;
  }

  /** The process that a start function gives back, or the first that it starts. */
  private runStart(start: StartFunction, frame: Frame, at: Place, context: ChildContext): ProcessValue | null {
    const args = context.origin === "dynamic" ? this.withLaterArguments(start) : (start.args ?? [UNKNOWN]);
    const inner: Frame = { ...frame, depth: 0 };
    const value = this.input.evaluator.callRemote(start.module, start.name, args, inner, at);
    return (value && findProcess(value)) ?? frame.session.started[0] ?? null;
  }

  /** Under a supervisor of many alike, `start_child/2` gives arguments behind those of the specification: as many as a function of that name takes. */
  private withLaterArguments({ module, name, args }: StartFunction): readonly Value[] {
    const given = args ?? [UNKNOWN];
    const { modules } = this.input.evaluator;
    for (let more = 0; more <= MOST_LATER_ARGUMENTS; more++)
      if (modules.resolve(module, module, name, given.length + more)) return [...given, ...Array.from({ length: more }, () => UNKNOWN)];
    return given;
  }

  fromProcess(process: ProcessValue | null, start: StartFunction | null, place: Place, context: ChildContext): DraftNode {
    const module = this.frontOf(start, process?.module ?? this.moduleOfStart(start, process));
    const shown = module ?? (process?.run ? moduleOfRun(process.run) : null);
    const promised = start ? this.input.libraries.starter(start.module, start.name) : null;
    const kind =
      promised?.kind ?? (process ? this.kindOfProcess(process) : null) ?? (module ? this.input.kindOf(module) : null) ?? "process";
    const settled = process?.name ? settle(process.name) : null;
    const named = settled?.v === "atom" && settled.value === "nil" ? null : settled;
    const node: DraftNode = {
      id: null,
      idAtom: null,
      module: shown === null ? null : this.input.evaluator.printAtom(shown),
      moduleAtom: module,
      kind,
      type: isSupervisorKind(kind) ? "supervisor" : "worker",
      start: start ? printStart(start) : null,
      startKey: start ? startKey(start) : null,
      name: this.nameOf(named),
      nameValue: named,
      cardinality: context.cardinality,
      restart: null,
      shutdown: null,
      strategy: null,
      intensity: null,
      period: null,
      origin: context.origin,
      condition: null,
      certainty: "certain",
      place,
      children: [],
    };
    if (process && (isSupervisorKind(kind) || isSupervisorKind(process.kind))) this.addChildren(node, process, context);
    else if (process?.module) this.addOwnSupervisors(node, process, context);
    return node;
  }

  /** A process that `proc_lib` starts and whose function enters the loop of a behaviour is of that behaviour's kind. */
  private kindOfProcess({ kind, run }: ProcessValue): ProcessKind {
    if (kind !== "process" || run?.v !== "tuple") return kind;
    const [module, name, args] = run.items;
    if (module?.v !== "atom" || name?.v !== "atom") return kind;
    const { modules } = this.input.evaluator;
    const arity = toList(args ?? EMPTY_LIST).items.length;
    const fn = modules.resolve(module.value, module.value, name.value, arity);
    if (!fn) return kind;
    let entered: ProcessKind | null = null;
    visitClauses(fn.facts.clauses, (e) => {
      if (e.k === "call" && e.name === "enter_loop" && e.module?.k === "atom") entered ??= LOOPS[e.module.value] ?? null;
    });
    return entered ?? kind;
  }

  /** Supervisors that a worker starts for itself in `init/1` (Broadway, poolboy): no supervisor lists them, they hang on the worker. */
  private addOwnSupervisors(node: DraftNode, process: ProcessValue, context: ChildContext): void {
    const { modules } = this.input.evaluator;
    const module = process.module ?? "";
    const fn = modules.resolve(module, module, "init", 1);
    if (!fn || context.above.length > MAX_DEPTH || !startsSupervisor(fn, modules.file(fn.file)?.role === "library", this.input.libraries))
      return;
    const session = newSession();
    this.input.evaluator.call(fn, [process.argument], moduleFrame(module, fn.file, session));
    const above: ChildContext = {
      ...context,
      origin: "dynamic",
      above: [...context.above, startedAs(module, process.argument)],
      place: node.place,
    };
    for (const started of session.started)
      if (isSupervisorKind(started.kind)) node.children.push(this.fromProcess(started, null, node.place, above));
  }

  /** A process whose callbacks are a library's insides is known by the module that people start: `MyApp.Repo` rather than `Ecto.Repo.Supervisor`. */
  private frontOf(start: StartFunction | null, module: string | null): string | null {
    if (!start || module === null || start.module === module || GENERIC.test(start.module) || !/^start(_link)?$/.test(start.name))
      return module;
    const { modules } = this.input.evaluator;
    const found = modules.get(module);
    return found && found.file.role !== "source" && modules.get(start.module) ? start.module : module;
  }

  /** The module of the start function, where it is one of the user's or a library's own: `Task.start_link(fun)` tells nothing of what runs. */
  private moduleOfStart(start: StartFunction | null, process: ProcessValue | null): string | null {
    if (!start || GENERIC.test(start.module)) return null;
    return process?.run && process.kind !== "agent" && !this.input.kindOf(start.module) ? null : start.module;
  }

  private addChildren(node: DraftNode, process: ProcessValue, context: ChildContext): void {
    const result = this.supervise(process, context, node.place);
    node.strategy = result.strategy;
    node.intensity = result.intensity;
    node.period = result.period;
    const frame = moduleFrame(process.module ?? "nil", node.place.file, newSession());
    const pool = node.kind === "partition_supervisor" && context.cardinality === "one";
    const dynamic = result.strategy === "simple_one_for_one" || node.kind === "consumer_supervisor";
    const inner: ChildContext = {
      origin: dynamic ? "dynamic" : "init",
      cardinality: dynamic ? "many" : pool ? "fixed" : context.cardinality,
      above: [...context.above, startedAs(process.module, process.argument)],
      place: node.place,
    };
    for (const item of result.children.items) node.children.push(...this.fromItem(item, frame, inner));
  }

  /** Flags and children of a supervisor: given to `start_link`, or from its module's `init/1`. */
  private supervise(process: ProcessValue, context: ChildContext, place: Place): SupervisorResult {
    if (process.children) return { ...readFlags(supervisorFlags(process.options)), children: toList(process.children) };
    const { module } = process;
    if (module === null) return { ...readFlags(supervisorFlags(withDefaultStrategy(process.options))), children: EMPTY_LIST };
    const self = startedAs(module, process.argument);
    const again = context.above.filter((above) => above === self).length;
    // Started with something unknown, it may be another level of the same module each time: that is no circle.
    const isSure = isKnown(process.argument);
    if (again > (isSure ? 2 : 0) || context.above.length > MAX_DEPTH) {
      if (isSure) this.input.onCycle(place, module);
      return UNKNOWN_RESULT;
    }
    const fn = this.input.evaluator.modules.resolve(module, module, "init", 1);
    if (!fn) return UNKNOWN_RESULT;
    return readInitResult(this.input.evaluator.call(fn, [process.argument], moduleFrame(module, fn.file, newSession())));
  }

  private nameOf(name: Value | null): TreeNode["name"] {
    if (name === null) return null;
    if (name.v === "atom") return { scope: "local", value: this.print(name) };
    if (name.v !== "tuple" || name.items[0]?.v !== "atom") return null;
    const scope = name.items[0].value;
    if (scope === "global") return { scope: "global", value: this.print(name.items[1] ?? UNKNOWN) };
    if (scope === "via") return { scope: "via", value: this.print(name) };
    return null;
  }

  private print(value: Value): string {
    return this.input.evaluator.print(value);
  }
}

/** One module may be several levels of a tree, told apart by their arguments; what is not known of those counts as equal. */
function startedAs(module: string | null, argument: Value): string {
  return `${module ?? ""}(${keyOf(argument)})`;
}

function withDefaultStrategy(options: Value): Value {
  const list = toList(options);
  const strategy: Item = {
    value: {
      v: "tuple",
      items: [
        { v: "atom", value: "strategy" },
        { v: "atom", value: "one_for_one" },
      ],
    },
    condition: null,
    repeated: false,
    place: null,
  };
  return { ...list, items: [...list.items, strategy] };
}

/** Of branches that start a process of one module with different arguments, one process with a choice of arguments. */
function oneOf(choice: ChoiceValue): ProcessValue | null {
  const found = choice.options.flatMap((option) => {
    const process = findProcess(option.value);
    return process ? [{ option, process }] : [];
  });
  const first = found[0]?.process ?? null;
  if (first === null || first.module === null || found.length < 2 || !found.every(({ process }) => process.module === first.module))
    return first;
  return {
    ...first,
    argument: choose(
      found.map(({ option, process }) => ({ condition: () => option.condition, value: process.argument, likely: option.likely })),
    ),
  };
}

/** The first process in `{:ok, pid}`, a bare pid, or the branches of a choice. */
export function findProcess(value: Value): ProcessValue | null {
  if (value.v === "unknown" && value.likely) return findProcess(value.likely);
  if (value.v === "process") return value;
  if (value.v === "tuple") return value.items.map(findProcess).find((p) => p !== null) ?? null;
  return value.v === "choice" ? oneOf(value) : null;
}
