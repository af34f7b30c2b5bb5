import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { ActorTopology } from "../../server/src/link/actors/link-actors.ts";
import type { TreeNode } from "../../server/src/model/topology.ts";
import { link, sent } from "../support/actors.ts";

/** A line for each node: how deep, what, how many, when. */
function lines({ applications, unattached }: ActorTopology): string[] {
  const line = (node: TreeNode, depth: number): string[] => {
    const { module, id, kind, cardinality, origin, condition, notes } = node;
    const words = [module ?? `(${id})`, kind, cardinality, origin, condition ?? "", ...(notes ?? [])].filter((word) => word !== "");
    return [`${"  ".repeat(depth)}${words.join(" · ")}`, ...node.children.flatMap((child) => line(child, depth + 1))];
  };
  return [
    ...applications.flatMap(({ root }) => (root === null ? [] : line(root, 0))),
    ...unattached.flatMap((node) => ["unattached", ...line(node, 1)]),
  ];
}

const upload = `import { assign, createActor, enqueueActions, fromCallback, fromPromise, raise, sendParent, sendTo, setup, forwardTo, emit, spawnChild, stopChild } from "xstate";

const part = setup({}).createMachine({
  id: "part",
  on: {
    "part.*": { actions: sendParent({ type: "PART.MOVED" }) },
    STOP: { actions: sendTo(({ system }) => system.get("journal"), { type: "WRITE" }) },
  },
});
const journal = setup({}).createMachine({ on: { WRITE: {}, "*": {} } });

export const upload = setup({
  actors: {
    part,
    send: fromPromise(async ({ input }) => fetch(input)),
    watch: fromCallback(({ sendBack, receive }) => {
      receive((event) => { if (event.type === "PAUSE") return; });
      sendBack({ type: "LOST" });
    }),
  },
  actions: { warn: sendTo("watcher", { type: "PAUSE" }), note: emit({ type: "noted" }) },
  guards: {},
}).createMachine({
  context: ({ spawn }) => ({ journal: spawn(journal, { id: "journal", systemId: "journal" }), parts: [] }),
  entry: [spawnChild("watch", { id: "watcher" })],
  initial: "idle",
  states: {
    idle: { on: { START: [{ guard: "ok", target: "sending" }, { target: "idle" }] } },
    sending: {
      invoke: { src: "send", id: "sender", onDone: "idle", onError: { target: "idle", actions: "warn" } },
      after: { 1000: { actions: raise({ type: "LATE" }) } },
      on: {
        ADD: { actions: assign({ parts: ({ context, spawn }) => [...context.parts, spawn("part")] }) },
        LATE: { actions: enqueueActions(({ enqueue, context }) => { enqueue.sendTo(context.journal, { type: "WRITE" }); enqueue(stopChild("watcher")); }) },
        FORWARD: { actions: forwardTo("watcher") },
      },
      states: { deep: { on: { "*": { actions: "note" } } } },
    },
  },
  on: { "PART.MOVED": { actions: ({ context }) => context.parts[0].send({ type: "part.stopped" }) }, LOST: {} },
});
const actor = createActor(upload, { systemId: "uploads" }).start();
actor.send({ type: "START" });
actor.send({ type: Math.random() > 0.5 ? "ADD" : "UNKNOWN" });
actor.system.get("journal").send({ type: "READ" });
actor.getSnapshot().children.watcher?.send({ type: "PAUSE" });
`;

