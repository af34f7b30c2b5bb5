/** What middleware hands on by the context of a request. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { link, messages } from "../support/actors.ts";

const bound = (name: string, type: string) => `[[durable_objects.bindings]]\nname = "${name}"\nclass_name = "${type}"\n`;

const files = (set: string, use: string, more: Readonly<Record<string, string>> = {}) => ({
  "wrangler.toml": `main = "src/index.ts"\n${bound("ROOMS", "Room")}${bound("DOORS", "Door")}`,
  "src/index.ts": `import { DurableObject } from "cloudflare:workers";
import { Hono } from "hono";
import { routes } from "./routes";
export class Room extends DurableObject { said = 0; async say(text: string) { this.said++; } async see(door: any) { await door.say("x"); } }
export class Door extends DurableObject { said = 0; async say(text: string) { this.said++; } }
const app = new Hono();
${set}
app.route("/", routes);
export default app;
`,
  "src/routes.ts": `import { Hono } from "hono";\nexport const routes = new Hono();\n${use}\n`,
  ...more,
});

const middleware = (value: string, name = "room") => `app.use("*", async (c, next) => { c.set("${name}", ${value}); await next(); });`;
const main = middleware('c.env.ROOMS.getByName("main")');

/** The messages, without where they come from and lead. */
const sent = (set: string, use: string, more?: Readonly<Record<string, string>>) =>
  messages(link(files(set, use, more))).flatMap((line) => (line.startsWith("src/index.ts#") ? [] : line.replace(/^.*(?=calls)| →.*/g, "")));

describe("a variable of Hono's context", () => {
  test("is the address that a middleware sets, in another file", () => {
    assert.deepEqual(messages(link(files(main, 'routes.get("/", async (c) => { await c.get("room").say("hi"); });'))).slice(-1), [
      'src/routes.ts.get "/"/1 calls ROOMS["main"].say → src/index.ts#Room.say/1',
    ]);
  });

  test("has a name, is taken out of all, and is used in functions that stand in the handler", () => {
    for (const use of [
      'const room = c.get("room"); await room.say("hi");',
      'await c.var.room.say("hi");',
      'const { room } = c.var; await room.say("hi");',
      'const room = c.get("room"); await list.map(async () => { await room.say("hi"); });',
      'await run(async (given) => { await given.get("n"); await c.get("room").say("hi"); await given.get("n"); });',
      'const say = async () => { await c.get("room").say("hi"); }; await say();',
    ])
      assert.deepEqual(sent(main, `routes.get("/", async (c) => { ${use} });`), ['calls ROOMS["main"].say'], use);
  });

  test("is known in the file that sets it, and by a constant's text", () => {
    const set = 'const name = "room"; app.use(async (c, next) => { c.set(name, c.env.ROOMS.getByName("main")); await next(); });';
    assert.deepEqual(sent(`${set} app.get("/", async (c) => { await c.get(name).say("hi"); });`, ""), ['calls ROOMS["main"].say']);
  });

  test("is known to what is handed the context, and to what is handed the address", () => {
    const helper = 'import type { Context } from "hono";\nexport const roomOf = (c: Context) => c.get("room");';
    const use = 'import { roomOf } from "./room-of";\nroutes.get("/", async (c) => { await roomOf(c).say("hi"); });';
    assert.deepEqual(sent(main, use, { "src/room-of.ts": helper }), ['calls ROOMS["main"].say']);
    const handed = 'routes.get("/", async (c) => { await greet(c.get("room")); });\nasync function greet(room) { await room.say("hi"); }';
    assert.deepEqual(sent(main, handed), ['calls ROOMS["main"].say']);
  });

  test("is set by what a router's handler is given in a file that does not name Hono, and used there", () => {
    const more = {
      "src/set.ts": 'export const setRoom = async (c, next) => { c.set("room", c.env.ROOMS.getByName("main")); await next(); };',
      "src/use.ts": 'export const useRoom = async (c) => { await c.get("room").say("hi"); };',
    };
    const set = 'import { setRoom } from "./set";\napp.use(setRoom);';
    assert.deepEqual(sent(set, 'import { useRoom } from "./use";\nroutes.get("/", useRoom);', more), ['calls ROOMS["main"].say']);
  });

  test("is set and used by what a factory makes in files that do not name Hono", () => {
    const more = {
      "src/factory.ts": 'import { createFactory } from "hono/factory";\nexport const factory = createFactory();',
      "src/doors.ts":
        'import { factory } from "./factory";\nexport const doors = factory.createApp();\ndoors.get("/", async (c) => { await c.var.room.say("hi"); });',
      "src/set.ts":
        'import { factory } from "./factory";\nexport const setRoom = factory.createMiddleware(async (c, next) => { c.set("room", c.env.ROOMS.getByName("main")); await next(); });',
    };
    const set = 'import { setRoom } from "./set";\nimport { doors } from "./doors";\napp.use(setRoom);\napp.route("/doors", doors);';
    assert.deepEqual(messages(link(files(set, "", more))), ['src/doors.ts.get "/"/1 calls ROOMS["main"].say → src/index.ts#Room.say/1']);
  });

  test("is set in a file that is opened for what it imports, or to what a maker of middleware is given", () => {
    const use = 'routes.get("/", async (c) => { await c.get("room").say("hi"); });';
    const more = {
      "src/room.ts": 'export const mainOf = (env) => env.ROOMS.getByName("main");',
      "src/set.ts":
        'import { createMiddleware } from "hono/factory";\nimport { mainOf } from "./room";\nexport const setRoom = createMiddleware(async (c, next) => { c.set("room", mainOf(c.env)); await next(); });',
    };
    assert.deepEqual(sent('import { setRoom } from "./set";\napp.use(setRoom);', use, more), ['calls ROOMS["main"].say']);
    const maker = 'const setTo = (rooms) => async (c, next) => { c.set("room", rooms.getByName("main")); await next(); };';
    const set = `import { env } from "cloudflare:workers";\n${maker}\napp.use(setTo(env.ROOMS));`;
    assert.deepEqual(sent(set, use), ['calls ROOMS["main"].say']);
  });

  test("that is set several times is of that key which all of them mean, and nothing where they mean different actors", () => {
    const use = 'routes.get("/", async (c) => { await c.get("room").say("hi"); });';
    const given = middleware("c.env.ROOMS.getByName(c.req.query('room'))");
    assert.deepEqual(sent(`${main} ${main}`, use), ['calls ROOMS["main"].say']);
    assert.deepEqual(sent(`${main} ${given}`, use), ["calls ROOMS[c.req.query()].say"]);
    assert.deepEqual(sent(`${main} ${middleware('c.env.DOORS.getByName("main")')}`, use), []);
    assert.deepEqual(sent(main, use.replace('"room"', '"door"')), []);
  });
});

