import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { contextsOf, link } from "../support/actors.ts";

const registry = `import { actor, setup } from "rivetkit";
import { createClient } from "rivetkit/client";
export const room = actor({ state: { n: 0 }, actions: { join: (c) => ++c.state.n } });
export const registry = setup({ use: { room } });
const client = createClient<typeof registry>();
export const join = () => client.room.getOrCreate("one").join();
`;

/** What runs `join`, where the file calls it. */
function contextsIn(path: string, text: string): readonly string[] {
  const files = {
    "registry.ts": registry,
    [path]: `import { join } from "${"../".repeat(path.split("/").length - 1) || "./"}registry";\n${text}`,
  };
  return contextsOf(link(files), "registry.ts.join/0");
}

const cases: readonly (readonly [what: string, context: string, text: string, path?: string])[] = [
  [
    "http",
    "request (createServer) many",
    `import { createServer } from "node:http";\ncreateServer(async (req, res) => res.end(await join())).listen(80);`,
  ],
  [
    "http, an event",
    "request (on request) many",
    `import http from "http";\nconst server = http.createServer();\nserver.on("request", () => join());`,
  ],
  [
    "Express",
    "request (GET /) many",
    `import express from "express";\nconst app = express();\napp.get("/", auth, async (req, res) => res.send(await join()));`,
  ],
  [
    "Express, wrapped",
    "request (POST /) many",
    `import { Router } from "express";\nimport wrap from "express-async-handler";\nconst r = Router();\nr.post("/", [auth], wrap(async () => join()));`,
  ],
  ["Express, a chain", "request (get) many", `import express from "express";\nexpress().route("/x").get(() => join());`],
  ["Hono", "request (GET /) many", `import { Hono } from "hono";\nexport default new Hono().get("/", (c) => c.json(join()));`],
  [
    "Hono, a WebSocket",
    "connection (upgradeWebSocket) many",
    `import { Hono } from "hono";\nimport { upgradeWebSocket } from "hono/cloudflare-workers";\nconst app = new Hono();\napp.get("/ws", upgradeWebSocket((c) => ({ onMessage() { join(); } })));`,
  ],
  [
    "Fastify",
    "request (GET /) many",
    `import Fastify from "fastify";\nconst app = Fastify();\napp.get("/", { schema }, async () => join());`,
  ],
  [
    "Fastify, an object",
    "request (route) many",
    `import Fastify from "fastify";\nFastify().route({ method: "GET", url: "/", handler: async () => join() });`,
  ],
  [
    "Fastify, a plugin",
    "request (GET /) many",
    `import Fastify from "fastify";\nconst app = Fastify();\napp.register(async (instance) => { instance.get("/", async () => join()); });`,
  ],
  [
    "Fastify, a plugin in a plugin, wrapped",
    "request (GET /) many",
    `import Fastify from "fastify";\nimport fp from "fastify-plugin";\nconst inner = fp(async (app) => { app.get("/", async () => join()); });\nasync function outer(app) { app.register(inner); }\nFastify().register(outer);`,
  ],
  [
    "a function that is given a router",
    "request (GET /) many",
    `import { Hono } from "hono";\nfunction routes(app: Hono) { app.use(log).get("/", async () => join()); }\nfunction all(app: Hono) { routes(app); }\nall(new Hono());`,
  ],
  [
    "Hono, OpenAPI",
    "request (openapi) many",
    `import { OpenAPIHono } from "@hono/zod-openapi";\nnew OpenAPIHono().openapi(route, async () => join());`,
  ],
  [
    "Hono, a factory",
    "request (createHandlers) many",
    `import { createFactory } from "hono/factory";\nconst factory = createFactory();\nexport const handlers = factory.createHandlers(async () => join());`,
  ],
  [
    "HonoX",
    "request (createRoute) many",
    `import { createRoute } from "honox/factory";\nexport const GET = createRoute(async () => join());`,
  ],
  [
    "tRPC",
    "request (mutation) many",
    `import { initTRPC } from "@trpc/server";\nconst t = initTRPC.context<Context>().create();\nconst publicProcedure = t.procedure.use(log);\nexport const router = t.router({ join: publicProcedure.input(schema).mutation(async () => join()) });`,
  ],
  [
    "TanStack Start",
    "request (handler) many",
    `import { createServerFn } from "@tanstack/react-start";\nexport const enter = createServerFn({ method: "POST" }).inputValidator(schema).handler(async () => join());`,
  ],
  ["a server action", "request (action enter) many", `"use server";\nexport async function enter() { return join(); }`],
  [
    "a server action in a page",
    "request (action in Page) many",
    `export function Page() { async function save() { "use server"; await join(); } return save; }`,
    "page.tsx",
  ],
  [
    "Next.js",
    "request (POST app/api/join/route.ts) many",
    `export async function POST(request: Request) { return Response.json(await join()); }`,
    "app/api/join/route.ts",
  ],
  [
    "Next.js, a constant",
    "request (GET src/app/join/route.ts) many",
    `export const GET = async () => Response.json(await join());`,
    "src/app/join/route.ts",
  ],
  [
    "Next.js, pages",
    "request (default pages/api/join.ts) many",
    `export default async function handler(req, res) { res.json(await join()); }`,
    "pages/api/join.ts",
  ],
  [
    "Pages",
    "request (onRequestGet functions/join.ts) many",
    `export const onRequestGet = async () => Response.json(await join());`,
    "functions/join.ts",
  ],
  ["Nitro", "request (defineEventHandler) many", `export default defineEventHandler(async () => join());`, "server/api/join.ts"],
  ["Bun", "request (serve) many", `Bun.serve({ port: 80, fetch: async () => Response.json(await join()) });`],
  [
    "ws",
    "connection (on connection) many",
    `import { WebSocketServer } from "ws";\nconst wss = new WebSocketServer({ port: 80 });\nwss.on("connection", (ws) => { ws.on("message", async () => ws.send(await join())); });`,
  ],
  [
    "ws, its default",
    "connection (on connection) many",
    `import WebSocket from "ws";\nclass Hub { wss = new WebSocket.Server({ noServer: true }); start() { this.wss.on("connection", this.greet); } greet() { join(); } }\nnew Hub().start();`,
  ],
  [
    "Socket.IO",
    "connection (on connection) many",
    `import { Server } from "socket.io";\nconst io = new Server(80);\nio.on("connection", (socket) => socket.on("join", () => join()));`,
  ],
  [
    "Workers",
    "request (worker.ts fetch) many",
    `export default { async fetch(request, env) { return Response.json(await join()); } };`,
    "worker.ts",
  ],
  [
    "Workers, a WebSocket",
    "request (worker.ts fetch) many",
    `export default { fetch() { const [client, server] = Object.values(new WebSocketPair()); server.accept(); server.addEventListener("message", () => join()); return new Response(null, { webSocket: client }); } };`,
    "worker.ts",
  ],
  [
    "Workers, a queue",
    "job (worker.ts queue) many",
    `export default { async queue(batch) { for (const message of batch.messages) await join(); } };`,
    "worker.ts",
  ],
  [
    "Workers, a clock",
    "job (worker.ts scheduled) many",
    `const handler = { scheduled: async () => { await join(); } };\nexport default handler;`,
    "worker.ts",
  ],
  [
    "Workers, wrapped",
    "request (worker.ts fetch) many",
    `import * as Sentry from "@sentry/cloudflare";\nexport default Sentry.withSentry(() => ({}), { async fetch() { return join(); } });`,
    "worker.ts",
  ],
  [
    "Workers, the older form",
    "request (addEventListener fetch) many",
    `addEventListener("fetch", (event) => event.respondWith(join()));`,
    "worker.js",
  ],
  [
    "Hono, an error",
    "request (onError) many",
    `import { Hono } from "hono";\nnew Hono().onError(async (error, c) => c.json(await join()));`,
  ],
  ["Hono, nothing found", "request (notFound) many", `import { Hono } from "hono";\nconst app = new Hono();\napp.notFound(() => join());`],
  [
    "Express, a bound method",
    "request (GET /) many",
    `import express from "express";\nconst door = { open: async (req, res) => res.send(await join()) };\nexpress().get("/", door.open.bind(door));`,
  ],
  [
    "Fastify, a hook",
    "request (addHook onRequest) many",
    `import Fastify from "fastify";\nFastify().addHook("onRequest", async () => { await join(); });`,
  ],
  [
    "Fastify, a function before the handler",
    "request (route) many",
    `import Fastify from "fastify";\nFastify().route({ method: "GET", url: "/", preHandler: async () => { await join(); } });`,
  ],
  [
    "Cloudflare Pages, several",
    "request (onRequest functions/join.ts) many",
    "export const onRequest = [async (context) => context.next(), async () => new Response(await join())];",
    "functions/join.ts",
  ],
  [
    "SvelteKit, an action",
    "request (actions src/routes/+page.server.ts) many",
    "export const actions = { default: async () => join() };",
    "src/routes/+page.server.ts",
  ],
  ["SvelteKit, a hook", "request (handle src/hooks.server.ts) many", "export const handle = async () => join();", "src/hooks.server.ts"],
  [
    "Next.js, a page",
    "request (default app/rooms/page.tsx) many",
    "export default async function Page() { return <b>{await join()}</b>; }",
    "app/rooms/page.tsx",
  ],
  [
    "Next.js, middleware",
    "request (middleware src/middleware.ts) many",
    "export async function middleware(request) { await join(); }",
    "src/middleware.ts",
  ],
  ["BullMQ", "job (Worker mails) many", `import { Worker } from "bullmq";\nnew Worker("mails", async (job) => join());`],
  ["node-cron", "job (schedule * * * * *) many", `import cron from "node-cron";\ncron.schedule("* * * * *", () => join());`],
];