describe("machines", () => {
  test("the tree is that of the actors: what is invoked, in which state, and what is spawned, on which event", () => {
    assert.deepEqual(lines(link({ "src/upload.ts": upload })), [
      "upload · machine · one · init",
      "  journal · machine · one · init",
      "  watch · actor · one · init · callback",
      "  send · actor · one · init · in state sending · promise · failure handled by onError",
      "  part · machine · many · dynamic · on ADD in state sending",
    ]);
  });

  test("a failure is handled by the `onError` of that actor, not of another one in the state", () => {
    const files = {
      "src/a.ts": `import { createActor, createMachine, fromPromise } from "xstate";
        const load = fromPromise(async () => 1), save = fromPromise(async () => 2);
        createActor(createMachine({ id: "both", invoke: [{ id: "load", src: load, onError: {} }, { id: "save", src: save }] }));`,
    };
    assert.deepEqual(lines(link(files)).slice(1), [
      "  load · actor · one · init · promise · failure handled by onError",
      "  save · actor · one · init · promise",
    ]);
  });

  test("events lead to the transitions that take them, those written for them before wildcards", () => {
    const { messages } = link({ "src/upload.ts": upload });
    assert.deepEqual(sent(messages), [
      // Of the machine's own transitions, in the order of states.
      "cast upload PART.MOVED upload.any state/1#1 upload.sending.deep/1#0 certain",
      "cast journal WRITE journal.any state/1#0 certain",
      "cast watch PAUSE fn0#0 certain",
      "cast upload LATE upload.sending/1#4 upload.sending.deep/1#0 certain",
      "cast watch FORWARD certain",
      // Of functions.
      "cast upload LOST upload.any state/1#2 upload.sending.deep/1#0 certain",
      "cast journal WRITE journal.any state/1#0 certain",
      "cast part part.stopped part.any state/1#0 certain",
      "cast upload START upload.idle/1#0 upload.sending.deep/1#0 certain",
      "cast upload ADD upload.sending/1#3 upload.sending.deep/1#0 probable",
      "cast upload UNKNOWN upload.sending.deep/1#0 probable",
      "cast journal READ journal.any state/1#1 certain",
      "cast watch PAUSE fn0#0 certain",
    ]);
  });
});

const nact = `const { start, dispatch, query, spawn, spawnStateless: worker, stop, seconds } = require("nact");
const system = start();
const counter = (state = {}, msg, ctx) => {
  switch (msg.type) {
    case "inc":
    case "add": {
      const child = ctx.children.has(msg.name) ? ctx.children.get(msg.name) : spawnTally(ctx.self, msg.name);
      dispatch(child, { type: "tick", by: 1 }, ctx.self);
      return { ...state, [msg.name]: child };
    }
    case "get":
      dispatch(ctx.sender, { count: 1 }, ctx.self);
      return state;
    default:
      return state;
  }
};
function spawnTally(parent, name) {
  return spawn(parent, (state, { type, by }) => (type === "tick" ? state + by : state), name, {
    initialState: 0,
    shutdownAfter: 30 * seconds,
    onCrash: (msg, error, ctx) => (msg ? ctx.resume : ctx.escalate),
  });
}
const ref = spawn(system, counter, "counter");
const other = spawn(system, counter, "other", { onCrash: (m, e, { reset }) => reset });
worker(ref, async (msg) => { await fetch(msg.url); }, "fetcher");
spawnTally(system, "top");
async function ask() {
  dispatch(ref, { type: "add", name: "a" });
  return query(ref, (sender) => ({ type: "get", sender }), 2 * seconds);
}
ask();
dispatch(other, { type: "nonsense" });
stop(system);
`;

