/** Threads and processes of Node and of browsers, and Comlink, which calls functions in them. */
import type { ActorBase, ActorTable } from "../../../model/library.ts";

const node = "https://nodejs.org/api";
const web = "https://developer.mozilla.org/docs/Web/API";

const thread: ActorBase = {
  package: "node:worker_threads",
  name: "Worker",
  kind: "worker_thread",
  context: "process",
  callbacks: { message: "info" },
  own: [],
  framework: false,
  source: `${node}/worker_threads.html`,
};

/** https://nodejs.org/api/child_process.html#event-exit */
const child: ActorBase = { ...thread, onCrash: "stops" };

/** https://developer.mozilla.org/docs/Web/API/Worker/error_event */
const page: ActorBase = { ...thread, onCrash: "goes_on" };

/** What is no message to the other side. */
const own = [
  "on",
  "once",
  "off",
  "emit",
  "addListener",
  "removeListener",
  "removeAllListeners",
  "addEventListener",
  "removeEventListener",
  "terminate",
  "kill",
  "disconnect",
  "ref",
  "unref",
  "start",
];

function starts(call: ActorTable["operations"][number]["call"], source: string, base = thread): ActorTable["operations"][number] {
  return { call, does: { op: "worker", file: 0, base }, source };
}

/** In code of a worker. */
function answers(call: ActorTable["operations"][number]["call"], source: string): ActorTable["operations"][number] {
  return { call, does: { op: "answer" }, source };
}

function channels(call: ActorTable["operations"][number]["call"]): ActorTable["operations"][number] {
  return { call, does: { op: "channel", name: 0 }, source: `${web}/BroadcastChannel` };
}

function ends(call: ActorTable["operations"][number]["call"]): ActorTable["operations"][number] {
  return { call, does: { op: "ends", names: ["port1", "port2"] }, source: `${web}/MessageChannel` };
}

export const workers: ActorTable = {
  library: "workers",
  namespaceTypes: [],
  bases: [],
  operations: [
    starts({ on: "package", package: "node:worker_threads", names: ["Worker"] }, `${node}/worker_threads.html#class-worker`),
    starts({ on: "package", package: "worker_threads", names: ["Worker"] }, `${node}/worker_threads.html#class-worker`),
    starts({ on: "global", names: ["Worker", "SharedWorker"] }, `${web}/Worker`, page),
    {
      call: { on: "query", names: ["worker", "sharedworker"] },
      does: { op: "worker", file: null, base: page },
      source: "https://vite.dev/guide/features.html#import-with-query-suffixes",
    },
    starts(
      { on: "package", package: "node:child_process", names: ["fork"] },
      `${node}/child_process.html#child_processforkmodulepath-args-options`,
      child,
    ),
    starts(
      { on: "package", package: "child_process", names: ["fork"] },
      `${node}/child_process.html#child_processforkmodulepath-args-options`,
      child,
    ),
    { call: { on: "handle", names: ["postMessage", "send"] }, does: { op: "post" }, source: `${web}/Worker/postMessage` },
    { call: { on: "handle", names: own }, does: { op: "own" }, source: `${node}/worker_threads.html#class-worker` },
    ...["node:worker_threads", "worker_threads"].flatMap((from): ActorTable["operations"] => [
      answers({ on: "package", package: from, names: ["parentPort.postMessage"] }, `${node}/worker_threads.html#workerparentport`),
      channels({ on: "package", package: from, names: ["BroadcastChannel"] }),
      ends({ on: "package", package: from, names: ["MessageChannel"] }),
    ]),
    answers({ on: "member", member: ["self", "globalThis"], names: ["postMessage"] }, `${web}/DedicatedWorkerGlobalScope/postMessage`),
    answers({ on: "global", names: ["postMessage"] }, `${web}/DedicatedWorkerGlobalScope/postMessage`),
    answers({ on: "member", member: ["process"], names: ["send"] }, `${node}/process.html#processsendmessage-sendhandle-options-callback`),
    channels({ on: "global", names: ["BroadcastChannel"] }),
    ends({ on: "global", names: ["MessageChannel"] }),
  ],
};

const proxies = "https://github.com/GoogleChromeLabs/comlink";

export const comlink: ActorTable = {
  library: "Comlink",
  namespaceTypes: [],
  bases: [],
  dropped: {
    why: "It is a message to another thread: what it throws there is lost, and the caller goes on as if the work were done.",
    fix: "`await` it, or write `void` and a `catch` if it may be lost.",
  },
  operations: [{ call: { on: "package", package: "comlink", names: ["wrap"] }, does: { op: "proxy", of: 0 }, source: proxies }],
};
