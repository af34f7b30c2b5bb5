/** `libraries` of `.process-topology.json`: what a project knows of libraries that the bundled tables do not. Pure. */
import type { BehaviourRow, CallbackRow, FunctionRow, LibraryTable, Operation, StarterRow } from "../model/library.ts";
import type { ConfigurationReader, Node } from "./configuration-reader.ts";
import { libraryPatterns, libraryWords } from "./library-words.ts";

/** Rows of these tables name the project's own file as their source. */
const source = ".process-topology.json";

export function readLibraries(reader: ConfigurationReader, node: Node): readonly LibraryTable[] {
  const tables: LibraryTable[] = [];
  reader.list(node, '"libraries"', (item) => tables.push(readLibrary(reader, item)));
  return tables;
}

function readLibrary(reader: ConfigurationReader, node: Node): LibraryTable {
  let library = "";
  const functions: FunctionRow[] = [];
  const behaviours: BehaviourRow[] = [];
  const starters: StarterRow[] = [];
  const each = (key: string, take: (item: Node) => void) => (list: Node) => reader.list(list, `"${key}"`, take);
  reader.object(node, "A library", {
    name: (value) => void (library = reader.text(value, '"name"') ?? ""),
    blocking: each("blocking", (item) => functions.push(...readBlocking(reader, item))),
    messages: each("messages", (item) => functions.push(...readMessage(reader, item))),
    behaviours: each("behaviours", (item) => behaviours.push(...readBehaviour(reader, item))),
    starters: each("starters", (item) => starters.push(...readStarter(reader, item))),
  });
  if (library === "" && node.type === "object") reader.report(node, 'A library has a "name".');
  return { library, functions, behaviours, starters };
}

/** `{"call": "Acme.Http.get/2", "category": "http", "what": "HTTP request"}`. */
function readBlocking(reader: ConfigurationReader, node: Node): FunctionRow[] {
  let call: Call | undefined;
  let category: (typeof libraryWords.category)[number] | undefined;
  let what: string | undefined;
  reader.object(node, "A blocking call", {
    call: (value) => void (call = readCall(reader, value)),
    category: (value) => void (category = reader.oneOf(value, '"category"', libraryWords.category)),
    what: (value) => void (what = reader.text(value, '"what"')),
  });
  reportMissing(reader, node, "A blocking call", ["call", "category"]);
  if (call === undefined || category === undefined) return [];
  return [row(call, { op: "block", category, what: what ?? category })];
}

/** `{"call": "Acme.Rpc.ask/2", "mode": "call", "target": 0, "message": 1}`. */
function readMessage(reader: ConfigurationReader, node: Node): FunctionRow[] {
  let call: Call | undefined;
  let mode: (typeof libraryWords.mode)[number] | undefined;
  let target: number | undefined;
  let message: number | undefined;
  reader.object(node, "A message", {
    call: (value) => void (call = readCall(reader, value)),
    mode: (value) => void (mode = reader.oneOf(value, '"mode"', libraryWords.mode)),
    target: (value) => void (target = reader.position(value, '"target"')),
    message: (value) => void (message = reader.position(value, '"message"')),
  });
  reportMissing(reader, node, "A message", ["call", "mode", "target"]);
  if (call === undefined || mode === undefined || target === undefined) return [];
  return [row(call, { op: "message", mode, target, message: message ?? null })];
}

function row({ module, name, arities }: Call, operation: Operation): FunctionRow {
  return { module, name, arities, does: [operation], source };
}

/** `{"module": "Acme.Worker", "kind": "gen_server", "context": "process", "callbacks": […]}`. */
function readBehaviour(reader: ConfigurationReader, node: Node): BehaviourRow[] {
  let module: string | undefined;
  let kind: BehaviourRow["kind"] = null;
  let context: (typeof libraryWords.context)[number] | undefined;
  let cardinality: BehaviourRow["cardinality"] = "unknown";
  let framework = true;
  const callbacks: CallbackRow[] = [];
  reader.object(node, "A behaviour", {
    module: (value) => void (module = readModule(reader, value)),
    kind: (value) => void (kind = reader.oneOf(value, '"kind"', libraryWords.kind) ?? null),
    context: (value) => void (context = reader.oneOf(value, '"context"', libraryWords.context)),
    cardinality: (value) => void (cardinality = reader.oneOf(value, '"cardinality"', libraryWords.cardinality) ?? "unknown"),
    framework: (value) => void (framework = reader.flag(value, '"framework"') ?? true),
    callbacks: (value) => reader.list(value, '"callbacks"', (item) => callbacks.push(...readCallback(reader, item))),
  });
  reportMissing(reader, node, "A behaviour", ["module", "context", "callbacks"]);
  if (module === undefined || context === undefined) return [];
  return [{ module, kind, context, cardinality, callbacks, framework, source }];
}

