import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { contextsOf, link, messages, trees } from "../support/actors.ts";

const rooms = `import { actor, setup } from "rivetkit";
export const room = actor({ state: { names: [] }, actions: {
  join: (c, name: string) => { c.state.names.push(name); c.schedule.after(1000, "greet", name); c.schedule.at(0, "nothing"); },
  greet: (c) => c.broadcast("hello"),
} });
export const registry = setup({ use: { room } });
`;

describe("clients of Rivet", () => {
  test("a hook of React takes name and key as an object, and its connection is the actor", () => {
    const page = `import { createRivetKit } from "@rivetkit/react";
import type { registry } from "./registry";
const { useActor } = createRivetKit<typeof registry>("http://localhost:6420");
export function Page({ id }: { id: string }) {
  const room = useActor({ name: "room", key: [id] });
  room.useEvent("hello", () => {});
  return <button onClick={async () => { await room.connection?.join("me"); room.connection?.greet(); }}>in</button>;
}
export const Other = () => useActor({ name: "elsewhere", key: "x" }).connection.join();
`;
    const topology = link({ "registry.ts": rooms, "page.tsx": page });
    assert.deepEqual(trees(topology), ["registry.ts: room virtual_actor many"]);
    assert.deepEqual(messages(topology), [
      "registry.ts#room.join/2 casts room[its own key].greet → registry.ts#room.greet/1",
      "page.tsx.Page/1 calls room[id].join → registry.ts#room.join/2",
      "page.tsx.Page/1 casts room[id].greet → registry.ts#room.greet/1",
    ]);
  });

  test("a client and a hook are followed from the file that makes them to the pages that use them", () => {
    const made = `import { createClient, createRivetKit } from "@rivetkit/react";
import type { registry } from "./registry";
export const client = createClient<typeof registry>("http://localhost:6420");
export const kit = createRivetKit<typeof registry>("http://localhost:6420");
export const { useActor: useRoom } = kit;
`;
    const page = `import { client, kit, useRoom } from "./made";
export const join = async () => client.room.getOrCreate("all").join("me");
export const Page = () => { const room = kit.useActor({ name: "room", key: "left" }); return <button onClick={() => room.connection?.greet()} />; };
export const Other = () => { const room = useRoom({ name: "room", key: "right" }); return <button onClick={() => room.connection?.greet()} />; };
`;
    assert.deepEqual(messages(link({ "registry.ts": rooms, "made.ts": made, "page.tsx": page })).slice(1), [
      'page.tsx.join/0 calls room["all"].join → registry.ts#room.join/2',
      'page.tsx.Page/0 calls room["left"].greet → registry.ts#room.greet/1',
      'page.tsx.Other/0 calls room["right"].greet → registry.ts#room.greet/1',
    ]);
  });

  test("what starts a registry gives a client, too, and so does what tests it", () => {
    const server = `import { setupTest } from "rivetkit/test";
import { registry } from "./registry";
const { client } = registry.start();
export const join = async () => client.room.getOrCreate(["all"]).join("me");
export async function check(c) {
  const { client } = await setupTest(c, registry);
  await client.room.getOrCreate(["all"]).greet();
}
`;
    assert.deepEqual(messages(link({ "registry.ts": rooms, "server.ts": server })).slice(1), [
      'server.ts.join/0 calls room["all"].join → registry.ts#room.join/2',
      'server.ts.check/1 calls room["all"].greet → registry.ts#room.greet/1',
    ]);
  });
});

const carts = `import * as restate from "@restatedev/restate-sdk";
export const cart = restate.object({ name: "Cart", handlers: { add: async (ctx: restate.ObjectContext, item: string) => ctx.set("item", item) } });
export const signup = restate.workflow({ name: "signup", handlers: { run: async (ctx) => ctx.sleep(1), click: async (ctx) => {} } });
export const shop = restate.service({ name: "shop", handlers: { async buy(ctx: restate.Context, item: string) {
  await ctx.genericCall({ service: "Cart", method: "add", key: item, parameter: item });
  ctx.genericSend({ service: cart.name, method: "add", key: "all", parameter: item });
  ctx.genericSend({ service: "Nobody", method: "add", parameter: item });
  ctx.genericSend({ service: item, method: "add", parameter: item });
} } });
`;

