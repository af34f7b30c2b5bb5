import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { crashLines } from "../../../server/src/present/crash-lines.ts";
import { panelCrash } from "../../../server/src/present/panel-crash.ts";
import { keyedChildren } from "../../../server/src/present/panel-keys.ts";
import type { Crash } from "../../../server/src/protocol/crash.ts";
import { isCrash } from "../../../server/src/protocol/panel-guards.ts";
import { readSources } from "../../support/editor-source.ts";

interface Played {
  readonly crash: Crash | null;
  /** What becomes of whom, keys by their last part, then the sentence. */
  readonly steps: readonly (readonly [fate: string | null, nodes: string, text: string])[];
  readonly lines: readonly string[];
}

/** `at`: ids of the nodes on the way from the root, which is left out. */
function play(files: Readonly<Record<string, string>>, ...at: string[]): Played {
  const { snapshot } = readSources({ "package.json": '{ "name": "bar" }', ...files });
  const { topology } = snapshot;
  const [application] = topology.applications;
  assert.ok(application?.root);
  let [key, node] = [`app:${application.name}/`, application.root];
  for (const id of at) {
    const found = keyedChildren(node.children, `${key}/`).find(([own, child]) => child.id === id || own.endsWith(`/${id}`));
    assert.ok(found, `${id} among ${keyedChildren(node.children, "")}`);
    [key, node] = found;
  }
  const crash = panelCrash(key, snapshot);
  if (crash !== null) assert.ok(isCrash(JSON.parse(JSON.stringify(crash))));
  const definition = node.moduleAtom === null ? undefined : topology.definitions.get(node.moduleAtom);
  return {
    crash,
    steps: (crash?.steps ?? []).map(({ fate, nodes, text }) => [fate, nodes.map((one) => one.split("/").at(-1)).join(" "), text]),
    lines: definition === undefined ? [] : crashLines(definition, topology, snapshot.print),
  };
}

const machines = (on: string, more = "") => ({
  "src/main.ts": `import { createActor, fromCallback, fromPromise, setup } from "xstate";
const clock = fromCallback(() => {});
const tick = fromCallback(() => {});
const load = fromPromise(async () => 1);
const part = setup({}).createMachine({ invoke: { src: tick, id: "tick" } });
export const whole = setup({}).createMachine({
  invoke: [{ src: part, id: "part" }, { src: clock, id: "clock" }, { src: load, id: "load", onError: { target: ".off" } }],
  initial: "on",
  on: { ${on} },
  states: { on: { ${more} }, off: {} },
});
createActor(whole, { systemId: "whole" }).start();
`,
});

describe("what a crash does to machines, for the panel", () => {
  test("an error that nobody takes ends the parent, which stops what else it has started; what the actor has started goes on", () => {
    const { crash, steps } = play(machines(""), "part");
    assert.equal(crash?.rules, "errors");
    assert.deepEqual(steps, [
      ["crashes", "part", "`part` crashes."],
      ["ends", "", "`whole` has no transition for its error that is known: it ends, too."],
      ["stops", "clock load", "What else it has started stops: `clock`, `load`."],
      [null, "", "Nothing is above `whole`: unless its subscribers take errors, the error is thrown where nobody catches it."],
      ["continues", "tick", "What it has started is not stopped: `tick`."],
    ]);
  });

  test("an error that is taken ends there: by onError, by a transition, in some states alone", () => {
    const taken = [
      ["crashes", "load", "`load` crashes."],
      ["takes", "", "`whole` takes its error, and goes on."],
    ];
    assert.deepEqual(play(machines(""), "load").steps, taken);
    assert.deepEqual(
      play(machines('"xstate.error.actor.clock": ".off"'), "clock").steps.map(([fate]) => fate),
      ["crashes", "takes"],
    );
    assert.deepEqual(play(machines("", 'on: { "xstate.error.actor.clock": "off" }'), "clock").steps, [
      ["crashes", "clock", "`clock` crashes."],
      ["takes", "", "In some states `whole` takes its error, and goes on."],
      ["ends", "", "In the others `whole` has no transition for its error that is known: it ends, too."],
      ["stops", "part load", "What else it has started stops: `part`, `load`."],
      [null, "", "Nothing is above `whole`: unless its subscribers take errors, the error is thrown where nobody catches it."],
    ]);
  });

  test("the one at the top has nobody who takes its error", () => {
    assert.deepEqual(play(machines("")).steps, [
      ["crashes", "", "`whole` crashes."],
      [null, "", "Nothing is above it: unless its subscribers take errors, the error is thrown where nobody catches it."],
      ["continues", "part clock load", "What it has started is not stopped: `part`, `clock`, `load`."],
    ]);
  });

  test("hovers say the same", () => {
    assert.deepEqual(play(machines(""), "part").lines, [
      "`whole` has no transition for its error that is known: it ends, too",
      "what else it has started stops: `clock`, `load`",
      "nothing is above `whole`: unless its subscribers take errors, the error is thrown where nobody catches it",
      "what it has started is not stopped: `tick`",
    ]);
  });
});

