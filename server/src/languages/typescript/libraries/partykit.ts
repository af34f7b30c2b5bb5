/** PartyKit: rooms on Durable Objects, of classes or objects that a `partykit.json` names. */
import type { ActorBase, ActorEffect, ActorForm, ActorTable } from "../../../model/library.ts";
import { serverCallbacks } from "./agents.ts";

const docs = "https://docs.partykit.io";
const server = `${docs}/reference/partyserver-api`;

/** How pages say which room they mean. */
const address: Extract<ActorEffect, { op: "address_by_name" }> = {
  op: "address_by_name",
  name: "party",
  key: "room",
  binding: true,
  omitted: { key: "", name: "main" },
};

const base: ActorBase = {
  package: "partykit",
  name: "Server",
  kind: "durable_object",
  called: "PartyKit party",
  context: "process",
  types: ["partykit/server"],
  callbacks: { ...serverCallbacks, onAlarm: "info" },
  own: ["getConnectionTags"],
  outside: {
    onBeforeConnect: "request",
    onBeforeRequest: "request",
    onFetch: "request",
    unstable_onFetch: "request",
    onSocket: "connection",
    onCron: "job",
  },
  framework: true,
  source: server,
};

const form: ActorForm = {
  ...base,
  name: "PartyKitServer",
  own: Object.keys(base.outside ?? {}),
  messages: [],
  shared: [],
  named: null,
  state: [],
  stored: [],
  works: [],
  plain: true,
  source: `${docs}/reference/partykitserver-legacy-api`,
};

export const partykit: ActorTable = {
  library: "PartyKit",
  namespaceTypes: [],
  bases: [base, { ...base, name: "PartyServer" }],
  forms: [form],
  deploys: { member: "parties", base, form },
  operations: [
    {
      call: { on: "registered", names: ["get"] },
      does: { op: "address", id: null, key: 0, namespace: null },
      source: `${docs}/guides/using-multiple-parties-per-project`,
    },
    { call: { on: "handle", names: ["fetch"] }, does: { op: "message", mode: "call", taken: "onRequest" }, source: server },
    { call: { on: "handle", names: ["socket"] }, does: { op: "message", mode: "call", taken: "onConnect", opens: true }, source: server },
    { call: { on: "handle", names: ["connect"] }, does: { op: "message", mode: "cast", taken: "onConnect", opens: true }, source: server },
    { call: { on: "handle", names: ["send"] }, does: { op: "message", mode: "cast", taken: "onMessage" }, source: server },
    {
      call: { on: "handle", names: ["accept", "close", "addEventListener", "removeEventListener"] },
      does: { op: "own" },
      source: server,
    },
    {
      call: { on: "member", member: ["room", "party"], names: ["blockConcurrencyWhile"] },
      does: { op: "exclusive", run: 0 },
      source: "https://developers.cloudflare.com/durable-objects/api/state/#blockconcurrencywhile",
    },
    {
      call: { on: "package", package: "partysocket", names: ["fetch", "PartySocket.fetch"] },
      does: { op: "ask_by_name", mode: "call", taken: "onRequest", address },
      source: `${docs}/guides/responding-to-http-requests`,
    },
    { call: { on: "package", package: "y-partykit/react", names: ["default"] }, does: address, source: `${docs}/reference/y-partykit-api` },
  ],
};
