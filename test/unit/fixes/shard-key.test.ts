import assert from "node:assert/strict";
import { test } from "node:test";
import { engine } from "../../../server/src/analysis/engine.ts";
import { offersFor, outcomesOf } from "../../support/fix-pages.ts";

const wrangler = `name = "gate"
main = "src/index.ts"
durable_objects.bindings = [{ name = "SEATS", class_name = "Seats" }]
`;
const object = `import { DurableObject } from "cloudflare:workers";
export class Seats extends DurableObject<Env> {
  private byShow: Record<string, number> = {};
  async take(show: string, count: number) {
    this.byShow[show] = (this.byShow[show] ?? 0) + count;
    return this.left(100, show);
  }
  async left(of: number, show: string) {
    return of - (this.byShow[show] ?? 0);
  }
}
`;
const index = `import { Hono } from "hono";
export { Seats } from "./seats";
const app = new Hono<{ Bindings: Env }>();
app.post("/:show", async (c) => {
  const show = c.req.param("show");
  return c.json(await c.env.SEATS.getByName("all").take(show, 1));
});
export default app;
`;
const files = { "wrangler.toml": wrangler, "src/seats.ts": object, "src/index.ts": index };

function offered(changed: Partial<typeof files> & Readonly<Record<string, string>>): readonly string[] {
  return offersFor("shard-key", ({ rule }) => rule === "singleton-bottleneck", { ...files, ...changed }, engine);
}

function replaced(text: string, from: string, to: string): string {
  assert.ok(text.includes(from), from);
  return text.replace(from, to);
}

test("the key becomes what the calls are about", () => {
  const after = outcomesOf("shard-key", files, engine).get("Make the key from `show`")?.get("src/index.ts");
  assert.equal(after, index.replace('"all"', "show"));
});

test("there is none where the object keeps something else than parts by the parameter", () => {
  const seats = (from: string, to: string) => offered({ "src/seats.ts": replaced(object, from, to) });
  assert.deepEqual(seats("return this.left(100, show);", "return Object.keys(this.byShow).length;"), []);
  assert.deepEqual(seats("return this.left(100, show);", "return this.left(100, String(count));"), []);
  assert.deepEqual(seats("return of -", "await this.ctx.storage.list();\n    return of -"), []);
  assert.deepEqual(seats("this.byShow[show] = ", 'show = "x";\n    this.byShow[show] = '), []);
  assert.deepEqual(seats("take(show: string", "take(show: number"), []);
});

test("there is none where all objects of a place would have something in common", () => {
  const shared = replaced(object, "export class", "const seen = new Set<string>();\nexport class");
  assert.deepEqual(offered({ "src/seats.ts": replaced(shared, "return this.left", "seen.add(show);\n    return this.left") }), []);
});

test("there is none where something else runs in the object", () => {
  for (const more of ["alarm() {}", "webSocketMessage() {}", "constructor(ctx: DurableObjectState, env: Env) { super(ctx, env); }"])
    assert.deepEqual(offered({ "src/seats.ts": replaced(object, "  async take", `  ${more}\n  async take`) }), [], more);
  assert.deepEqual(
    offered({
      "src/seats.ts": replaced(object, "extends DurableObject<Env>", "extends Base").replace(
        "export class",
        "class Base extends DurableObject<Env> {}\nexport class",
      ),
    }),
    [],
  );
});

test("there is none where a caller does not say what it is about where the key is made", () => {
  const called = (from: string, to: string) => offered({ "src/index.ts": replaced(index, from, to) });
  assert.deepEqual(called("take(show, 1)", 'take(c.req.param("show"), 1)'), []);
  assert.deepEqual(called("const show =", "let show ="), []);
  const stub = 'const seats = c.env.SEATS.getByName("all");\n  ';
  const late = replaced(index, "  const show", `  ${stub}const show`);
  assert.deepEqual(offered({ "src/index.ts": replaced(late, 'c.env.SEATS.getByName("all").take', "seats.take") }), []);
  const early = replaced(index, "  return", `  ${stub}return`);
  assert.deepEqual(offered({ "src/index.ts": replaced(early, 'c.env.SEATS.getByName("all").take', "seats.take") }), [
    "Make the key from `show`",
  ]);
});

test("there is none where the binding is used for something else", () => {
  const other = 'app.get("/", async (c) => c.json(await count(c.env.SEATS)));\n';
  assert.deepEqual(offered({ "src/index.ts": replaced(index, "export default", `${other}export default`) }), []);
});

test("a key in a constant of the file is replaced where it is used, and the constant goes where nothing else uses it", () => {
  const named = (text: string) => replaced(index, "const app", `${text}const app`).replace('getByName("all")', "getByName(KEY)");
  const fixed = (text: string) =>
    outcomesOf("shard-key", { ...files, "src/index.ts": named(text) }, engine)
      .get("Make the key from `show`")
      ?.get("src/index.ts");
  const without = index.replace('"all"', "show");
  assert.equal(fixed('const KEY = "all";\n'), without);
  for (const kept of ['export const KEY = "all";\n', 'const KEY = "all";\nconsole.log(KEY);\n', 'const KEY = "all", other = 1;\n'])
    assert.equal(fixed(kept), replaced(without, "const app", `${kept}const app`), kept);
  assert.deepEqual(offered({ "src/index.ts": named('let KEY = "all";\n') }), []);
});