/** A parent with two children, which have one each. */
const actors = (own: string, parents = "") => ({
  "src/main.ts": `import { dispatch, query, spawn, spawnStateless, start } from "nact";
const system = start();
const count = (state = 0, message) => { if (message.type === "get") dispatch(message.sender, state); return state + 1; };
const look = (state = 0) => state + 1;
const parent = spawn(system, (state = 0) => state + 1, "parent", { initialState: 0${parents === "" ? "" : `, onCrash: ${parents}`} });
const counter = spawn(parent, count, "counter", { initialState: 0${own === "" ? "" : `, onCrash: ${own}`} });
const other = spawn(parent, look, "other");
spawn(counter, (state = 0) => state, "below");
spawn(other, (state = 0) => state, "beside");
export const ask = () => query(counter, (sender) => ({ type: "get", sender }), 250);
`,
});

const policy = (answer: string) => `(message, error, ctx) => ctx.${answer}`;
const waits = ["exits", "", "Queries that wait for its answer fail when their time is up: 1 function."] as const;
const below = ["stops", "below", "What it has started stops: `below`."] as const;

describe("what a crash does to actors of nact, for the panel", () => {
  test("without a policy it stops, with what it has started", () => {
    const { crash, steps } = play(actors(""), "parent", "counter");
    assert.equal(crash?.rules, "policies");
    assert.deepEqual(steps, [
      ["crashes", "counter", "`count` crashes: its state is lost."],
      ["ends", "counter", "It stops, and is there again only where code starts it."],
      below,
      waits,
    ]);
  });

  test("reset and resume", () => {
    assert.deepEqual(play(actors(policy("reset")), "parent", "counter").steps.slice(1), [
      ["starts", "counter", "It starts over at once, in the state that it began with."],
      below,
      waits,
    ]);
    assert.deepEqual(play(actors(policy("resume")), "parent", "counter").steps, [
      ["crashes", "counter", "`count` crashes."],
      ["continues", "counter", "It goes on with the next message, in the state that it was in."],
      waits,
    ]);
  });

  test("siblings go with it: they stop, or start over, and what they have started stops", () => {
    assert.deepEqual(play(actors(policy("stopAll")), "parent", "counter").steps.slice(1, 4), [
      ["ends", "counter", "It stops, and is there again only where code starts it."],
      below,
      ["ends", "other", "Its siblings stop, too: `look`."],
    ]);
    assert.deepEqual(play(actors(policy("resetAll")), "parent", "counter").steps.slice(1, 3), [
      ["starts", "counter other", "It and its siblings start over at once, in the state that they began with: `look`."],
      ["stops", "below beside", "What they have started stops."],
    ]);
  });

  test("one of several answers", () => {
    const { steps, lines } = play(actors("(message, error, ctx) => (message ? ctx.resume : ctx.stop)"), "parent", "counter");
    assert.deepEqual(steps.slice(1, 3), [
      ["continues", "counter", "It goes on with the next message, in the state that it was in."],
      ["ends", "counter", "Or it stops, and is there again only where code starts it."],
    ]);
    assert.deepEqual(lines.slice(0, 2), [
      "it goes on with the next message, in the state that it was in",
      "or it stops, and is there again only where code starts it",
    ]);
  });

  test("what is handed on its parent's policy decides: about itself, or about the child", () => {
    const escalated = (parents: string) => play(actors(policy("escalate"), parents), "parent", "counter").steps.slice(1);
    const decides = ["takes", "parent", "The policy of `parent` decides."];
    assert.deepEqual(escalated(""), [decides, ["ends", "parent", "`parent` stops, with all that it has started."], waits]);
    assert.deepEqual(escalated(policy("reset")), [
      decides,
      ["starts", "parent", "`parent` starts over at once, in the state that it began with."],
      ["stops", "counter other", "What it has started stops: `count`, `look`."],
      waits,
    ]);
    assert.deepEqual(escalated(policy("resetChild")), [
      decides,
      ["starts", "counter", "`count` starts over at once, in the state that it began with."],
      below,
      waits,
    ]);
    assert.deepEqual(escalated(policy("stopChild"))[1], ["ends", "counter", "`count` stops, with all that it has started."]);
    assert.deepEqual(escalated(policy("stopAllChildren"))[1], [
      "ends",
      "counter other",
      "All that `parent` has started stops: `count`, `look`.",
    ]);
    assert.deepEqual(escalated(policy("resume"))[1], ["stops", "counter", "`parent` goes on, but `count` takes no message any more."]);
    assert.deepEqual(escalated(policy("escalate")), [
      decides,
      ["ends", "parent", "It hands the crash on to the system, which stops `parent`, with all that it has started."],
      waits,
    ]);
    assert.deepEqual(escalated("policyOf()")[1], [null, "", "What it answers is unknown."]);
  });

  test("a policy that is not known says so", () => {
    assert.deepEqual(play(actors("policyOf()"), "parent", "counter").steps[1], [
      null,
      "",
      "What its policy for crashes answers is unknown.",
    ]);
  });
});