describe("what is no variable of Hono's context", () => {
  const get = 'routes.get("/", async (c) => { await c.get("room").say("hi"); });';

  test("is what a map, or headers, hold", () => {
    const map = 'const known = new Map(); export function keep(env) { known.set("room", env.ROOMS.getByName("main")); }';
    assert.deepEqual(sent(map, get), []);
    const handed = 'function keep(known, env) { known.set("room", env.ROOMS.getByName("main")); }\napp.use((c) => keep(new Map(), c.env));';
    assert.deepEqual(sent(handed, get), []);
    const held =
      'routes.get("/", async (c) => { await read(c.req.raw.headers); });\nfunction read(headers) { return headers.get("room").say(); }';
    assert.deepEqual(sent(main, held), []);
    assert.deepEqual(sent(main, 'routes.get("/", async (c) => { const known = new Map(); await known.get("room").say("hi"); });'), []);
    const each = 'export const all = (maps) => maps.forEach((one) => one.get("room").say("hi"));';
    assert.deepEqual(sent(main, each), []);
  });

  test("is what an actor's own context holds", () => {
    const restate = `import { cors } from "hono/cors";\nimport * as restate from "@restatedev/restate-sdk";
export const counter = restate.object({ name: "counter", handlers: { add: async (ctx) => { await ctx.get("room").say("hi"); } } });`;
    assert.deepEqual(sent(main, restate), []);
    const rivet = `import { cors } from "hono/cors";\nimport { actor } from "rivetkit";
export const counter = actor({ state: {}, actions: { add: async (c) => { await c.get("room").say("hi"); await c.var.room.say("hi"); } } });`;
    assert.deepEqual(sent(main, rivet), []);
  });

  test("is what another package sets", () => {
    const [set, use] = [files(main, ""), files("", get)];
    const all = {
      ...Object.fromEntries(Object.entries(set).map(([path, text]) => [`a/${path}`, text])),
      ...Object.fromEntries(Object.entries(use).map(([path, text]) => [`b/${path}`, text])),
      "a/package.json": '{ "name": "a" }',
      "b/package.json": '{ "name": "b" }',
    };
    assert.deepEqual(
      messages(link(all)).filter((line) => line.includes("routes.ts")),
      [],
    );
  });
});
