/** Dapr: actors are classes; a proxy that is built for a class and an id sends them messages. Reentrancy is off unless it is asked for. */
import type { ActorTable } from "../../../model/library.ts";

const docs = "https://docs.dapr.io/developing-applications";
const sdk = `${docs}/sdks/js/js-actors/`;
const from = "@dapr/dapr";

export const dapr: ActorTable = {
  library: "Dapr",
  namespaceTypes: [],
  reentrancy: "reentrancy",
  bases: [
    {
      package: from,
      name: "AbstractActor",
      kind: "virtual_actor",
      called: "Dapr actor",
      context: "process",
      callbacks: { onActivate: "init", receiveReminder: "info" },
      own: ["onDeactivate", "onActorMethodPre", "onActorMethodPost"],
      framework: false,
      exclusive: "all",
      source: `${docs}/building-blocks/actors/actors-overview/`,
    },
  ],
  operations: [
    {
      call: { on: "any", names: ["build"] },
      does: { op: "address", id: null, key: 0, namespace: null, by: "ActorProxyBuilder" },
      source: sdk,
    },
    {
      call: { on: "member", member: ["actor"], names: ["create"] },
      does: { op: "address", id: null, key: null, namespace: 0, omitted: "fresh" },
      source: sdk,
    },
    { call: { on: "package", package: from, names: ["ActorId"] }, does: { op: "identify", key: 0 }, source: sdk },
    { call: { on: "package", package: from, names: ["ActorId.createRandomId"] }, does: { op: "fresh" }, source: sdk },
    { call: { on: "any", names: ["getActorId"] }, does: { op: "key" }, source: sdk },
    { call: { on: "any", names: ["registerActor"] }, does: { op: "register", in: null }, source: sdk },
    {
      call: {
        on: "member",
        member: ["getStateManager", "stateManager"],
        names: ["setState", "addState", "removeState", "addOrUpdateState", "saveState"],
      },
      does: { op: "storage", writes: true },
      source: sdk,
    },
    {
      call: {
        on: "member",
        member: ["getStateManager", "stateManager"],
        names: ["getState", "tryGetState", "containsState", "getStateNames"],
      },
      does: { op: "storage", writes: false },
      source: sdk,
    },
    {
      call: { on: "member", member: ["this", "super"], names: ["registerActorTimer"] },
      does: { op: "effect", kind: "timer", text: "sets a timer", later: 1 },
      source: `${docs}/building-blocks/actors/actors-timers-reminders/`,
    },
    {
      call: { on: "member", member: ["this", "super"], names: ["registerActorReminder"] },
      does: { op: "effect", kind: "timer", text: "sets a reminder", later: "receiveReminder" },
      source: `${docs}/building-blocks/actors/actors-timers-reminders/`,
    },
  ],
};