const wrangler =
  '{ "name": "bar", "main": "src/worker.ts", "durable_objects": { "bindings": [{ "name": "TILL", "class_name": "Till" }] } }';
const till = `import { DurableObject } from "cloudflare:workers";
export class Till extends DurableObject {
  open = 0;
  async ring(price: number) { this.open += price; return this.open; }
}
export default { async fetch(request, env) { return new Response(String(await env.TILL.getByName(request.url).ring(1))); } };
`;

describe("what an error does to actors that are found by a key, for the panel", () => {
  test("a Durable Object goes on: its caller gets the error; only a reset loses what it has in memory", () => {
    const { crash, steps, lines } = play({ "wrangler.json": wrangler, "src/worker.ts": till }, "TILL");
    assert.equal(crash?.rules, "calls");
    assert.deepEqual(steps, [
      ["crashes", "TILL", "`Till` throws."],
      ["exits", "", "The promise of the caller rejects: 1 function waits for it."],
      ["continues", "TILL", "`Till` itself goes on with the next message, in the state that it was in."],
      [
        "starts",
        "TILL",
        "Only if it is reset (its constructor or `blockConcurrencyWhile` throws, a write fails, `ctx.abort()`, a limit) calls to it fail, and what it has in memory alone is lost: the next message to its key starts it again, from what it has stored.",
      ],
    ]);
    assert.match(steps[1]?.[2] ?? "", /rejects/);
    assert.equal(lines[0], "the promise of the caller rejects: 1 function waits for it");
  });

  test("a Rivet actor and a Dapr actor end with the process that runs them", () => {
    const rivet = play(
      {
        "src/main.ts": `import { actor, setup } from "rivetkit";
const table = actor({ state: { guest: null }, actions: { take: (c, guest: string) => { c.state.guest = guest; } } });
export const registry = setup({ use: { table } });`,
      },
      "table",
    );
    assert.deepEqual(rivet.steps, [
      ["crashes", "table", "`table` throws."],
      ["continues", "table", "`table` itself goes on with the next message, in the state that it was in."],
      [
        "starts",
        "table",
        "Only if the process that runs it ends, calls to it fail: the next message to its key starts it again, from what it has stored.",
      ],
    ]);
  });

  test("a handler of a Restate object runs again, while its callers wait", () => {
    const { crash, steps, lines } = play(
      {
        "src/main.ts": `import * as restate from "@restatedev/restate-sdk";
const payment = restate.object({ name: "payment", handlers: { charge: async (ctx: restate.ObjectContext, cents: number) => cents } });
const counter = restate.object({ name: "counter", handlers: { pay: async (ctx: restate.ObjectContext, id: string) => ctx.objectClient(payment, id).charge(1) } });
restate.serve({ services: [payment, counter] });`,
      },
      "payment",
    );
    assert.equal(crash?.rules, "retries");
    assert.deepEqual(steps, [
      ["crashes", "payment", "`payment` throws."],
      ["waits", "", "The caller goes on waiting: 1 function waits for it."],
      ["starts", "payment", "The handler runs again, until it succeeds; what its journal holds is not done twice."],
      [null, "", "Only a `TerminalError` ends it: the caller gets that."],
    ]);
    assert.equal(crash?.steps[1]?.participants.length, 1);
    assert.equal(lines.length, 3);
  });
});

