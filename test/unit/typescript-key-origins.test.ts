/** Where the keys come from by which actors ask one another that take one message at a time. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { ActorTopology } from "../../server/src/link/actors/link-actors.ts";
import type { GivenKey, KeyOrigin } from "../../server/src/model/virtual-actor.ts";
import { link } from "../support/actors.ts";

const originText = (origin: KeyOrigin): string => {
  if (origin.from === "own") return "own";
  return origin.from === "constant" ? JSON.stringify(origin.text) : [origin.parameter, ...origin.way].join(".");
};
const givenText = ({ parameter, way, origin }: GivenKey): string => `${[parameter, ...way].join(".")} is ${originText(origin)}`;

/** Keys of messages by their tags, and what messages and calls carry. */
function keysOf({ messages, functions }: ActorTopology): readonly string[] {
  const sent = messages.flatMap(({ tag, key, givenKeys = [] }) => [
    ...(key?.origin === undefined ? [] : [`${tag}: ${originText(key.origin)}`]),
    ...givenKeys.map((one) => `${tag} carries ${givenText(one)}`),
  ]);
  const called = [...functions.values()].flatMap(({ calls }) =>
    calls.flatMap(({ to, givenKeys = [] }) => givenKeys.map((one) => `${to.split(".").at(-1)} gets ${givenText(one)}`)),
  );
  return [...sent, ...called];
}

/** Two virtual objects of Restate's: what the one does, and what the other one does that it asks. */
const restate = (go: string, work: string, beside = "") =>
  keysOf(
    link({
      "src/actors.ts": `import * as restate from "@restatedev/restate-sdk";
const other = "c";
${beside}
export const a = restate.object({ name: "a", handlers: {
  go: async (ctx: restate.ObjectContext, given: any) => { ${go} },
  done: async (ctx: restate.ObjectContext) => {},
} });
export const b = restate.object({ name: "b", handlers: { work: ${work} } });
`,
    }),
  );
const workBy = (key: string, parameter = "given") =>
  `async (ctx: restate.ObjectContext, ${parameter}: any) => { await ctx.objectClient(a, ${key}).done(); }`;
const go = (carried: string) => `await ctx.objectClient(b, other).work(${carried});`;

describe("where a key comes from", () => {
  test("it is the actor's own, a constant, or a part of what the function is given", () => {
    assert.deepEqual(restate(go("1"), workBy("ctx.key")), ['work: "c"', "done: own"]);
    assert.deepEqual(restate(go("ctx.key"), workBy("given")), ['work: "c"', "work carries 1 is own", "done: 1"]);
    assert.deepEqual(restate(go("{ from: ctx.key }"), workBy("given.from")), ['work: "c"', "work carries 1.from is own", "done: 1.from"]);
    assert.deepEqual(restate(go("{ by: { id: given.x } }"), workBy("id", "{ by: { id } }")), [
      'work: "c"',
      "work carries 1.by.id is 1.x",
      "done: 1.by.id",
    ]);
    assert.deepEqual(restate(go("{ from: other }"), workBy("given.from")), ['work: "c"', 'work carries 1.from is "c"', "done: 1.from"]);
  });

  test("names, spreads, templates and text are the same key", () => {
    const named = "const { key } = ctx; const asked = { from: String(key) }; ";
    assert.ok(restate(named + go("asked"), workBy(`\`\${given.from}\``)).includes("work carries 1.from is own"));
    assert.ok(restate(go("{ ...{ from: ctx.key }, n: 1 }"), workBy("given.from.toString()")).includes("work carries 1.from is own"));
    assert.ok(restate(go("{ ...given, from: ctx.key }"), workBy("given.from")).includes("work carries 1.from is own"));
  });

  test("is not told of a key that may be another one", () => {
    const told = (carried: string, key = "given.from") => restate(carried, workBy(key)).filter((line) => !line.startsWith("work: "));
    assert.deepEqual(told(go("{ from: ctx.key, ...given }")), ["done: 1.from"]);
    assert.deepEqual(told(go("{ ...given, ...given }")), ["done: 1.from"]);
    assert.deepEqual(told(`let key = ctx.key; key = given; ${go("{ from: key }")}`), ["done: 1.from"]);
    assert.deepEqual(told(`let key = ctx.key; given.on(() => { key = given.x; }); ${go("{ from: key }")}`), ["done: 1.from"]);
    assert.deepEqual(told(`const asked = { from: ctx.key }; asked.from = given.x; ${go("asked")}`), ["done: 1.from"]);
    assert.deepEqual(told(`for (const from of given) ${go("{ from }")}`), ["done: 1.from"]);
    const counting = "async (ctx: restate.ObjectContext) => { next++; await ctx.objectClient(a, ctx.key).done(); }";
    assert.deepEqual(restate(go("1").replace("other", "String(next)"), counting, "let next = 0;"), ["done: own"]);
    assert.deepEqual(told(go("{ from: ctx.key + 1 }")), ["done: 1.from"]);
    assert.deepEqual(told(go("{ from: given.x ?? ctx.key }")), ["done: 1.from"]);
    assert.deepEqual(told(go("ctx.key"), `\`\${given}/x\``), []);
    assert.deepEqual(told(go("[ctx.key]"), "given[0]"), []);
    assert.deepEqual(restate(go("ctx.key"), `async (ctx, given = "x") => { await ctx.objectClient(a, given).done(); }`), ['work: "c"']);
  });

  test("it is followed through functions, wherever they stand", () => {
    const ask = "async function ask(ctx: any, id: string) { return await ctx.objectClient(a, id).done(); }";
    const by = (code: string) => `async (ctx: restate.ObjectContext, given: any) => { ${code} }`;
    assert.deepEqual(restate(go("ctx.key"), by("await ask(ctx, given);"), ask), [
      'work: "c"',
      "work carries 1 is own",
      "done: 1",
      "ask/2 gets 1 is 1",
    ]);
    const inner = "const one = async (id: string) => await ctx.objectClient(a, id).done(); await one(given);";
    assert.ok(restate(go("ctx.key"), by(inner)).includes("done: 1"));
    const own = "async function ask(ctx: any) { return await ctx.objectClient(a, ctx.key).done(); }";
    assert.deepEqual(restate("", by("await ask(ctx);"), own), ["done: 0.key", "ask/1 gets 0.key is own"]);
    const stub = "const stubOf = (ctx: any, id: string) => ctx.objectClient(a, id);";
    assert.ok(restate(go("ctx.key"), by("await stubOf(ctx, given).done();"), stub).includes("done: 1"));
  });

  test("comes to an end where a function calls itself with a part of what it is given", () => {
    const ask =
      "async function ask(ctx, tree) { await ctx.objectClient(a, tree.id).done(); await ask(ctx, tree.left); await ask(ctx, tree.right); }";
    const told = restate(go("{ id: ctx.key }"), "async (ctx, given) => { await ask(ctx, given); }", ask);
    assert.ok(told.includes("ask/2 gets 1.id is 1.id") && told.includes("work carries 1.id is own"));
    assert.ok(told.length < 100);
  });

  test("a handler that stands by itself is given its actor, too", () => {
    const work = "async function work(ctx: restate.ObjectContext, from: string) { await ctx.objectClient(a, ctx.key).done(); }";
    assert.deepEqual(restate(go("1"), "work", work), ['work: "c"', "done: own"]);
  });

  test("actors of Dapr are classes, whose functions are given no context", () => {
    const topology = link({
      "src/actors.ts": `import { AbstractActor, ActorId, ActorProxyBuilder } from "@dapr/dapr";
export class A extends AbstractActor {
  async go(id: string) { await new ActorProxyBuilder<B>(B, this.client).build(new ActorId(id)).work(1, this.getActorId().getId()); }
  async done() {}
}
export class B extends AbstractActor {
  async work(n: number, from: string) { await new ActorProxyBuilder<A>(A, this.client).build(new ActorId(from)).done(); }
}
`,
    });
    assert.deepEqual(keysOf(topology), ["work: 0", "work carries 1 is own", "done: 1"]);
  });

  test("nobody asks where all take other messages while they wait", () => {
    const topology = link({
      "wrangler.toml": `main = "src/worker.ts"\n[[durable_objects.bindings]]\nname = "A"\nclass_name = "A"\n`,
      "src/worker.ts": `import { DurableObject } from "cloudflare:workers";
export class A extends DurableObject { async go() { await this.env.A.getByName("x").go(); } }
export default { async fetch(request: Request, env: Env) { await env.A.getByName("y").go(); } };
`,
    });
    assert.deepEqual(keysOf(topology), []);
  });
});

