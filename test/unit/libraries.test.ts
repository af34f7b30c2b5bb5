// Every row of the library tables is well formed, says where it comes from, and points at arguments that exist.
import assert from "node:assert/strict";
import { test } from "node:test";
import { libraries as elixirLibraries } from "../../server/src/languages/elixir/libraries/index.ts";
import { modelSources } from "../../server/src/languages/elixir/libraries/models.ts";
import { libraries as erlangLibraries } from "../../server/src/languages/erlang/libraries/index.ts";
import type { EffectKind } from "../../server/src/model/effect-kind.ts";
import type { BehaviourRow, FunctionRow, LibraryTable, Operation, StarterRow } from "../../server/src/model/library.ts";
import type { BlockingStep, ExecutionContext, ProcessKind } from "../../server/src/model/topology.ts";

const libraries = [...elixirLibraries, ...erlangLibraries];

/** A record over a union names all its members, so that the compiler keeps these lists complete. */
const kinds: Record<ProcessKind, true> = {
  supervisor: true,
  dynamic_supervisor: true,
  partition_supervisor: true,
  task_supervisor: true,
  registry: true,
  gen_server: true,
  gen_statem: true,
  gen_event: true,
  gen_stage: true,
  consumer_supervisor: true,
  broadway: true,
  agent: true,
  task: true,
  port: true,
  process: true,
  durable_object: true,
  virtual_actor: true,
  machine: true,
  actor: true,
  worker_thread: true,
  actor_system: true,
};
const contexts: Record<ExecutionContext["kind"], true> = {
  process: true,
  request: true,
  live_view: true,
  channel: true,
  job: true,
  task: true,
  spawned: true,
  connection: true,
  test: true,
  script: true,
  application_start: true,
  external: true,
};
const categories: Record<BlockingStep["category"], true> = {
  http: true,
  database: true,
  file: true,
  port: true,
  sleep: true,
  call: true,
  receive: true,
  socket: true,
  system: true,
  lock: true,
  other: true,
};
const effects: Record<EffectKind, true> = {
  timer: true,
  monitor: true,
  link: true,
  trap_exit: true,
  port: true,
  subscribe: true,
  spawn: true,
  task: true,
  start: true,
  start_child: true,
  send: true,
  cast: true,
  reply: true,
  register: true,
  persistent_term: true,
  environment: true,
  process_dictionary: true,
  broadcast: true,
  whereis: true,
  resource: true,
  bulk: true,
  garbage_collect: true,
  stop: true,
};
const roles: Record<BehaviourRow["callbacks"][number]["role"], true> = {
  init: true,
  call: true,
  cast: true,
  info: true,
  continue: true,
  terminate: true,
  event: true,
  other: true,
};

/**
 * Keys of each operation besides `op`: `argument` is a position or null, `position` a position, `flag` a boolean, a record one of its keys; `flag?`,
 * `position?` and `timeout?` (a position, and what holds without it) may be left out.
 */
type Shape = "argument" | "position" | "flag" | "flag?" | "position?" | "timeout?" | "text" | Record<string, true>;
const operations: Record<Operation["op"], Record<string, Shape>> = {
  message: {
    mode: { call: true, cast: true, info: true },
    target: "position",
    message: "argument",
    nodes: "position?",
    asks: "flag?",
    timeout: "timeout?",
  },
  await: {},
  run_in: {
    mode: { call: true, cast: true },
    target: "position",
    run: "position",
    access: { get: true, update: true, get_and_update: true },
  },
  reply: {},
  start: { kind: kinds, module: "argument", run: "argument", argument: "argument", options: "argument", linked: "flag" },
  start_child: { supervisor: "position", spec: "position" },
  spawn: {
    kind: { task: true, process: true },
    run: "position",
    mfa: "flag",
    linked: "flag",
    each: "flag",
    waits: "flag",
    supervisor: "argument",
    answers: "flag?",
    options: "position?",
  },
  block: { category: categories, what: "text" },
  table: { operation: { new: true, read: true, write: true, delete: true }, table: "position", shared: "flag?" },
  effect: { kind: effects, target: "position?" },
};

const isPosition = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 0;

/** What is wrong with one value of an operation, or null. `arity` is the largest that the row is for; infinite where any will do. */
function wrongValue(value: unknown, shape: Shape, arity: number): string | null {
  if (shape === "timeout?") {
    const { argument, otherwise } = value as { argument?: unknown; otherwise?: unknown };
    return isPosition(argument) && (isPosition(otherwise) || otherwise === "infinity") ? null : "is no timeout";
  }
  if (shape === "flag" || shape === "flag?") return typeof value === "boolean" ? null : "is not a boolean";
  if (shape === "text") return typeof value === "string" && value !== "" ? null : "is not a text";
  if (typeof shape === "object")
    return typeof value === "string" && Object.hasOwn(shape, value) ? null : `is not one of ${Object.keys(shape)}`;
  if (value === null && shape === "argument") return null;
  if (!isPosition(value)) return "is not a position";
  return value < arity ? null : `points past the last of ${arity} arguments`;
}

function wrongOperation(operation: Operation, arity: number): string[] {
  const { op, ...rest } = operation;
  const shape = Object.hasOwn(operations, op) ? operations[op] : undefined;
  if (shape === undefined) return [`unknown op ${op}`];
  const values: Record<string, unknown> = rest;
  const wrong = Object.keys(values)
    .filter((key) => !Object.hasOwn(shape, key))
    .map((key) => `${op} has no ${key}`);
  for (const [key, of] of Object.entries(shape)) {
    if (!Object.hasOwn(values, key) && typeof of === "string" && of.endsWith("?")) continue;
    const problem = Object.hasOwn(values, key) ? wrongValue(values[key], of, arity) : "is missing";
    if (problem !== null) wrong.push(`${op}.${key} ${problem}`);
  }
  if (operation.op === "spawn" && operation.mfa && operation.run + 2 >= arity)
    wrong.push("spawn.run leaves no room for function and arguments");
  return wrong;
}

