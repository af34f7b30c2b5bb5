/** What library tables say of a call: processes that it starts are recorded in the session and become values. */
import type { FunctionRow, Operation } from "../../model/library.ts";
import type { Place } from "../../model/topology.ts";
import type { Evaluator } from "./evaluator.ts";
import type { Frame } from "./frame.ts";
import { keywordGet } from "./lists.ts";
import { atom, EMPTY_LIST, type ProcessValue, settle, tuple, UNKNOWN, type Value } from "./value.ts";

/** The value of a call that has a row; null where there is none or the row says nothing of its value. */
export function libraryCall(
  evaluator: Evaluator,
  module: string,
  name: string,
  args: readonly Value[],
  frame: Frame,
  at: Place,
): Value | null {
  const row = evaluator.libraries.functionRow(module, name, args.length);
  return row ? runRow(row, args, frame, at) : null;
}

function runRow(row: FunctionRow, args: readonly Value[], frame: Frame, at: Place): Value | null {
  let result: Value | null = null;
  for (const operation of row.does) {
    if (operation.op === "start") result = started(startProcess(operation, args, at), frame);
    else if (operation.op === "spawn") result = spawned(operation, args, frame, at);
    else if (operation.op === "start_child") {
      const spec = args[operation.spec] ?? UNKNOWN;
      frame.session.added.push({
        supervisor: settle(args[operation.supervisor] ?? UNKNOWN),
        spec: { value: spec, condition: null, repeated: false, place: at },
      });
      result = tuple(atom("ok"), UNKNOWN);
    }
  }
  return result;
}

function started(process: ProcessValue, frame: Frame): Value {
  frame.session.started.push(process);
  return tuple(atom("ok"), process);
}

function spawned(operation: Operation & { op: "spawn" }, args: readonly Value[], frame: Frame, at: Place): Value {
  const process: ProcessValue = {
    v: "process",
    kind: operation.kind,
    module: null,
    argument: UNKNOWN,
    options: UNKNOWN,
    name: null,
    children: null,
    run: operation.mfa ? tuple(...args.slice(operation.run, operation.run + 3)) : (args[operation.run] ?? null),
    linked: operation.linked,
    place: at,
  };
  frame.session.started.push(process);
  const supervisor = operation.supervisor === null ? undefined : args[operation.supervisor];
  if (supervisor)
    frame.session.added.push({
      supervisor: settle(supervisor),
      spec: { value: process, condition: null, repeated: operation.each, place: at },
    });
  return process;
}

/**
 * The process that a `start` row starts. Erlang's forms with a name in front (`{local, Name}`, `{via, …}`) and Elixir's `name:` option give its
 * name; a list where the module is expected is a supervisor's list of children.
 */
export function startProcess(operation: Operation & { op: "start" }, args: readonly Value[], at: Place): ProcessValue {
  const get = (index: number | null): Value | null => (index === null ? null : (args[index] ?? null));
  const given = get(operation.module);
  const first = given?.v === "unknown" ? settle(given) : given;
  const inline = first !== null && (first.v === "list" || first.v === "choice") ? first : null;
  // `Supervisor.start_link(children, options)` and `Supervisor.start_link(module, argument)` share a row.
  const shared = first?.v === "atom" && operation.options === operation.argument;
  const options = (inline ? args[1] : shared ? null : get(operation.options)) ?? EMPTY_LIST;
  return {
    v: "process",
    kind: operation.kind,
    module: first?.v === "atom" ? first.value : null,
    argument: (inline ? null : get(operation.argument)) ?? UNKNOWN,
    options,
    name: nameOf(operation.module, args, options),
    children: inline,
    run: get(operation.run),
    linked: operation.linked,
    place: at,
  };
}

function nameOf(moduleIndex: number | null, args: readonly Value[], options: Value): Value | null {
  if (moduleIndex === 1 && args[0]?.v === "tuple") {
    const [scope, name] = args[0].items;
    return scope?.v === "atom" && scope.value === "local" ? (name ?? null) : args[0];
  }
  if (args[0]?.v === "tuple" && args[0].items[0]?.v === "atom" && args[0].items[0].value === "local" && moduleIndex === null)
    return args[0].items[1] ?? null;
  const name = keywordGet(options, "name");
  if (name === undefined) return UNKNOWN;
  return name === null || (name.v === "atom" && name.value === "nil") ? null : name;
}
