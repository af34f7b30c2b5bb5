/** Cloudflare Agents: Durable Objects with state, schedules and connections of their own. */
import type { ActorBase, ActorOperation, ActorTable } from "../../../model/library.ts";

const docs = "https://developers.cloudflare.com/agents";

/** What a server of PartyServer has from PartyKit's. */
export const serverCallbacks = {
  onStart: "init",
  onRequest: "call",
  onConnect: "event",
  onMessage: "event",
  onClose: "event",
  onError: "event",
} as const;

const callbacks: ActorBase["callbacks"] = {
  ...serverCallbacks,
  onEmail: "event",
  onChatMessage: "event",
  onStateUpdate: "event",
  onStateChanged: "event",
  alarm: "info",
  init: "init",
};

/** Classes of the package that others extend, by where they are exported, and what one of them is called. */
const classes: readonly (readonly [string, string, string?])[] = [
  ["agents", "Agent", "Cloudflare agent"],
  ["agents", "AIChatAgent", "Cloudflare agent"],
  ["agents", "McpAgent", "Cloudflare agent"],
  ["@cloudflare/ai-chat", "AIChatAgent", "Cloudflare agent"],
  ["@cloudflare/think", "Think", "Cloudflare agent"],
  ["partyserver", "Server"],
  ["@cloudflare/sandbox", "Sandbox"],
  ["@cloudflare/containers", "Container"],
];

/** Methods of a page's address that are no messages to the actor's own code. */
const ofSockets = [
  "addEventListener",
  "removeEventListener",
  "dispatchEvent",
  "close",
  "reconnect",
  "updateProperties",
  "getHttpUrl",
  "ready",
  "fetch",
];

export const agents: ActorTable = {
  library: "Cloudflare Agents",
  namespaceTypes: ["AgentNamespace"],
  bases: classes.map(([from, name, called]) => ({
    package: from,
    name,
    kind: "durable_object",
    ...(called === undefined ? {} : { called }),
    context: "process",
    callbacks,
    own: ["shouldConnectionBeReadonly", "validateStateChange"],
    framework: true,
    source: `${docs}/api-reference/agents-api/`,
  })),
  operations: [
    {
      call: { on: "package", package: "agents", names: ["getAgentByName"] },
      does: { op: "address", id: null, key: 1, namespace: 0 },
      source: `${docs}/api-reference/routing/`,
    },
    {
      call: { on: "package", package: "agents", names: ["routeAgentRequest", "routeAgentEmail"] },
      does: { op: "route" },
      source: `${docs}/api-reference/routing/`,
    },
    {
      call: { on: "package", package: "partyserver", names: ["routePartykitRequest"] },
      does: { op: "route" },
      source: "https://github.com/cloudflare/partykit/tree/main/packages/partyserver",
    },
    {
      call: { on: "package", package: "hono-agents", names: ["agentsMiddleware"] },
      does: { op: "route" },
      source: "https://github.com/cloudflare/agents/tree/main/packages/hono-agents",
    },
    {
      call: { on: "package", package: "hono-party", names: ["partyserverMiddleware"] },
      does: { op: "route" },
      source: "https://github.com/cloudflare/partykit/tree/main/packages/hono-party",
    },
    {
      call: { on: "package", package: "partyserver", names: ["getServerByName"] },
      does: { op: "address", id: null, key: 1, namespace: 0 },
      source: "https://github.com/cloudflare/partykit/tree/main/packages/partyserver",
    },
    {
      call: { on: "package", package: "@cloudflare/sandbox", names: ["getSandbox"] },
      does: { op: "address", id: null, key: 1, namespace: 0 },
      source: "https://developers.cloudflare.com/sandbox/api/lifecycle/",
    },
    {
      call: { on: "package", package: "@cloudflare/containers", names: ["getContainer"] },
      does: { op: "address", id: null, key: 1, namespace: 0 },
      source: "https://developers.cloudflare.com/containers/container-package/",
    },
    ...(
      [
        ["agents/react", ["useAgent"]],
        ["agents/client", ["AgentClient"]],
      ] as const
    ).map(
      ([from, names]): ActorOperation => ({
        call: { on: "package", package: from, names },
        does: {
          op: "address_by_name",
          name: "agent",
          key: "name",
          binding: true,
          omitted: { key: "default" },
          inside: "sub",
          path: "basePath",
        },
        source: `${docs}/api-reference/client-sdk/`,
      }),
    ),
    ...(
      [
        ["partysocket/react", ["usePartySocket", "default"]],
        ["partysocket", ["PartySocket", "default"]],
      ] as const
    ).map(
      ([from, names]): ActorOperation => ({
        call: { on: "package", package: from, names },
        does: { op: "address_by_name", name: "party", key: "room", binding: true, omitted: { key: "", name: "main" } },
        source: "https://github.com/cloudflare/partykit/tree/main/packages/partysocket",
      }),
    ),
    // Of a page's address: `agent.call("increment", [1])`, `agent.stub.increment(1)`.
    {
      call: { on: "handle", names: ["call"] },
      does: { op: "message", mode: "call", taken: 0 },
      source: `${docs}/api-reference/client-sdk/`,
    },
    { call: { on: "handle", names: ["stub"] }, does: { op: "same" }, source: `${docs}/api-reference/client-sdk/` },
    {
      call: { on: "handle", names: ["send"] },
      does: { op: "message", mode: "cast", taken: "onMessage" },
      source: `${docs}/api-reference/websockets/`,
    },
    {
      call: { on: "handle", names: ["setState"] },
      does: { op: "message", mode: "cast", taken: ["onStateChanged", "onStateUpdate"] },
      source: `${docs}/api-reference/store-and-sync-state/`,
    },
    ...["agents/chat/react", "agents/ai-react", "@cloudflare/ai-chat/react", "@cloudflare/think/react"].map(
      (from): ActorOperation => ({
        call: { on: "package", package: from, names: ["useAgentChat"] },
        does: { op: "address_in", property: "agent" },
        source: `${docs}/api-reference/chat-agents/`,
      }),
    ),
    {
      call: { on: "handle", names: ["sendMessage", "regenerate", "append", "reload", "handleSubmit"] },
      does: { op: "message", mode: "cast", taken: "onChatMessage" },
      source: `${docs}/api-reference/chat-agents/`,
    },
    { call: { on: "handle", names: ofSockets }, does: { op: "own" }, source: `${docs}/api-reference/client-sdk/` },
    {
      call: { on: "member", member: ["this"], names: ["subAgent"] },
      does: { op: "address", id: null, key: 1, namespace: 0, inside: true },
      source: `${docs}/api-reference/sub-agents/`,
    },
    {
      call: { on: "member", member: ["this"], names: ["setState"] },
      does: { op: "storage", writes: true },
      source: `${docs}/api-reference/store-and-sync-state/`,
    },
    {
      call: { on: "member", member: ["this"], names: ["schedule", "scheduleEvery"] },
      does: { op: "effect", kind: "timer", text: "schedules work for later", later: 1 },
      source: `${docs}/runtime/execution/schedule-tasks/`,
    },
    {
      call: { on: "member", member: ["this"], names: ["queue"] },
      does: { op: "effect", kind: "timer", text: "queues work for later", later: 0 },
      source: `${docs}/runtime/execution/queue-tasks/`,
    },
  ],
};