/** A page of documentation, or `owner/name path`. */
const isSource = (source: unknown): boolean =>
  typeof source === "string" && (/^https:\/\/[\w.-]+\/\S+$/.test(source) || /^[\w.-]+\/[\w.-]+ \S+$/.test(source));
/** `Foo.Bar`, `:foo`, or `use:Foo.Bar`. */
const isModule = (module: unknown): boolean => typeof module === "string" && /^((use:)?[A-Z]\w*(\.[A-Z]\w*)*|:[a-z]\w*)$/.test(module);

function wrongFunction(row: FunctionRow): string[] {
  const wrong: string[] = [];
  if (!isModule(row.module)) wrong.push("module");
  if (!/^[a-z_]\w*[?!]?$/.test(row.name)) wrong.push("name");
  if (!Array.isArray(row.arities) || !row.arities.every(isPosition)) wrong.push("arities");
  if (row.does.length === 0) wrong.push("does nothing");
  if (!isSource(row.source)) wrong.push("source");
  const arity = row.arities.length === 0 ? Number.POSITIVE_INFINITY : Math.max(...row.arities);
  return [...wrong, ...row.does.flatMap((operation) => wrongOperation(operation, arity))];
}

function wrongBehaviour(row: BehaviourRow): string[] {
  const wrong: string[] = [];
  if (!isModule(row.module) || row.module.startsWith("use:")) wrong.push("module");
  if (row.kind !== null && !Object.hasOwn(kinds, row.kind)) wrong.push("kind");
  if (!Object.hasOwn(contexts, row.context)) wrong.push("context");
  if (!["one", "fixed", "many", "unknown"].includes(row.cardinality)) wrong.push("cardinality");
  if (typeof row.framework !== "boolean") wrong.push("framework");
  if (!isSource(row.source)) wrong.push("source");
  if (row.mark !== undefined && !row.callbacks.some(({ name, arity }) => `${name}/${arity}` === row.mark?.callback)) wrong.push("mark");
  const seen = new Set<string>();
  for (const callback of row.callbacks) {
    const label = `${callback.name}/${callback.arity}`;
    if (seen.has(label)) wrong.push(`${label} twice`);
    seen.add(label);
    if (callback.name !== "*" && !/^[a-z_]\w*[?!]?$/.test(callback.name)) wrong.push(`${label} name`);
    if (!Object.hasOwn(roles, callback.role)) wrong.push(`${label} role`);
    for (const at of [callback.message, callback.from, callback.state])
      if (wrongValue(at, "argument", callback.arity) !== null) wrong.push(`${label}: position ${at}`);
  }
  return wrong;
}

function wrongStarter(row: StarterRow): string[] {
  const wrong: string[] = [];
  const dot = row.start.lastIndexOf(".");
  if (!isModule(row.start.slice(0, dot)) || !/^[a-z_]\w*$/.test(row.start.slice(dot + 1))) wrong.push("start");
  if (!Object.hasOwn(kinds, row.kind)) wrong.push("kind");
  if (!isSource(row.source)) wrong.push("source");
  return wrong;
}

const each = (check: (table: LibraryTable) => string[]): string[] =>
  libraries.flatMap((table) => check(table).map((line) => `${table.library}: ${line}`));

test("each function row is well formed and names its source", () => {
  const wrong = each((table) =>
    table.functions.flatMap((row) => wrongFunction(row).map((problem) => `${row.module}.${row.name}/${row.arities}: ${problem}`)),
  );
  assert.deepEqual(wrong, []);
});

test("each behaviour row is well formed and names its source", () => {
  assert.deepEqual(
    each((table) => table.behaviours.flatMap((row) => wrongBehaviour(row).map((problem) => `${row.module}: ${problem}`))),
    [],
  );
});

test("each starter row is well formed and names its source", () => {
  assert.deepEqual(
    each((table) => table.starters.flatMap((row) => wrongStarter(row).map((problem) => `${row.start}: ${problem}`))),
    [],
  );
});

test("no function and arity, behaviour or starter is said twice", () => {
  const names = libraries.flatMap((table) => [
    ...table.functions.flatMap((row) =>
      (row.arities.length === 0 ? ["*"] : row.arities).map((arity) => `${row.module}.${row.name}/${arity}`),
    ),
    ...table.behaviours.map((row) => `use ${row.module}`),
    ...table.starters.map((row) => `start ${row.start}`),
  ]);
  assert.deepEqual([...new Set(names.filter((name, i) => names.indexOf(name) !== i))], []);
});

test("a row that is wrong is found", () => {
  const good: FunctionRow = {
    module: "GenServer",
    name: "call",
    arities: [2, 3],
    does: [{ op: "message", mode: "call", target: 0, message: 1 }],
    source: "owner/name lib/gen_server.ex",
  };
  const message = { op: "message", mode: "call", target: 0, message: 3 } as const;
  assert.deepEqual(wrongFunction(good), []);
  assert.deepEqual(wrongFunction({ ...good, source: "" }), ["source"]);
  assert.deepEqual(wrongFunction({ ...good, does: [message] }), ["message.message points past the last of 3 arguments"]);
  assert.deepEqual(wrongFunction({ ...good, does: [{ op: "shout" } as never] }), ["unknown op shout"]);
});

test("each bundled model has a path of its own and defines a module", () => {
  assert.equal(new Set(modelSources.map((model) => model.path)).size, modelSources.length);
  for (const { path, text } of modelSources) assert.match(text, /^defmodule :?[\w.]+ do$/m, path);
});
