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
});
