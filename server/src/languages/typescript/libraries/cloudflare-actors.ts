/** Cloudflare Actors: Durable Objects that are reached through their class, and that may take a deployment's requests by themselves. */
import type { ActorBase, ActorOperation, ActorTable } from "../../../model/library.ts";

const from = "@cloudflare/actors";
const source = "https://github.com/cloudflare/actors#readme";

const actor: ActorBase = {
  package: from,
  name: "Actor",
  kind: "durable_object",
  context: "process",
  callbacks: {
    onInit: "init",
    onRequest: "call",
    onAlarm: "info",
    alarm: "info",
    onWebSocketUpgrade: "event",
    onWebSocketConnect: "event",
    onWebSocketMessage: "event",
    onWebSocketDisconnect: "event",
  },
  own: ["nameFromRequest", "configuration", "onPersist", "onDestroy"],
  framework: false,
  source,
};

const entrypoint: ActorBase = { ...actor, name: "Entrypoint", kind: null, context: "request", callbacks: {}, own: ["constructor"] };

function row(call: ActorOperation["call"], does: ActorOperation["does"]): ActorOperation {
  return { call, does, source };
}

export const cloudflareActors: ActorTable = {
  library: "Cloudflare Actors",
  namespaceTypes: [],
  bases: [actor, entrypoint],
  operations: [
    row({ on: "static", names: ["get"] }, { op: "address", id: null, key: 0, namespace: null }),
    row({ on: "package", package: from, names: ["getActor"] }, { op: "address", id: null, key: 1, namespace: 0 }),
    row({ on: "package", package: from, names: ["handler"] }, { op: "front", by: "nameFromRequest", otherwise: "default" }),
    row({ on: "handle", names: ["setName"] }, { op: "own" }),
    row(
      { on: "member", member: ["alarms"], names: ["schedule"] },
      { op: "effect", kind: "timer", text: "schedules work for later", later: 1 },
    ),
  ],
};
