/**
 * A long-lived process that is started outside of any supervision tree.
 *
 * Needs: a start in ordinary code (not in tests, scripts, mix tasks) of a process that lives long (a behaviour, a loop), not `unknown`. Left alone:
 * - a link to a process that lives as long as what it starts (a callback of a process, a LiveView, a channel, a connection): an owner. A supervisor is
 *   none for what its `init` starts beside its children;
 * - a linked process that traps exits and has a `terminate`: it is there for the end of whoever starts it;
 * - a linked process that its function gives back: the caller has its pid and falls with it;
 * - a start that is linked in code of a process, or followed by a monitor in the same function: somebody looks after it;
 * - a start for where the process is not there yet, in a library application: that has no tree;
 * - a function that nothing known calls, and that is itself a way to start (`start/1`, `connect/1` …), gives back what it starts, or links to it: it
 *   runs in whatever process its users like;
 * - a start in an application's `start/2` beside its tree that is not linked on purpose (`GenServer.start`): it is to outlive the tree;
 * - supervisors (the root of a tree is started by something), tasks and whatever ends by itself;
 * - a loop that takes no messages, linked to the supervisor that starts it beside its children, is an `info`: its end keeps nobody waiting, and the
 *   supervisor's ends it;
 * - a process that should be none in the eyes of `process-as-object`: to supervise it would be the wrong advice.
 */

import type { Finding, RuleMetadata } from "../model/finding.ts";
import type { LooseStart } from "../model/loose-start.ts";
import type { ExecutionContext, FunctionNode, ProcessDefinition, Topology } from "../model/topology.ts";
import { findSubjects } from "./process-as-object/subject.ts";
import { judgeProcess } from "./process-as-object.ts";
import type { Rule, RuleContext } from "./rule.ts";
import { termsOf } from "./terms.ts";
import { code, finding, functionName } from "./wording.ts";

const meta: RuleMetadata = {
  id: "unsupervised-process",
  title: "A long-lived process outside of any supervision tree",
  category: "failing",
  languages: ["elixir", "erlang"],
  variants: [],
  severity: "warning",
  cost: "typing",
  stage: "stable",
  inTests: false,
};

const supervisors: ReadonlySet<LooseStart["kind"]> = new Set([
  "supervisor",
  "dynamic_supervisor",
  "partition_supervisor",
  "task_supervisor",
  "consumer_supervisor",
  "registry",
]);

/** Contexts that outlive what is linked to them, and take it down when they end in any but a normal way. Of a spawned process that is meant, too. */
const owners: ReadonlySet<ExecutionContext["kind"]> = new Set(["process", "live_view", "channel", "connection", "spawned"]);

/** Ways to start something: who calls them decides whether a supervisor does. */
const starterName = /^(start|child_spec|init|new|open|connect|spawn|run|boot)/;

export const unsupervisedProcess: Rule = {
  meta,
  check(context: RuleContext): readonly Finding[] {
    const subjects = findSubjects(context);
    const needless = (module: string): boolean => {
      const definition = context.topology.definitions.get(module);
      return definition !== undefined && judgeProcess(definition, subjects) !== null;
    };
    return context.topology.starts.flatMap((start) => {
      const fn = context.topology.functions.get(start.fn);
      if (fn === undefined || !isLoose(start, fn, context)) return [];
      return start.module !== null && needless(start.module) ? [] : [report(start, fn, context)];
    });
  },
};

function isLoose(start: LooseStart, fn: FunctionNode, { topology, roleOf }: RuleContext): boolean {
  if (start.lifetime !== "long" || start.certainty === "unknown" || supervisors.has(start.kind) || start.kind === "task") return false;
  if (roleOf(start.place.file) !== "source" || start.monitored === true || isHandedOver(start)) return false;
  const contexts = fn.contexts.flatMap((id) => topology.contexts.get(id) ?? []);
  const product = contexts.filter(({ kind }) => kind !== "test" && kind !== "script");
  if (product.length === 0 && contexts.length > 0) return false;
  const known = product.filter(({ kind }) => kind !== "external");
  if (isThereAlready(start, topology) || awaitsEnd(start, topology) || (start.onDemand === true && isInLibrary(start.place.file, topology)))
    return false;
  if (!start.linked && start.kind !== "process" && start.kind !== "agent" && isApplicationStart(known)) return false;
  if (known.length === 0) return !start.linked && start.onDemand !== true && !isConstructor(start, fn);
  return known.some((context) => !isLookedAfter(start, context, topology));
}

function isApplicationStart(contexts: readonly ExecutionContext[]): boolean {
  return contexts.length > 0 && contexts.every(({ kind }) => kind === "application_start");
}

