/** Restate: virtual objects, workflows and services that are written as objects, reached by definition (or its name) and key through the context or a client. */
import type { ActorForm, ActorTable } from "../../../model/library.ts";

const docs = "https://docs.restate.dev";
const sdk = "@restatedev/restate-sdk";
const packages = [sdk, "@restatedev/restate-sdk-cloudflare-workers", "@restatedev/restate-sdk-core"];

function forms(name: string, made: Pick<ActorForm, "kind" | "called" | "context" | "exclusive" | "once">): readonly ActorForm[] {
  return packages.map((from) => ({
    package: from,
    name,
    ...made,
    callbacks: {},
    own: [],
    framework: false,
    messages: ["handlers"],
    shared: ["shared", "createObjectSharedHandler", "createWorkflowSharedHandler"],
    named: "name",
    state: [],
    stored: [],
    works: [],
    onCrash: "runs_again",
    source: `${docs}/foundations/services`,
  }));
}

function client(names: readonly string[], key: number | null, sends: boolean): ActorTable["operations"][number] {
  return {
    call: { on: "any", names },
    does: { op: "address", id: null, key, namespace: 0, ...(sends ? { sends } : {}) },
    source: `${docs}/develop/ts/service-communication`,
  };
}

function registers(names: readonly string[]): readonly ActorTable["operations"][number][] {
  return packages.map((from) => ({
    call: { on: "package", package: from, names },
    does: { op: "register", in: "services" },
    source: `${docs}/develop/ts/serving`,
  }));
}

export const restate: ActorTable = {
  library: "Restate",
  namespaceTypes: [],
  bases: [],
  forms: [
    ...forms("object", { kind: "virtual_actor", called: "Restate object", context: "process", exclusive: "all" }),
    ...forms("workflow", { kind: "virtual_actor", called: "Restate workflow", context: "process", exclusive: ["run"], once: true }),
    ...forms("service", { kind: null, context: "request" }),
  ],
  dropped: {
    why: "Nobody learns of its failure, and the handler may be over before the answer is there.",
    fix: "`await` it, or send the message with `objectSendClient`, `workflowSendClient` or `serviceSendClient` if no answer is needed.",
  },
  operations: [
    client(["objectClient", "workflowClient"], 1, false),
    client(["objectSendClient", "workflowSendClient"], 1, true),
    client(["serviceClient"], null, false),
    client(["serviceSendClient"], null, true),
    ...(["call", "cast"] as const).map((mode): ActorTable["operations"][number] => ({
      call: { on: "context", member: [""], names: [mode === "call" ? "genericCall" : "genericSend"] },
      does: { op: "send_by_name", mode, name: "service", method: "method", key: "key", carries: "parameter" },
      source: `${docs}/develop/ts/service-communication`,
    })),
    // Clients from outside of handlers.
    {
      call: { on: "handle", names: ["workflowSubmit"] },
      does: { op: "message", mode: "cast", taken: "run" },
      source: `${docs}/services/invocation/clients/typescript-sdk`,
    },
    {
      call: { on: "handle", names: ["workflowAttach", "workflowOutput"] },
      does: { op: "own" },
      source: `${docs}/services/invocation/clients/typescript-sdk`,
    },
    ...registers(["serve", "createEndpointHandler", "endpoint"]),
    { call: { on: "any", names: ["bind"] }, does: { op: "register", in: null }, source: `${docs}/develop/ts/serving` },
    {
      call: { on: "context", member: [""], names: ["set", "clear", "clearAll"] },
      does: { op: "storage", writes: true },
      source: `${docs}/develop/ts/state`,
    },
    {
      call: { on: "context", member: [""], names: ["get", "stateKeys"] },
      does: { op: "storage", writes: false },
      source: `${docs}/develop/ts/state`,
    },
    {
      call: { on: "context", member: [""], names: ["sleep"] },
      does: { op: "block", category: "sleep", what: "durable sleep" },
      source: `${docs}/develop/ts/durable-timers`,
    },
    {
      call: { on: "context", member: [""], names: ["awakeable", "promise"] },
      does: { op: "effect", kind: "monitor", text: "waits for something from outside" },
      source: `${docs}/develop/ts/external-events`,
    },
    {
      call: { on: "context", member: ["rand"], names: ["uuidv4"] },
      does: { op: "fresh" },
      source: `${docs}/develop/ts/journaling-results`,
    },
  ],
};
