/** XState 5 and its bindings to frameworks: machines and other logic, and the actors that run them. */
import type { ActorEffect, ActorOperation, ActorTable } from "../../../model/library.ts";
import type { LogicForm, MachineAction } from "../../../model/logic-form.ts";

const docs = "https://stately.ai/docs";

/** Where the functions of the package come from: itself, and its entry points for a part of it. */
function row(from: string, names: readonly string[], does: ActorEffect, page: string): ActorOperation {
  return { call: { on: "package", package: from, names }, does, source: `${docs}/${page}` };
}

/** Ways to a machine: alone, or from what `setup` gives, which may be extended. */
const machineMakers = ["createMachine", "setup.createMachine", "setup.extend.createMachine", "setup.extend.extend.createMachine"];

const logic: readonly (readonly [string, LogicForm, string])[] = [
  ["fromPromise", "promise", "promise-actors"],
  ["fromCallback", "callback", "callback-actors"],
  ["fromObservable", "observable", "observable-actors"],
  ["fromEventObservable", "observable", "observable-actors#fromeventobservable"],
  ["fromTransition", "transition", "transition-actors"],
];

/** Actions that are data; `setup` gives the same ones, typed. */
const actions: readonly (readonly [string, MachineAction, string])[] = [
  ["assign", "assign", "actions#assign-action"],
  ["sendTo", "send_to", "actions#send-to-action"],
  ["sendParent", "send_parent", "actions#send-parent-action"],
  ["forwardTo", "forward", "actions#send-to-action"],
  ["raise", "raise", "actions#raise-action"],
  ["emit", "emit", "actions#emit-action"],
  ["spawnChild", "spawn_child", "spawn#spawnchild"],
  ["stopChild", "stop_child", "spawn#stop"],
  ["stop", "stop_child", "spawn#stop"],
  ["cancel", "cancel", "actions#cancel-action"],
  ["log", "log", "actions#log-action"],
  ["enqueueActions", "enqueue", "actions#enqueue-actions"],
];

const own: readonly ActorOperation[] = [
  row("xstate", ["setup", "setup.extend", "setup.extend.extend"], { op: "prepare" }, "setup"),
  row("xstate", machineMakers, { op: "logic", form: "machine" }, "machines"),
  row(
    "xstate",
    machineMakers.map((name) => `${name}.provide`),
    { op: "prepare" },
    "machines#providing-implementations",
  ),
  ...logic.map(([name, form, page]) => row("xstate", [name], { op: "logic", form }, page)),
  ...actions.map(([name, action, page]) => row("xstate", [name, `setup.${name}`, `setup.extend.${name}`], { op: "action", action }, page)),
  row("xstate", ["createActor", "interpret"], { op: "run", logic: 0, options: 1, each: false, gives: "actor" }, "actors#creating-actors"),
  // `createActor(machine).start()` gives the actor.
  row("xstate", ["createActor.start", "interpret.start"], { op: "prepare" }, "actors#creating-actors"),
  row("xstate", ["waitFor"], { op: "wait_for", target: 0, what: "a state of an actor" }, "actors#waitfor"),
  row("xstate", ["toPromise"], { op: "wait_for", target: 0, what: "the end of an actor" }, "actors#topromise"),
];

const hooks: readonly ActorOperation[] = ["@xstate/react", "@xstate/vue", "@xstate/svelte", "@xstate/solid"].flatMap((from) => {
  const page = from.slice(1).replace("/", "-");
  return [
    row(from, ["useMachine", "useActor"], { op: "run", logic: 0, options: 1, each: true, gives: "list" }, page),
    row(from, ["useActorRef"], { op: "run", logic: 0, options: 1, each: true, gives: "actor" }, page),
  ];
});

export const xstate: ActorTable = {
  library: "XState",
  namespaceTypes: [],
  bases: [],
  operations: [
    ...own,
    ...hooks,
    row(
      "@xstate/react",
      ["createActorContext"],
      { op: "run", logic: 0, options: 1, each: true, gives: "context" },
      "xstate-react#createactorcontextlogic",
    ),
    row("@xstate/react", ["createActorContext.useActorRef"], { op: "prepare" }, "xstate-react#createactorcontextlogic"),
  ],
};