/** A supervisor has it under a name, which no second one can register: the start is for where that is not up. */
function isThereAlready({ module, kind }: LooseStart, { definitions, unattached }: Topology): boolean {
  const nodes = module === null || kind === "process" ? [] : (definitions.get(module)?.nodes ?? []);
  return nodes.some((node) => node.name?.scope === "local" && !unattached.includes(node));
}

/** Linked on purpose: it takes the exit of whoever started it, and does then what it is for. */
function awaitsEnd({ linked, module, kind }: LooseStart, { definitions }: Topology): boolean {
  const definition = module === null || kind === "process" ? undefined : definitions.get(module);
  if (!linked || definition === undefined || !definition.reasons.some((reason) => reason.kind === "trap_exit")) return false;
  return (
    definition.callbacks.some(({ role }) => role === "terminate") &&
    definition.callbacks.every(({ role }) => role === "init" || role === "terminate" || role === "other")
  );
}

/** In an application without a callback module, which has no tree: its servers can only be started by those who need them. */
function isInLibrary(file: string, { applications }: Topology): boolean {
  const shared = (other: string): number => {
    let length = 0;
    for (let i = 0; i < file.length && file[i] === other[i]; i++) if (file[i] === "/") length = i + 1;
    return length;
  };
  const folders = applications
    .filter(({ callback }) => callback === null)
    .map(({ place }) => place.file.replace(/[^/]*$/, "").replace(/(^|\/)(src|ebin)\/$/, "$1"));
  const within = folders.filter((folder) => file.startsWith(folder)).map(({ length }) => length);
  const nearest = Math.max(...within);
  return within.length > 0 && applications.every(({ callback, place }) => callback === null || shared(place.file) <= nearest);
}

/** Linked and given back: it is the caller's, who has its pid and falls with it (`StringIO.open/2`). */
function isHandedOver({ linked, returned }: LooseStart): boolean {
  return linked && returned === true;
}

/** A function that hands the process to its callers. A spawned loop cannot be supervised as it is, whoever gets its pid, unless it says when it is up. */
function isConstructor({ kind, returned, awaited }: LooseStart, { name }: FunctionNode): boolean {
  return kind === "process" ? returned === true && awaited === true : returned === true || starterName.test(name);
}

/** A supervisor does not look after what it has no child specification of: it traps exits, and drops this one. */
function isLookedAfter(start: LooseStart, { kind, module }: ExecutionContext, { definitions }: Topology): boolean {
  const owner = module === null ? undefined : definitions.get(module)?.kind;
  return owners.has(kind) && start.linked && !(owner !== undefined && supervisors.has(owner));
}

function whyOf({ linked }: LooseStart, starter: ProcessDefinition | undefined): string {
  if (!linked) return "Nothing notices when it crashes, nothing restarts it, and no shutdown stops it.";
  return starter !== undefined && supervisors.has(starter.kind)
    ? "It is linked to the supervisor, but is no child of it: when it ends, the supervisor goes on without."
    : "It falls with whoever happens to start it, nothing restarts it, and no shutdown waits for it.";
}

function report(start: LooseStart, fn: FunctionNode, context: RuleContext): Finding {
  const name = start.module === null || start.kind === "process" ? null : context.print(start.module);
  const what = name !== null ? code(name) : start.kind === "agent" ? "An Agent" : "A process that runs a loop";
  const terms = termsOf(start.module ?? fn.module, context.topology.language);
  const unattached = new Set(context.topology.unattached);
  // A spawned function is not what a supervisor starts in the module where it stands.
  const known = start.module === null || name === null ? [] : (context.topology.definitions.get(start.module)?.nodes ?? []);
  const starter = context.topology.definitions.get(fn.module);
  const isMinor = start.deaf === true && start.linked && starter !== undefined && supervisors.has(starter.kind);
  return finding(meta, {
    variant: null,
    ...(isMinor ? { severity: "info" as const } : {}),
    certainty: start.certainty,
    process: start.module,
    place: start.place,
    what: `${what} is started by ${code(functionName(context, fn))}, outside of any supervision tree.`,
    why: whyOf(start, starter),
    fix:
      name === null && start.kind === "agent"
        ? "List it as the child of a supervisor, by a module with `use Agent`."
        : name === null
          ? `Make it ${terms.server} or ${terms.task}, and start it as the child of a supervisor.`
          : `List ${code(name)} as the child of a supervisor, or start it with ${terms.startChild} if there are many.`,
    evidence: known
      .filter((node) => !unattached.has(node))
      .slice(0, 1)
      .map(({ place }) => ({ message: "elsewhere a supervisor starts it", place })),
  });
}