describe("clients of Restate", () => {
  test("generic calls name service, handler and key", () => {
    assert.deepEqual(messages(link({ "shop.ts": carts })), ["shop.ts#shop.buy/2 calls Cart[item].add → shop.ts#cart.add/2"]);
  });

  test("a client from outside submits a workflow, and sends to its handlers", () => {
    const client = `import * as clients from "@restatedev/restate-sdk-clients";
export async function go(id: string) {
  const workflow = clients.connect({ url: "http://localhost:8080" }).workflowClient<Signup>({ name: "signup" }, id);
  await workflow.workflowSubmit();
  await workflow.click();
  return workflow.workflowAttach();
}
`;
    assert.deepEqual(messages(link({ "shop.ts": carts, "client.ts": client })).slice(1), [
      "client.ts.go/1 casts signup[id].run → shop.ts#signup.run/1",
      "client.ts.go/1 calls signup[id].click → shop.ts#signup.click/1",
    ]);
  });
});

test("an actor's timers and schedules are messages to itself, where the method is there", () => {
  const files = {
    "wrangler.toml": '[[durable_objects.bindings]]\nname = "BOT"\nclass_name = "Bot"\n',
    "bot.ts": `import { Agent } from "agents";
export class Bot extends Agent {
  async onStart() { await this.schedule("0 8 * * *", "wake"); await this.queue("wake", {}); await this.schedule(5, "gone"); await this.ctx.storage.setAlarm(1); }
  async wake() {}
}
`,
    "pot.ts": `import { AbstractActor } from "@dapr/dapr";
export class Pot extends AbstractActor {
  async onActivate() { await super.registerActorReminder("boil", 1); await super.registerActorTimer("tick", "count", 1); }
  async receiveReminder() {}
  async count() {}
}
`,
  };
  assert.deepEqual(messages(link(files)), [
    "bot.ts#Bot.onStart/0 casts Bot[its own key].wake → bot.ts#Bot.wake/0",
    "bot.ts#Bot.onStart/0 casts Bot[its own key].wake → bot.ts#Bot.wake/0",
    "pot.ts#Pot.onActivate/0 casts Pot[its own key].receiveReminder → pot.ts#Pot.receiveReminder/0",
    "pot.ts#Pot.onActivate/0 casts Pot[its own key].count → pot.ts#Pot.count/0",
  ]);
});

test("messages of an actor may stand in an object of another file, whole or spread", () => {
  const files = (handlers: string): Record<string, string> => ({
    "src/cart.ts": `import * as restate from "@restatedev/restate-sdk";
import { handlers } from "./handlers";
export const cart = restate.object({ name: "cart", handlers: ${handlers} });
export const shop = restate.service({ name: "shop", handlers: { buy: async (ctx: restate.Context, id: string) => ctx.objectClient(cart, id).add(1) } });
restate.serve({ services: [cart, shop] });
`,
    "src/handlers.ts":
      "export const handlers = { add: async (ctx: any, n: number) => { ctx.set('n', n); }, clear: async (ctx: any) => {} };",
  });
  for (const handlers of ["handlers", "{ ...handlers }", "{ ...handlers, list: async (ctx) => ctx.get('n') }"]) {
    const topology = link(files(handlers));
    assert.deepEqual(messages(topology), ["src/cart.ts#shop.buy/2 calls cart[id].add → src/handlers.ts.handlers.add/2"], handlers);
    assert.deepEqual(contextsOf(topology, "src/handlers.ts.handlers.add/2"), ["cart many"], handlers);
  }
  const own = link(files("{ ...handlers, add: async (ctx, n) => ctx.set('m', n) }"));
  assert.deepEqual(messages(own), ["src/cart.ts#shop.buy/2 calls cart[id].add → src/cart.ts#cart.add/2"]);
});