describe("actors of nact", () => {
  test("the tree is that of parents and children, with what becomes of them", () => {
    assert.deepEqual(lines(link({ "src/counter.js": nact })), [
      "(system) · actor_system · one · init",
      "  spawnTally · actor · one · init · on a crash: goes on, or its parent decides · stops when idle for 30 s",
      "  counter · actor · one · init · stops on a crash",
      "    spawnTally · actor · many · dynamic · on a crash: goes on, or its parent decides · stops when idle for 30 s",
      "    fetcher · actor · one · init · stateless · goes on after a crash",
      "  counter · actor · one · init · on a crash: starts over",
      "    spawnTally · actor · many · dynamic · on a crash: goes on, or its parent decides · stops when idle for 30 s",
    ]);
  });

  test("messages lead to the cases that take them; a query waits, as long as it says", () => {
    const { messages } = link({ "src/counter.js": nact });
    assert.deepEqual(sent(messages), [
      "cast spawnTally|fetcher tick fn0#0 ts:src/counter.js.worker/1#0 probable",
      "cast counter add ts:src/counter.js.counter/3#1 certain",
      "call counter get ts:src/counter.js.counter/3#2 certain",
      "cast counter nonsense ts:src/counter.js.counter/3#3 certain",
    ]);
    assert.deepEqual(
      messages.flatMap(({ timeout }) => timeout ?? []),
      [2000],
    );
  });

  test("whom a message names is told, in the case that takes it; who asked is answered", () => {
    const desk = (more = "") => `import { start, dispatch, query, spawn } from "nact";
      const system = start();
      const clerk = spawn(system, (state, message, ctx) => {
        switch (message.type) {
          case "hand in": dispatch(message.to, { type: "print", to: ctx.self }); return state + 1;
          case "printed": return state;
          case "how many": dispatch(message.to, state); return state;
        }
      }, "clerk");
      const printer = spawn(system, (count, { to }) => { setTimeout(() => dispatch(to, { type: "printed" }), 9); return count + 1; }, "printer");
      dispatch(clerk, { type: "hand in", to: printer });
      export const count = () => query(clerk, (to) => ({ type: "how many", to }), 9);${more}`;
    const found = (text: string) => sent(link({ "src/desk.ts": text }).messages).map((line) => line.replace(/ \S*#/, " #"));
    const known = ["cast clerk hand in #0 certain", "call clerk how many #2 certain"];
    assert.deepEqual(found(desk()).sort(), ["cast printer print #0 certain", "cast clerk printed #1 certain", ...known].sort());
    // Of those that ask for a page, one wants the answer itself.
    const both = found(desk(`export const page = () => query(printer, (to) => ({ type: "print", to }), 9);`));
    assert.ok(both.includes("cast clerk printed #1 probable"), both.join("; "));
  });

  test("what an actor waits for, its other messages wait for, but those of a stateless one", () => {
    const blocks = (text: string) => {
      const { definitions } = link({ "src/counter.js": text });
      const fetcher = definitions.get("ts:src/counter.js#fetcher");
      return fetcher?.callbacks.map(({ effects, interleaves }) => [
        ...effects.blocks.map(({ category }) => category),
        interleaves === true,
      ]);
    };
    assert.deepEqual(blocks(nact), [[true]]);
    assert.deepEqual(blocks(nact.replace(/worker\((\w+), async \(/, "spawn($1, async (state, ")), [["http", false]]);
  });
});

describe("what imports them, and what does not", () => {
  const machine = (from: string, name = "createMachine") =>
    `import { ${name} } from "${from}"; export const light = ${name}({ on: { GO: {} } });`;

  test("aliases, re-exports, namespaces and what a setup is kept in are followed", () => {
    const files = {
      "src/actors.ts": `export { createMachine as machine, createActor } from "xstate"; export * as x from "xstate";`,
      "src/light.ts": machine("./actors", "machine"),
      "src/index.ts": `export { light as lamp } from "./light";`,
      "src/main.ts": `import * as X from "xstate"; import { lamp } from "./index"; import { x } from "./actors";
        const make = X.setup({ actions: { go: X.raise({ type: "GO" }) } });
        const other = make.extend({}).createMachine({ id: "o", entry: "go", on: { GO: {} } });
        const run = (logic) => x.createActor(logic);
        const a = run(lamp); const b = X.createActor(other.provide({})); a.send({ type: "GO" }); b.send({ type: "GO" });`,
    };
    const found = link(files);
    assert.deepEqual(lines(found), ["light · machine · one · init", "other · machine · one · init"]);
    assert.deepEqual(sent(found.messages), [
      "cast other GO other.any state/1#1 certain",
      "cast light GO light.any state/1#0 certain",
      "cast other GO other.any state/1#1 certain",
    ]);
  });

  test("what is provided takes the place of what a setup only declares, unless that differs; a method's machine has its class in its name", () => {
    const files = {
      "src/open.ts": `import { setup, fromPromise, createActor } from "xstate";
        const later = fromPromise(async () => { throw new Error("not provided"); });
        const one = setup({ actors: { load: later } }).createMachine({ invoke: { src: "load" } });
        const two = setup({ actors: { load: later } }).createMachine({ invoke: { src: "load" } });
        export class Open { make() { return setup({ actors: { load: later } }).createMachine({ invoke: { src: "load" } }); } }
        const first = fromPromise(async () => 1), second = fromPromise(async () => 2);
        createActor(one.provide({ actors: { load: first } })); createActor(two.provide({ actors: { load: first } }));
        createActor(two.provide({ actors: { load: second } })); createActor(new Open().make());`,
    };
    assert.deepEqual(
      lines(link(files)).map((line) => line.replace(/ ·.*/, "")),
      ["one", "  first", "two", "  later", "two", "  later", "Open.make", "  later", "unattached", "  second"],
    );
  });

  test("modules of CommonJS give what they assign to their exports", () => {
    const found = link({
      "src/system.js": `const { start } = require("nact"); module.exports = start();`,
      "src/kinds.js": `exports.ORDER = "order"; module.exports.spawnLog = (parent) => require("nact").spawn(parent, (m) => m, "log");`,
      "src/company.js": `const { spawn } = require("nact"); const { ORDER } = require("./kinds");
        module.exports = (parent, id) => spawn(parent, (state, msg) => { switch (msg.name) { case ORDER: return state; } }, \`company-\${id}\`);`,
      "src/index.js": `const { dispatch } = require("nact"); const system = require("./system"); const spawnCompany = require("./company");
        const kinds = require("./kinds"); const one = spawnCompany(system, 1); dispatch(one, { name: kinds.ORDER });`,
    });
    assert.deepEqual(lines(found), [
      "(system) · actor_system · one · init",
      "  company · actor · one · init · stops on a crash",
      "unattached",
      "  log · actor · one · init · stops on a crash",
    ]);
    assert.deepEqual(sent(found.messages), ["cast company order fn0#0 certain"]);
  });

  test("names that a function gives their value, and types that are constants without a text, are followed", () => {
    const found = link({
      "src/commands.js": `const { spawn, start, dispatch } = require("nact"); const ADD = Symbol("add"); let commander;
        function open() { commander = spawn(start(), (state, msg) => { switch (msg.type) { case ADD: return msg; } }, "commander"); }
        function add() { dispatch(commander, { type: ADD }); }`,
    });
    assert.deepEqual(sent(found.messages), ["cast commander ADD fn0#0 certain"]);
  });

  test("functions of those names from elsewhere are none", () => {
    const found = link({
      "src/light.ts": machine("./factory"),
      "src/factory.ts": `// like "xstate"\nexport const createMachine = (c) => c; export function spawn(a, b) {} export const start = () => {}; export const dispatch = (a, b) => {};`,
      "src/bus.ts": `import { spawn, dispatch, start } from "./factory"; import "nact"; const s = start(); const a = spawn(s, () => {}, "a"); dispatch(a, { type: "x" });`,
      "src/shop.ts": `import { createStore } from "@xstate/store"; const a = createStore({}); a.send({ type: "x" });`,
    });
    assert.deepEqual([found.definitions.size, found.applications.length, found.unattached.length, found.messages.length], [0, 0, 0, 0]);
  });
});

describe("hostile machines", () => {
  test("one that invokes itself, or its own parent, ends", () => {
    const found = link({
      "src/a.ts": `import { createMachine, createActor } from "xstate";
        export const a = createMachine({ invoke: { src: () => a }, states: { x: { invoke: { src: a } }, y: { invoke: { src: b } } } });
        const b = createMachine({ invoke: { src: a, onDone: { actions: "nobody" } }, entry: "itself" }, { actions: { itself: "itself" } });
        createActor(a);`,
    });
    assert.deepEqual(lines(found), [
      "a · machine · one · init",
      "  (null) · actor · one · init",
      "  a · machine · one · init · in state x · as above",
      "  b · machine · one · init · in state y",
      "    a · machine · one · init · as above",
    ]);
  });

  test("500 states, computed keys, spreads of itself and broken source give what is left", () => {
    const states = Array.from({ length: 500 }, (_, i) => `s${i}: { on: { NEXT: "s${i + 1}", [KEY]: {}, [key()]: {} } }`).join(", ");
    const text = `import { createMachine, createActor } from "xstate"; const KEY = "JUMP"; const self = { ...self, on: self };
      const long = createMachine({ ...self, states: { ${states}, ...more }, ...{ on: { TOP: {} } } });
      const deep = createMachine(${"{ states: { a: ".repeat(200)}{}${"} }".repeat(200)});
      const actor = createActor(long); actor.send({ type: KEY }); actor.send({ type: "TOP" });`;
    const found = link({ "src/long.ts": text });
    assert.deepEqual(
      found.messages.map(({ tag, handlers }) => `${tag} ${handlers.length}`),
      ["JUMP 500", "TOP 1"],
    );
    for (let end = 0; end < text.length; end += 4997) link({ "src/long.ts": text.slice(0, end) });
    for (let end = 0; end < upload.length; end += 151) link({ "src/upload.ts": upload.slice(0, end) + upload.slice(end + 7) });
    for (let end = 0; end < nact.length; end += 97) link({ "src/counter.js": nact.slice(0, end) + nact.slice(end + 5) });
  });
});
