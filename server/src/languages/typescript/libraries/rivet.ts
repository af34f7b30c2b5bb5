/** Rivet: actors that are written as objects, bound to names by `setup`, and reached through a client by name and key. */
import type { ActorForm, ActorTable } from "../../../model/library.ts";

const docs = "https://rivet.dev/docs/actors";

const callbacks: ActorForm["callbacks"] = {
  createState: "init",
  createVars: "init",
  onCreate: "init",
  onWake: "init",
  onStart: "init",
  run: "info",
  onStateChange: "info",
  onBeforeConnect: "event",
  createConnState: "event",
  onConnect: "event",
  onDisconnect: "event",
  onRequest: "call",
  onFetch: "call",
  onWebSocket: "event",
};

function form(from: string, name: string): ActorForm {
  return {
    package: from,
    name,
    kind: "virtual_actor",
    called: "Rivet actor",
    context: "process",
    callbacks,
    own: ["onSleep", "onStop", "onDestroy", "onMigrate", "onBeforeActionResponse"],
    framework: false,
    messages: ["actions"],
    shared: [],
    named: null,
    state: ["state", "vars", "connState", "kv", "db", "sql", "conns", "conn", "key", "name", "actorId", "metadata", "region"],
    // https://rivet.dev/docs/actors/state, https://rivet.dev/docs/actors/ephemeral-variables
    stored: ["state", "connState", "kv", "db", "sql"],
    works: ["vars", "createVars", "db", "events", "queues", "onWake", "onStart", "run", "onRequest", "onFetch", "onWebSocket", "onConnect"],
    // Actions run in parallel; what reads a queue takes one message after the other.
    exclusive: ["run"],
    source: `${docs}/actions`,
  };
}

const clients: readonly (readonly [string, readonly string[]])[] = [
  ["rivetkit", ["createClient"]],
  ["@rivetkit/actor", ["createClient"]],
  ["@rivetkit/react", ["createClient"]],
  ["@rivetkit/cloudflare-workers", ["createClient"]],
];

const react = "https://rivet.dev/docs/clients/react";

/** What they give has a hook for the names of a registry. */
const hooks: readonly (readonly [string, readonly string[]])[] = [
  ["@rivetkit/react", ["createRivetKit", "createRivetKitWithClient"]],
  ["@rivetkit/next-js", ["createRivetKit", "createRivetKitWithClient"]],
];

const byName = { op: "address_by_name", name: "name", key: "key" } as const;

export const rivet: ActorTable = {
  library: "Rivet",
  namespaceTypes: [],
  bases: [],
  forms: [form("rivetkit", "actor"), form("@rivetkit/actor", "actor"), form("rivetkit", "workflow")],
  operations: [
    { call: { on: "package", package: "rivetkit", names: ["setup"] }, does: { op: "register", in: "use" }, source: `${docs}/` },
    { call: { on: "package", package: "@rivetkit/actor", names: ["setup"] }, does: { op: "register", in: "use" }, source: `${docs}/` },
    ...clients.map(([name, names]): ActorTable["operations"][number] => ({
      call: { on: "package", package: name, names },
      does: { op: "client" },
      source: "https://rivet.dev/docs/clients/javascript",
    })),
    ...["rivetkit", "@rivetkit/actor"].map((from): ActorTable["operations"][number] => ({
      call: { on: "package", package: from, names: ["setup.start", "setupTest"] },
      does: { op: "client" },
      source: `${docs}/testing`,
    })),
    ...hooks.flatMap(([from, makers]): ActorTable["operations"] => [
      { call: { on: "package", package: from, names: makers }, does: { op: "client" }, source: react },
      { call: { on: "package", package: from, names: ["useActor"] }, does: byName, source: react },
    ]),
    // Where nobody knows who made it: `const { useActor } = useMemo(() => createRivetKit<typeof registry>(), [])`
    { call: { on: "global", names: ["useActor"] }, does: byName, source: react },
    {
      call: { on: "context", member: [""], names: ["client"] },
      does: { op: "client" },
      source: `${docs}/communicating-between-actors`,
    },
    {
      call: { on: "registered", names: ["getOrCreate", "getForId"], evident: true },
      does: { op: "address", id: null, key: 0, namespace: null, omitted: "constant" },
      source: `${docs}/keys`,
    },
    {
      call: { on: "registered", names: ["get", "create"] },
      does: { op: "address", id: null, key: 0, namespace: null, omitted: "constant" },
      source: `${docs}/keys`,
    },
    { call: { on: "handle", names: ["connect", "connection", "handle"] }, does: { op: "same" }, source: `${docs}/connections` },
    {
      call: {
        on: "handle",
        names: [
          "on",
          "once",
          "useEvent",
          "resolve",
          "fetch",
          "webSocket",
          "websocket",
          "dispose",
          "onError",
          "onOpen",
          "onClose",
          "onStatusChange",
          "getGatewayUrl",
          "action",
        ],
      },
      does: { op: "own" },
      source: "https://rivet.dev/docs/clients/javascript",
    },
    { call: { on: "handle", names: ["send"] }, does: { op: "enqueue", name: 0, options: 2, taken: "run" }, source: `${docs}/queues` },
    {
      call: { on: "context", member: ["kv"], names: ["put", "putBatch", "delete", "deleteBatch", "deleteRange"] },
      does: { op: "storage", writes: true },
      source: `${docs}/kv`,
    },
    {
      call: { on: "context", member: ["kv"], names: ["get", "getBatch", "list", "scan"] },
      does: { op: "storage", writes: false },
      source: `${docs}/kv`,
    },
    {
      call: { on: "context", member: ["db", "sql"], names: ["execute", "exec", "run", "insert", "update", "delete", "transaction"] },
      does: { op: "storage", writes: true },
      source: `${docs}/sqlite`,
    },
    {
      call: { on: "context", member: ["db", "sql"], names: ["query", "select", "all", "get"] },
      does: { op: "storage", writes: false },
      source: `${docs}/sqlite`,
    },
    {
      call: { on: "context", member: ["schedule"], names: ["after", "at"] },
      does: { op: "effect", kind: "timer", text: "schedules work for later", later: 1 },
      source: `${docs}/schedule`,
    },
    {
      call: { on: "context", member: ["cron"], names: ["every", "set", "add"] },
      does: { op: "effect", kind: "timer", text: "schedules work for later" },
      source: `${docs}/schedule`,
    },
    {
      call: { on: "context", member: [""], names: ["broadcast"] },
      does: { op: "effect", kind: "broadcast", text: "tells its connections" },
      source: `${docs}/events`,
    },
    {
      call: { on: "context", member: ["queue"], names: ["send", "iter", "next", "nextBatch", "tryNext", "tryNextBatch", "enqueueAndWait"] },
      does: { op: "effect", kind: "resource", text: "works through a queue of its own" },
      source: `${docs}/queues`,
    },
    {
      call: { on: "context", member: [""], names: ["waitUntil", "keepAwake"] },
      does: { op: "effect", kind: "task", text: "goes on working in the background" },
      source: `${docs}/lifecycle`,
    },
  ],
};