/** `"handle/2"`, or `{"name": "handle_job/2", "role": "call", "message": 0, "state": 1}`. */
function readCallback(reader: ConfigurationReader, node: Node): CallbackRow[] {
  if (node.type === "string")
    return [readCallbackName(reader, node)].flatMap((name) => (name === undefined ? [] : [{ ...name, ...noPositions }]));
  let name: { readonly name: string; readonly arity: number } | undefined;
  let role: CallbackRow["role"] = "other";
  const positions: { message: number | null; from: number | null; state: number | null } = { message: null, from: null, state: null };
  const at = (key: keyof typeof positions) => (value: Node) => void (positions[key] = reader.position(value, `"${key}"`) ?? null);
  reader.object(node, "A callback", {
    name: (value) => void (name = readCallbackName(reader, value)),
    role: (value) => void (role = reader.oneOf(value, '"role"', libraryWords.role) ?? "other"),
    message: at("message"),
    from: at("from"),
    state: at("state"),
  });
  reportMissing(reader, node, "A callback", ["name"]);
  return name === undefined ? [] : [{ ...name, role, ...positions }];
}

const noPositions = { role: "other", message: null, from: null, state: null } as const;

/** `{"start": "Acme.Pool.start_link", "kind": "supervisor"}`. */
function readStarter(reader: ConfigurationReader, node: Node): StarterRow[] {
  let call: Call | undefined;
  let kind: StarterRow["kind"] | undefined;
  reader.object(node, "A starter", {
    start: (value) => void (call = readCall(reader, value)),
    kind: (value) => void (kind = reader.oneOf(value, '"kind"', libraryWords.kind)),
  });
  reportMissing(reader, node, "A starter", ["start", "kind"]);
  return call === undefined || kind === undefined ? [] : [{ start: `${call.module}.${call.name}`, kind, source }];
}

interface Call {
  readonly module: string;
  readonly name: string;
  /** Empty for any. */
  readonly arities: readonly number[];
}

function readCall(reader: ConfigurationReader, node: Node): Call | undefined {
  const [, module, name, arity] = new RegExp(libraryPatterns.call).exec(textOf(node)) ?? [];
  if (module !== undefined && name !== undefined) return { module, name, arities: arity === undefined ? [] : [Number(arity)] };
  reader.report(node, 'A function is written with its module, as in "Acme.Http.get/2", ":acme_http.get/2", or without arity for all.');
  return undefined;
}

function readModule(reader: ConfigurationReader, node: Node): string | undefined {
  const text = textOf(node);
  if (new RegExp(libraryPatterns.module).test(text)) return text;
  reader.report(node, 'A module is written as in Elixir: "Acme.Worker", ":acme_worker".');
  return undefined;
}

function readCallbackName(reader: ConfigurationReader, node: Node): { readonly name: string; readonly arity: number } | undefined {
  const [, name, arity] = new RegExp(libraryPatterns.callback).exec(textOf(node)) ?? [];
  if (name !== undefined) return { name, arity: Number(arity) };
  reader.report(node, 'A callback is written with its arity: "handle_job/2".');
  return undefined;
}

function textOf(node: Node): string {
  return typeof node.value === "string" ? node.value : "";
}

/** Reports the keys that an object lacks. */
function reportMissing(reader: ConfigurationReader, node: Node, what: string, keys: readonly string[]): void {
  if (node.type !== "object") return;
  const present = new Set((node.children ?? []).map(({ children }) => children?.[0]?.value as unknown));
  const missing = keys.filter((key) => !present.has(key));
  if (missing.length > 0) reader.report(node, `${what} has ${missing.map((key) => `"${key}"`).join(" and ")}, too.`);
}
