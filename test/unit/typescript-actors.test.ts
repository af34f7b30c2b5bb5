import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { ActorTopology } from "../../server/src/link/actors/link-actors.ts";
import { contextsOf, link, messages, trees } from "../support/actors.ts";

const callbacks = ({ definitions }: ActorTopology, module: string): readonly string[] =>
  definitions
    .get(`ts:${module}`)!
    .callbacks.map(({ role, pattern, interleaves }) => `${role} ${pattern}${interleaves === true ? "" : " alone"}`);

const rivet = {
  "package.json": '{ "name": "rooms" }',
  "src/registry.ts": `import { actor as define, queue, setup } from "rivetkit";
import { join } from "./join";
export const room = define({
  state: { names: [] as string[] },
  queues: { invite: queue<string>() },
  run: async (c) => { for await (const message of c.queue.iter()) c.state.names.push(message.body); },
  actions: {
    join,
    names: (c) => c.state.names,
    async tell(context) {
      const lobby = context.client<typeof registry>().lobby.getOrCreate();
      await lobby.report(context.state.names.length);
      await lobby.report(0);
    },
  },
});
export const registry = setup({ use: { room, lobby: define({ state: {}, actions: { report: (c, count: number) => c.broadcast("count", count) } }) } });
`,
  "src/join.ts": "export const join = (c, name: string) => { c.state.names.push(name); return c.key; };\n",
  "src/client.ts": `import { createClient } from "rivetkit/client";
import type { registry } from "./registry";
const client = createClient<typeof registry>();
export async function enter(id: string, name: string) {
  const handle = client.room.getOrCreate(["room", id]).connect();
  handle.on("count", () => {});
  await handle.join(name);
  await handle.send("invite", name);
  await handle.send("invite", name, { wait: true });
  handle.names();
}
`,
};

