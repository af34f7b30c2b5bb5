/** Cloudflare Durable Objects. */
import type { ActorTable } from "../../../model/library.ts";

const docs = "https://developers.cloudflare.com/durable-objects";

export const durableObjects: ActorTable = {
  library: "Durable Objects",
  namespaceTypes: ["DurableObjectNamespace"],
  // https://developers.cloudflare.com/workers/runtime-apis/rpc/#promise-pipelining
  targets: [
    { package: "cloudflare:workers", name: "RpcTarget" },
    { package: "capnweb", name: "RpcTarget" },
  ],
  bases: [
    {
      package: "cloudflare:workers",
      name: "DurableObject",
      kind: "durable_object",
      context: "process",
      types: ["cloudflare:workers", "@cloudflare/workers-types"],
      ambient: true,
      callbacks: {
        alarm: "info",
        webSocketMessage: "event",
        webSocketClose: "event",
        webSocketError: "event",
      },
      own: [],
      framework: false,
      source: `${docs}/api/base/`,
    },
    {
      package: "cloudflare:workers",
      name: "WorkerEntrypoint",
      kind: null,
      context: "request",
      callbacks: {},
      own: ["constructor"],
      framework: false,
      source: "https://developers.cloudflare.com/workers/runtime-apis/bindings/service-bindings/rpc/",
    },
    {
      package: "cloudflare:workers",
      name: "WorkflowEntrypoint",
      kind: null,
      context: "job",
      callbacks: {},
      own: ["constructor"],
      framework: false,
      source: "https://developers.cloudflare.com/workflows/build/workers-api/",
    },
  ],
  operations: [
    { call: { on: "namespace", names: ["idFromName"] }, does: { op: "identify", key: 0 }, source: `${docs}/api/namespace/#idfromname` },
    { call: { on: "namespace", names: ["idFromString"] }, does: { op: "identify", key: 0 }, source: `${docs}/api/namespace/#idfromstring` },
    {
      call: { on: "namespace", names: ["newUniqueId"] },
      does: { op: "identify", key: null },
      source: `${docs}/api/namespace/#newuniqueid`,
    },
    {
      call: { on: "namespace", names: ["getByName"] },
      does: { op: "address", id: null, key: 0, namespace: null },
      source: `${docs}/api/namespace/#getbyname`,
    },
    {
      call: { on: "namespace", names: ["get"] },
      does: { op: "address", id: 0, key: null, namespace: null },
      source: `${docs}/api/namespace/#get`,
    },
    {
      call: {
        on: "member",
        member: ["storage", "kv", "sql"],
        names: ["put", "delete", "deleteAll", "transaction", "transactionSync", "exec", "sync"],
      },
      does: { op: "storage", writes: true },
      source: `${docs}/api/sqlite-storage-api/`,
    },
    {
      call: { on: "member", member: ["storage", "kv"], names: ["get", "list"] },
      does: { op: "storage", writes: false },
      source: `${docs}/api/sqlite-storage-api/`,
    },
    {
      call: { on: "member", member: ["storage"], names: ["setAlarm"] },
      does: { op: "effect", kind: "timer", text: "sets its alarm", later: ["alarm", "onAlarm"] },
      source: `${docs}/api/alarms/`,
    },
    {
      call: { on: "member", member: ["ctx", "state"], names: ["acceptWebSocket"] },
      does: { op: "effect", kind: "subscribe", text: "accepts a WebSocket" },
      source: `${docs}/best-practices/websockets/`,
    },
    {
      call: { on: "member", member: ["ctx", "state"], names: ["blockConcurrencyWhile"] },
      does: { op: "exclusive", run: 0 },
      source: `${docs}/api/state/#blockconcurrencywhile`,
    },
    {
      call: { on: "global", names: ["fetch"] },
      does: { op: "block", category: "http", what: "HTTP request" },
      source: "https://developer.mozilla.org/docs/Web/API/Window/fetch",
    },
    {
      call: { on: "member", member: ["globalThis", "self", "window"], names: ["fetch"] },
      does: { op: "block", category: "http", what: "HTTP request" },
      source: "https://developer.mozilla.org/docs/Web/API/Window/fetch",
    },
    {
      call: { on: "member", member: ["crypto"], names: ["randomUUID"] },
      does: { op: "fresh" },
      source: "https://developer.mozilla.org/docs/Web/API/Crypto/randomUUID",
    },
  ],
};