const limits = `import { actor, setup } from "rivetkit";
export const limits = actor({
  state: { used: {} as Record<string, number> },
  actions: {
    take: (c, show: string, count: number) => {
      c.log.info("taken");
      c.state.used[show] = (c.state.used[show] ?? 0) + count;
      return c.state.used[show];
    },
  },
});
export const registry = setup({ use: { limits } });
`;
const server = `import { Hono } from "hono";
import { createClient } from "rivetkit/client";
import type { registry } from "./registry";
const client = createClient<typeof registry>();
const app = new Hono();
app.post("/:show", async (c) => {
  const show = c.req.param("show");
  return c.json(await client.limits.getOrCreate(["all"]).take(show, 1));
});
app.put("/:show", async (c) => {
  const show = c.req.param("show");
  return c.json(await client.limits.getOrCreate("all").take(show, 2));
});
`;
const rivet = { "src/registry.ts": limits, "src/server.ts": server };

const outcome = (given: Readonly<Record<string, string>>, file: string) =>
  outcomesOf("shard-key", given, engine).get("Make the key from `show`")?.get(file);
const refused = (given: Readonly<Record<string, string>>) =>
  offersFor("shard-key", ({ rule }) => rule === "singleton-bottleneck", given, engine);

test("actors of Rivet's: the key is a text or a list of one", () => {
  assert.equal(outcome(rivet, "src/server.ts"), server.replace('["all"]', "[show]").replace('"all"', "show"));
});

test("there is none where an actor of Rivet's does more than keep parts, or is used for something else", () => {
  const changed = (from: string, to: string) => refused({ ...rivet, "src/registry.ts": replaced(limits, from, to) });
  assert.deepEqual(changed('c.log.info("taken")', 'c.broadcast("taken", 1)'), []);
  assert.deepEqual(changed("return c.state.used[show]", "return Object.keys(c.state.used)"), []);
  assert.deepEqual(changed("take: (c, show", "take: ({ state: own }, show"), []);
  assert.deepEqual(changed("  state:", "  onWake: () => {},\n  state:"), []);
  assert.deepEqual(changed("take: (c,", "first: (c) => c.key,\n    take: (c,"), []);
  const used = (text: string) => refused({ ...rivet, "src/server.ts": server + text });
  assert.deepEqual(used("console.log(client.limits);\n"), []);
  assert.deepEqual(used('useActor({ name: "limits", key: ["all"] });\n'), []);
});

const stock = `import * as restate from "@restatedev/restate-sdk";
export const stock = restate.object({
  name: "Stock",
  handlers: {
    take: async (ctx: restate.ObjectContext, show: string) => {
      const left = (await ctx.get<number>(show)) ?? 10;
      ctx.console.log("taken");
      ctx.set(show, left - 1);
      return left;
    },
  },
});
const shop = restate.service({
  name: "Shop",
  handlers: {
    buy: async (ctx: restate.Context, show: string) => ctx.objectClient(stock, "all").take(show),
    order: async (ctx: restate.Context, show: string) => ctx.objectClient(stock, "all").take(show),
  },
});
restate.serve({ services: [stock, shop] });
`;

test("virtual objects of Restate's", () => {
  assert.equal(outcome({ "src/stock.ts": stock }, "src/stock.ts"), stock.replaceAll('"all"', "show"));
  const changed = (from: string, to: string) => refused({ "src/stock.ts": replaced(stock, from, to) });
  assert.deepEqual(changed("ctx.set(show", 'ctx.set("last"'), []);
  assert.deepEqual(changed("restate.serve", 'call({ service: "Stock" });\nrestate.serve'), []);
  assert.deepEqual(changed("restate.serve", "console.log(stock);\nrestate.serve"), []);
});

const agent = `import { Agent, getAgentByName } from "agents";
export class Seats extends Agent<Env> {
  private byShow = new Map<string, number>();
  async take(show: string) {
    this.byShow.set(show, (this.byShow.get(show) ?? 0) + 1);
    return this.byShow.get(show);
  }
}
export default {
  async fetch(request: Request, env: Env) {
    const show = request.url;
    const seats = await getAgentByName(env.Seats, "all");
    return Response.json(await seats.take(show));
  },
};
`;
const agents = {
  "wrangler.toml": wrangler.replaceAll("SEATS", "Seats"),
  "src/index.ts": agent,
};

test("Agents, where nothing hands requests on to those that they name", () => {
  assert.equal(outcome(agents, "src/index.ts"), agent.replace('"all"', "show"));
  const changed = (from: string, to: string) => refused({ ...agents, "src/index.ts": replaced(agent, from, to) });
  assert.deepEqual(changed("    const show", "    await routeAgentRequest(request, env);\n    const show"), []);
  assert.deepEqual(changed("    return this", "    this.setState({ show });\n    return this"), []);
});