describe("Rivet", () => {
  const topology = link(rivet);

  test("a registry names its actors; an omitted key is one for all, a given one many", () => {
    assert.deepEqual(trees(topology), ["rooms: room virtual_actor many", "rooms: lobby virtual_actor one []"]);
  });

  test("actions are messages, through connections and clients of other actors; queues are worked through by run", () => {
    assert.deepEqual(messages(topology), [
      "src/registry.ts#room.tell/1 calls lobby[[]].report → src/registry.ts#lobby.report/2",
      "src/registry.ts#room.tell/1 calls lobby[[]].report → src/registry.ts#lobby.report/2",
      "src/client.ts.enter/2 calls room[room/id].join → src/join.ts.join/2",
      "src/client.ts.enter/2 casts room[room/id].invite → src/registry.ts#room.run/1",
      "src/client.ts.enter/2 calls room[room/id].invite → src/registry.ts#room.run/1",
      "src/client.ts.enter/2 casts room[room/id].names → src/registry.ts#room.names/1 dropped",
    ]);
  });

  test("actions run beside each other, run takes one message after the other", () => {
    assert.deepEqual(callbacks(topology, "src/registry.ts#room"), ["info run() alone", "call names()", "call tell()", "call join(name)"]);
  });

  test("code of an action runs in its actor, wherever it stands", () => {
    assert.deepEqual(contextsOf(topology, "src/join.ts.join/2"), ["room many"]);
  });

  test("what is kept, and what else it is there for, are its reasons", () => {
    const kinds = topology.definitions.get("ts:src/registry.ts#room")!.reasons.map(({ kind }) => kind);
    assert.deepEqual([...kinds].sort(), ["durable_state", "identity", "own_work"]);
  });

  test("what the library stores is told from what is in memory alone", () => {
    const kept = (action: string) => {
      const file = `import { actor, setup } from "rivetkit";
export const tally = actor({ state: { n: 0 }, vars: { seen: [] }, actions: { add: (c) => { ${action} } } });
export const registry = setup({ use: { tally } });`;
      const { reasons, callbacks, nodes } = link({ "src/registry.ts": file }).definitions.get("ts:src/registry.ts#tally")!;
      assert.deepEqual([callbacks[0]!.effects.state, nodes[0]?.called], ["changed", "Rivet actor"]);
      return [callbacks[0]!.effects.isStored === true, ...reasons.flatMap(({ kind }) => (kind.endsWith("_state") ? kind : []))];
    };
    assert.deepEqual(kept("c.state.n++;"), [true, "durable_state"]);
    assert.deepEqual(kept("c.vars.seen.push(1);"), [false, "memory_state"]);
    assert.deepEqual(kept("c.state.n++; c.vars.seen.push(1);"), [false, "memory_state", "durable_state"]);
  });

  test("nothing of the kind is seen where the library is not imported", () => {
    const plain = Object.fromEntries(Object.entries(rivet).map(([path, text]) => [path, text.replace(/"rivetkit[^"]*"/g, '"./kit"')]));
    assert.equal(link(plain).definitions.size, 0);
  });
});

const restate = {
  "src/cart.ts": `import * as restate from "@restatedev/restate-sdk";
export const cart = restate.object({
  name: "ShoppingCart",
  handlers: {
    add: async (ctx: restate.ObjectContext, item: string) => {
      ctx.set("item", item);
      await ctx.objectClient(cart, ctx.key).total();
      await ctx.serviceClient(prices).of(item);
      ctx.objectSendClient<typeof cart>({ name: "ShoppingCart" }, "gifts").add("card");
    },
    total: restate.handlers.object.shared(async (ctx: restate.ObjectSharedContext) => (await ctx.get("items")) ?? 0),
  },
});
export const prices = restate.service({ name: "Prices", handlers: { of: async (ctx, item) => { await ctx.sleep(10); return item.length; } } });
restate.serve({ services: [cart, prices] });
`,
};

describe("Restate", () => {
  const topology = link(restate);

  test("objects are actors, services are requests", () => {
    assert.deepEqual(trees(topology), ['src/cart.ts: cart virtual_actor one "gifts"']);
    assert.deepEqual(contextsOf(topology, "src/cart.ts#prices.of/2"), ["request (prices.of) many"]);
  });

  test("clients of the context call and send, by definition or by name", () => {
    assert.deepEqual(messages(topology), [
      "src/cart.ts#cart.add/2 calls cart[its own key].total → src/cart.ts#cart.total/1",
      "src/cart.ts#cart.add/2 calls prices.of → src/cart.ts#prices.of/2",
      'src/cart.ts#cart.add/2 casts ShoppingCart["gifts"].add → src/cart.ts#cart.add/2',
    ]);
  });

  test("handlers run alone, unless they are shared", () => {
    assert.deepEqual(callbacks(topology, "src/cart.ts#cart"), ["call add(item) alone", "call total()"]);
  });
});

const dapr = {
  "package.json": '{ "name": "@dapr/dapr" }',
  "src/index.ts": "export class AbstractActor {}\n",
  "app/counter.ts": `import { AbstractActor } from "@dapr/dapr";
export default class Counter extends AbstractActor {
  async onActivate() { await this.registerActorTimer("tick", "count"); }
  async count() { const n = await this.getStateManager().getState("n"); await this.getStateManager().setState("n", n + 1); }
}
`,
  "app/main.ts": `import { ActorId, ActorProxyBuilder, DaprServer } from "@dapr/dapr";
import Counter from "./counter";
async function start(server: DaprServer, ids: string[]) {
  await server.actor.registerActor(Counter);
  const builder = new ActorProxyBuilder<Counter>(Counter, server.client);
  for (const id of ids) await builder.build(new ActorId(id)).count();
  builder.build(ActorId.createRandomId()).count();
}
`,
};

describe("Dapr", () => {
  const topology = link(dapr);

  test("a class that is registered is bound; proxies are built for an id", () => {
    assert.deepEqual(trees(topology), ["@dapr/dapr: Counter virtual_actor many"]);
    assert.deepEqual(messages(topology), [
      "app/counter.ts#Counter.onActivate/0 casts Counter[its own key].count → app/counter.ts#Counter.count/0",
      "app/main.ts.start/2 calls Counter[id].count → app/counter.ts#Counter.count/0",
      "app/main.ts.start/2 casts Counter[a fresh key].count → app/counter.ts#Counter.count/0 dropped",
    ]);
  });

  test("state and timers are its reasons", () => {
    const { reasons } = topology.definitions.get("ts:app/counter.ts#Counter")!;
    assert.deepEqual(reasons.map(({ kind }) => kind).sort(), ["durable_state", "identity", "timer"]);
  });
});

const threads = {
  "package.json": '{ "name": "pool" }',
  "src/main.ts": `import { Worker } from "node:worker_threads";
import { fork } from "node:child_process";
import { wrap } from "comlink";
const hasher = new Worker(new URL("./hasher.ts", import.meta.url));
const maths = wrap(new Worker(new URL("./maths.ts", import.meta.url)));
export async function hash(text: string) {
  hasher.postMessage({ type: "hash", text });
  maths.reset();
  await maths.add(1, 2);
  fork("./src/child.ts").send("go");
}
`,
  "src/hasher.ts": `import { parentPort } from "node:worker_threads";
parentPort?.on("message", async ({ text }) => { parentPort!.postMessage(digest(text)); });
function digest(text: string) { return text.length; }
`,
  "src/maths.ts": `import { expose } from "comlink";
let total = 0;
expose({ add: (a: number, b: number) => (total += a + b), reset() { total = 0; } });
`,
  "src/src/child.ts": `process.on("message", (what) => console.log(what));\n`,
};

const ports = {
  "src/main.ts": `import { Worker, BroadcastChannel, MessageChannel } from "node:worker_threads";
import { fork } from "node:child_process";
const worker = new Worker("./src/worker.ts");
worker.on("message", heard);
function heard(result: number) { console.log(result); }
class Pool {
  private readonly child = fork("./child.js");
  private readonly news = new BroadcastChannel("news");
  start() {
    this.child.on("message", (text) => this.tell(text));
    const { port1, port2 } = new MessageChannel();
    worker.postMessage({ kind: "join", port: port2 }, [port2]);
    port1.onmessage = () => {};
    port1.postMessage("hello");
  }
  tell(text: string) { this.news.postMessage({ type: "told", text }); }
}
`,
  "src/src/worker.ts": `import { parentPort } from "node:worker_threads";
import { answer } from "../answer";
const news = new BroadcastChannel("news");
const other = new BroadcastChannel("other");
news.onmessage = ({ data }) => answer(data);
parentPort!.on("message", ({ port }) => { port.on("message", answer); other.postMessage("nobody hears it"); });
`,
  "src/answer.ts": `import { parentPort } from "node:worker_threads";
export function answer(text: string) { parentPort?.postMessage(text.length); }
`,
  "src/child.js": `process.on("message", () => process.send({ cmd: "done" }));\n`,
  "src/page.ts": `export function say() { self.postMessage("no worker runs this"); process.send(1); }\n`,
};

describe("messages without an address", () => {
  const topology = link(ports);
  const sent = messages(topology);

  test("a worker's messages go to what listens where it was started, from wherever the worker runs", () => {
    assert.ok(sent.includes("src/answer.ts.answer/1 casts src/main.ts.message → src/main.ts.heard/1"), sent.join("\n"));
    assert.ok(sent.includes('src/child.js.on "message"/0 casts src/main.ts.done → src/main.ts#Pool.start/0'), sent.join("\n"));
  });

  test("what is posted on a channel goes to who listens to its name, and to the worker that an end was given to", () => {
    assert.ok(sent.includes('src/main.ts#Pool.tell/1 casts "news".told → src/src/worker.ts.(top)/0#fn0'), sent.join("\n"));
    assert.ok(sent.includes("src/main.ts#Pool.start/0 casts port1.message → src/answer.ts.answer/1"), sent.join("\n"));
    const taken = ["info message of port(text)", "info message({…})", 'info message of "news"({…})'];
    assert.deepEqual(callbacks(topology, "src/src/worker.ts"), taken);
  });

  test("there is none where nobody listens, or no worker runs the code", () => {
    assert.deepEqual(
      sent.filter((text) => /src\/page|other/.test(text)),
      [],
    );
  });
});

describe("threads and processes of Node", () => {
  const topology = link(threads);

  test("a file that is started is a worker, one where the start is at the top of a file", () => {
    assert.deepEqual(trees(topology), [
      "pool: src/hasher.ts worker_thread one",
      "pool: src/maths.ts worker_thread one",
      "pool: src/src/child.ts worker_thread unknown",
    ]);
  });

  test("what is posted is taken by what listens in the worker's file, calls of Comlink by what it exposes", () => {
    const sent = messages(topology);
    assert.equal(sent[0], 'src/main.ts.hash/1 casts src/hasher.ts.hash → src/hasher.ts.on "message"/1');
    assert.equal(sent[3], 'src/main.ts.hash/1 casts src/src/child.ts.message → src/src/child.ts.on "message"/1');
    assert.deepEqual(
      sent.slice(1, 3).map((text) => text.replace(/ → .*maths\.ts/, " → maths.ts")),
      [
        "src/main.ts.hash/1 casts src/maths.ts.reset → maths.ts.expose.reset/0 dropped",
        "src/main.ts.hash/1 calls src/maths.ts.add → maths.ts.expose.add/2",
      ],
    );
  });

  test("code of the worker's file runs in the worker", () => {
    assert.deepEqual(contextsOf(topology, "src/hasher.ts.digest/1"), ["src/hasher.ts one"]);
  });
});

describe("pools of workers", () => {
  const worker = `import { parentPort } from "node:worker_threads"; parentPort.on("message", () => parentPort.postMessage({ type: "done" }));`;
  const pool = (text: string) =>
    link({ "src/w.ts": worker, "src/main.ts": `import { Worker } from "node:worker_threads"; function heard(m) {}\n${text}` });

  test("of a list of workers any element is one of them", () => {
    const text = `const pool = [new Worker("./w.ts"), new Worker("./w.ts")];
for (const one of pool) one.on("message", heard);
export const run = (i, job) => pool[i].postMessage(job);`;
    assert.deepEqual(messages(pool(text)), [
      'src/main.ts.run/2 casts src/w.ts.message → src/w.ts.on "message"/0',
      'src/w.ts.on "message"/0 casts src/main.ts.done → src/main.ts.heard/1',
    ]);
  });

  test("what a loop starts is not one", () => {
    const text = `for (let i = 0; i < 4; i++) { const one = new Worker("./w.ts"); one.on("message", heard); }`;
    assert.deepEqual(trees(pool(text)), ["src/main.ts: src/w.ts worker_thread unknown"]);
    assert.deepEqual(trees(pool('new Worker("./w.ts").on("message", heard);')), ["src/main.ts: src/w.ts worker_thread one"]);
    assert.deepEqual(messages(pool(text)), ['src/w.ts.on "message"/0 casts src/main.ts.done → src/main.ts.heard/1']);
  });
});

describe("hostile actors", () => {
  const many = (count: number, text: (i: number) => string): string => Array.from({ length: count }, (_, i) => text(i)).join("");

  test("registries, handlers and workers that lead back to themselves end", () => {
    const topology = link({
      "a.ts": `import { actor, setup } from "rivetkit";
import { b } from "./b";
export const a = actor({ actions: { ...a, again: a, b, nested: a.again, [computed]: () => 1 } });
export const registry = setup({ use: { a, ...registry, self: setup({ use: { a: registry } }) } });
`,
      "b.ts": `import { Worker } from "node:worker_threads";
export { a as b } from "./a";
new Worker("./b.ts").postMessage(new Worker(new URL("./b.ts", import.meta.url)));
`,
      "c.ts": `import * as restate from "@restatedev/restate-sdk";
export default restate.object({ name: name, handlers: restate.object({ handlers: handlers }) });
const name = name + name, handlers = { handlers, get x() { return ctx.objectClient(handlers, key).x(ctx.objectClient(c, key)); } };
restate.serve({ services: [restate.serve({ services: [] }), ...services] });
`,
    });
    assert.ok(topology.definitions.has("ts:a.ts#a"));
    assert.ok(topology.definitions.has("ts:b.ts"));
  });

  test("many actors, actions and keys of one file are read in time that grows with them", () => {
    const text = `import { actor, setup } from "rivetkit";
import { createClient } from "rivetkit/client";
${many(300, (i) => `const a${i} = actor({ state: {}, actions: { go: (c) => c.client().a${(i + 1) % 300}.getOrCreate([c.key, "${i}"]).go() } });\n`)}
export const registry = setup({ use: { ${many(300, (i) => `a${i}, `)} } });
`;
    const started = process.hrtime.bigint();
    const topology = link({ "many.ts": text });
    assert.equal(topology.messages.length, 300);
    assert.ok(Number(process.hrtime.bigint() - started) / 1e9 < 20);
  });

  test("files that are cut off anywhere are read and linked", () => {
    const all = { ...rivet, ...restate, ...dapr, ...threads, ...ports };
    for (const [path, text] of Object.entries(all))
      for (let end = 0; end < text.length; end += 29)
        assert.doesNotThrow(() => link({ ...all, [path]: text.slice(0, end) }), `${path} ${end}`);
  });
});