describe("the keys at which a function is known to run", () => {
  const keys = (outside: string, body = "await ctx.objectClient(b, given).work();") => {
    const { definitions } = link({
      "src/actors.ts": `import * as restate from "@restatedev/restate-sdk";
import * as clients from "@restatedev/restate-sdk-clients";
export const a = restate.object({ name: "a", handlers: {
  go: async (ctx: restate.ObjectContext, given: any) => { ${body} },
  done: async (ctx: restate.ObjectContext) => {},
  peek: restate.handlers.object.shared(async (ctx: restate.ObjectSharedContext) => {}),
} });
export const b = restate.object({ name: "b", handlers: { work: async (ctx) => await ctx.objectClient(a, "main").done() } });
const ingress = clients.connect({ url: "" });
${outside}
`,
    });
    const clauses = definitions.get("ts:src/actors.ts#a")!.callbacks;
    return clauses.flatMap(({ tag, atKeys }) => (atKeys === undefined ? [] : `${tag} ${atKeys.join(" ")}`));
  };

  test("are those by which it is called, one at a time", () => {
    assert.deepEqual(keys(""), ["done main"]);
    assert.deepEqual(keys('await ingress.objectClient(a, "main").go(); await ingress.objectClient(a, "x").go(1);'), [
      "go main x",
      "done main",
    ]);
    assert.deepEqual(keys('await ingress.objectClient(a, "main").peek();'), ["done main"]);
  });

  test("are not told of what asks for its key", () => {
    const outside = 'await ingress.objectClient(a, "main").go();';
    assert.deepEqual(keys(outside, 'if (ctx.key !== "main") await ctx.objectClient(b, given).work();'), ["done main"]);
    assert.deepEqual(keys(outside, 'const isMain = ctx.key === "main"; if (!isMain) return;'), ["done main"]);
    assert.deepEqual(keys(outside, "const { key } = ctx; switch (key) { default: }"), ["done main"]);
    assert.deepEqual(keys(outside, "await ctx.objectClient(b, ctx.key).work();"), ["go main", "done main"]);
  });

  test("are those of all where an actor tells itself to run it", () => {
    const later = "await ctx.objectClient(b, given).work(); ctx.objectSendClient(a, ctx.key).go();";
    assert.deepEqual(keys("", later), ["go main", "done main"]);
  });
});