describe("what an error does to threads, for the panel", () => {
  const thread = (start: string, more: Readonly<Record<string, string>> = {}) =>
    play({ "src/main.ts": start, "src/thread.ts": "onmessage = ({ data }) => console.log(data);", ...more }, "src/thread.ts");
  const ends = "and who has made it hears of that by the event";

  test("one of Node's ends, as a process of its own does; a browser's goes on; who has made it is told", () => {
    const node = thread(
      'import { Worker } from "node:worker_threads"; new Worker(new URL("./thread.ts", import.meta.url)).postMessage(1);',
    );
    assert.deepEqual(node.steps, [
      ["crashes", "thread.ts", "`src/thread.ts` throws."],
      ["ends", "thread.ts", `The thread ends, ${ends} \`error\`; where nobody listens, the error is thrown there.`],
    ]);
    const child = thread('import { fork } from "node:child_process"; fork(new URL("./thread.ts", import.meta.url)).send(1);');
    assert.deepEqual(child.steps[1], ["ends", "thread.ts", `The process ends, ${ends} \`exit\`.`]);
    const page = thread('new Worker(new URL("./thread.ts", import.meta.url)).postMessage(1);');
    assert.deepEqual(page.steps[1], [
      "continues",
      "thread.ts",
      "The thread goes on, and who has made it hears of that by the event `error`.",
    ]);
  });

  test("what throws in a call by Comlink reaches the caller", () => {
    const { steps } = thread(
      `import { wrap } from "comlink"; const api = wrap<{ add(n: number): number }>(new Worker(new URL("./thread.ts", import.meta.url)));
export const ask = async () => await api.add(1);`,
      { "src/thread.ts": 'import { expose } from "comlink"; expose({ add: (n: number) => n + 1 });' },
    );
    assert.deepEqual(
      steps.slice(1).map(([fate, , text]) => [fate, text]),
      [
        ["exits", "The promise of the caller rejects: 1 function waits for it."],
        ["continues", "An error outside of calls: the thread goes on, and who has made it hears of that by the event `error`."],
      ],
    );
  });
});