describe("contexts of scripts", () => {
  for (const [what, context, text, path = "src/server.ts"] of cases)
    test(what, () => {
      assert.deepEqual(contextsIn(path, text), [context]);
    });

  test("what is handed to a function of one's own, or waits for another event, is no context", () => {
    assert.deepEqual(contextsIn("src/server.ts", "createServer(() => join());\nfunction createServer(f) {}"), []);
    assert.deepEqual(contextsIn("src/server.ts", 'addEventListener("load", () => join());'), []);
  });

  test("what runs in a browser, or where the server starts or ends, is no context", () => {
    const page = '"use client";\nexport default function Page() { return <b onClick={() => join()} />; }';
    assert.deepEqual(contextsIn("app/page.tsx", page), ["outside callers unknown"]);
    assert.deepEqual(
      contextsIn("src/server.ts", 'import Fastify from "fastify";\nFastify().addHook("onClose", async () => { await join(); });'),
      [],
    );
  });

  test("plugins are what a file that is imported later, or the files of a folder, export", () => {
    const plugins: Readonly<Record<string, string>> = {
      "a function": "export default async function routes(app) { app.get('/', () => join()); }",
      wrapped: "import fp from 'fastify-plugin';\nexport default fp(async (app) => { app.get('/', () => join()); });",
      "a name": "const routes = async (app) => { app.get('/', () => join()); };\nexport default routes;",
    };
    const server = (register: string) => `import Fastify from "fastify";
import autoload from "@fastify/autoload";
import { join as path } from "node:path";
const app = Fastify();
${register}
`;
    for (const [what, plugin] of Object.entries(plugins))
      for (const register of ['app.register(import("./routes/rooms"));', 'app.register(autoload, { dir: path(__dirname, "routes") });']) {
        const files = {
          "registry.ts": registry,
          "src/server.ts": server(register),
          "src/routes/rooms.ts": `import { join } from "../../registry";\n${plugin}`,
        };
        assert.deepEqual(contextsOf(link(files), "registry.ts.join/0"), ["request (GET /) many"], `${what}: ${register}`);
        assert.deepEqual(
          contextsOf(link({ ...files, "src/server.ts": server('app.register(autoload, { dir: "elsewhere" });') }), "registry.ts.join/0"),
          ["outside callers unknown"],
        );
      }
  });

  test("files that are imported where they are needed are followed", () => {
    const files = {
      "registry.ts": registry,
      "src/server.ts": `import express from "express";
express().get("/", async (req, res) => { const { enter } = await import("./enter"); res.send(await enter()); });`,
      "src/enter.ts": 'const { join } = require("../registry");\nexport const enter = () => join();',
    };
    assert.deepEqual(contextsOf(link(files), "src/enter.ts.enter/0"), ["request (GET /) many"]);
  });

  test("what takes handlers and is given something else than a router is none", () => {
    assert.deepEqual(contextsIn("src/server.ts", 'function fill(map) { map.get("x", () => join()); }\nfill(new Map());'), []);
    assert.deepEqual(contextsIn("src/server.ts", 'export function loop(app) { app.register(loop); app.get("/", () => join()); }'), [
      "outside callers unknown",
    ]);
    assert.deepEqual(contextsIn("src/actions.ts", 'export async function enter() { "use strict"; return join(); }'), [
      "outside callers unknown",
    ]);
  });

  test("routers that are passed on without end, by many to many, end", () => {
    const many = Array.from({ length: 60 }, (_, i) => i);
    const calls = many.map((i) => `f${i}(app);`).join(" ");
    const text = `import Fastify from "fastify";\n${many.map((i) => `function f${i}(app) { ${calls} app.get("/${i}", () => join()); app.register(f${(i + 1) % 60}); }\n`).join("")}f0(Fastify());`;
    const started = process.hrtime.bigint();
    assert.equal(contextsIn("src/server.ts", text).length, 60);
    assert.ok(Number(process.hrtime.bigint() - started) / 1e9 < 20);
  });

  test("handlers of a router that an actor has for itself run in the actor", () => {
    const files = {
      "src/limiter.ts": `import { DurableObject } from "cloudflare:workers";
import { Hono } from "hono";
export class Limiter extends DurableObject {
  app = new Hono();
  constructor(ctx, env) { super(ctx, env); this.app.get("/", async () => this.ctx.blockConcurrencyWhile(() => this.count())); }
  fetch(request: Request) { return this.app.fetch(request); }
  private count() { return this.ctx.storage.put("n", 1); }
}`,
    };
    const linked = link(files);
    assert.deepEqual(contextsOf(linked, "src/limiter.ts#Limiter.count/0"), ["Limiter unknown"]);
    const fetch = linked.definitions.get("ts:src/limiter.ts#Limiter")?.callbacks.find(({ tag }) => tag === "fetch");
    assert.equal(fetch?.effects.state, "changed");
    assert.equal(fetch?.effects.exclusive?.length, 1);
  });
});
