/** Servers whose handlers run for each request or connection, and queues and clocks whose handlers run for each job. */
import type { ActorEffect, ActorOperation, ActorTable } from "../../../model/library.ts";

const verbs = ["get", "post", "put", "patch", "delete", "del", "options", "head", "all", "on", "use", "route", "ws", "openapi", "param"];
/** What runs around the handlers of requests, and where none is found or one fails. */
const around = [
  "addHook",
  "setErrorHandler",
  "setNotFoundHandler",
  "onError",
  "notFound",
  "onRequest",
  "onBeforeHandle",
  "derive",
  "resolve",
];
/** Functions of a route beside its handler. */
const properties = ["handler", "onRequest", "preParsing", "preValidation", "preHandler", "preSerialization", "beforeHandle"];
/** Events of a server itself. */
const except = ["onReady", "onListen", "onClose", "preClose", "onRoute", "onRegister"];

function router(name: string, exported: string, source: string, plugins: readonly string[] = []): ActorOperation {
  const does = { op: "router", verbs: [...verbs, ...around], plugins, properties, except } as const;
  return { call: { on: "package", package: name, names: [exported] }, does, source };
}

/** Makers of procedures, which are called for each request. */
const procedures: ActorOperation = {
  call: { on: "package", package: "@trpc/server", names: ["initTRPC.create", "initTRPC.context", "initTRPC.meta"] },
  does: { op: "router", verbs: ["query", "mutation", "subscription", "use"] },
  source: "https://trpc.io/docs/server/procedures",
};

/** Functions of the server that pages call, each call a request. */
const serverFunctions = ["@tanstack/react-start", "@tanstack/solid-start", "@tanstack/start"].map(
  (from): ActorOperation => ({
    call: { on: "package", package: from, names: ["createServerFn"] },
    does: { op: "router", verbs: ["handler"] },
    source: "https://tanstack.com/start/latest/docs/framework/react/guide/server-functions",
  }),
);

type Served = Omit<Extract<ActorEffect, { op: "serve" }>, "op">;

/** Calls of a package's functions, or of the methods of what they make: `WebSocketServer.on`. */
function served(packages: readonly string[], names: readonly string[], does: Served, source: string): readonly ActorOperation[] {
  return packages.map((from) => ({ call: { on: "package", package: from, names }, does: { op: "serve", ...does }, source }));
}

/** Calls of what everybody has, or of what nobody can tell where it comes from. */
function known(names: readonly string[], does: Served, source: string): ActorOperation {
  return { call: { on: "global", names }, does: { op: "serve", ...does }, source };
}

const node = "https://nodejs.org/api";
const http = ["node:http", "http", "node:https", "https", "node:http2", "http2"];

export const routers: ActorTable = {
  library: "HTTP servers",
  namespaceTypes: [],
  bases: [],
  operations: [
    router("hono", "Hono", "https://hono.dev/docs/api/routing"),
    router("hono/factory", "createFactory.createApp", "https://hono.dev/docs/helpers/factory#factory-createapp"),
    router("@hono/zod-openapi", "OpenAPIHono", "https://hono.dev/examples/zod-openapi"),
    router("express", "default", "https://expressjs.com/en/guide/routing.html"),
    router("express", "express", "https://expressjs.com/en/guide/routing.html"),
    router("express", "Router", "https://expressjs.com/en/guide/routing.html"),
    ...["default", "fastify", "Fastify"].map((name) =>
      router("fastify", name, "https://fastify.dev/docs/latest/Reference/Plugins/", ["register"]),
    ),
    ...["default", "fastifyAutoload"].map((name): ActorOperation => {
      const call = { on: "package", package: "@fastify/autoload", names: [name] } as const;
      return { call, does: { op: "folder", of: "dir" }, source: "https://github.com/fastify/fastify-autoload#readme" };
    }),
    router("itty-router", "Router", "https://itty.dev/itty-router/"),
    router("itty-router", "AutoRouter", "https://itty.dev/itty-router/"),
    router("koa", "default", "https://koajs.com/"),
    router("@koa/router", "default", "https://github.com/koajs/router"),
    router("elysia", "Elysia", "https://elysiajs.com/essential/route"),
    procedures,
    ...serverFunctions,
    ...served(
      http,
      ["createServer", "createSecureServer"],
      { kind: "request" },
      `${node}/http.html#httpcreateserveroptions-requestlistener`,
    ),
    ...served(http, ["createServer.on", "createSecureServer.on"], { kind: "request", event: "request" }, `${node}/http.html#event-request`),
    ...served(["node:net", "net"], ["createServer"], { kind: "connection" }, `${node}/net.html#netcreateserveroptions-connectionlistener`),
    ...served(
      ["ws"],
      ["WebSocketServer.on", "Server.on", "WebSocket.Server.on"],
      { kind: "connection", event: "connection" },
      "https://github.com/websockets/ws",
    ),
    ...served(
      ["socket.io"],
      ["Server.on", "Server.of.on"],
      { kind: "connection", event: "connection" },
      "https://socket.io/docs/v4/server-api/",
    ),
    ...served(
      ["hono/factory"],
      ["createMiddleware", "createFactory.createHandlers", "createFactory.createMiddleware"],
      { kind: "request" },
      "https://hono.dev/docs/helpers/factory",
    ),
    ...served(["honox/factory"], ["createRoute"], { kind: "request" }, "https://github.com/honojs/honox#routes"),
    ...served(["hono"], ["upgradeWebSocket"], { kind: "connection" }, "https://hono.dev/docs/helpers/websocket"),
    known(["upgradeWebSocket"], { kind: "connection" }, "https://hono.dev/docs/helpers/websocket"),
    ...served(
      ["h3"],
      ["defineEventHandler", "eventHandler"],
      { kind: "request", properties: ["handler"] },
      "https://h3.dev/guide/basics/handler",
    ),
    known(["defineEventHandler", "eventHandler"], { kind: "request", properties: ["handler"] }, "https://nitro.build/guide/routing"),
    {
      call: { on: "member", member: ["Bun", "Deno"], names: ["serve"] },
      does: { op: "serve", kind: "request", properties: ["fetch", "handler"] },
      source: "https://bun.com/docs/api/http",
    },
    known(
      ["addEventListener"],
      { kind: "request", event: "fetch" },
      "https://developers.cloudflare.com/workers/reference/migrate-to-module-workers/",
    ),
    known(
      ["addEventListener"],
      { kind: "job", event: "scheduled" },
      "https://developers.cloudflare.com/workers/reference/migrate-to-module-workers/",
    ),
    ...served(["bullmq", "bull"], ["Worker", "default.process"], { kind: "job" }, "https://docs.bullmq.io/guide/workers"),
    ...served(["node-cron"], ["schedule"], { kind: "job" }, "https://github.com/node-cron/node-cron"),
    ...served(["croner"], ["Cron"], { kind: "job" }, "https://croner.56k.guru/usage/"),
    ...served(["cron"], ["CronJob", "CronJob.from"], { kind: "job", properties: ["onTick"] }, "https://github.com/kelektiv/node-cron"),
    ...served(["pg-boss"], ["default.work", "PgBoss.work"], { kind: "job" }, "https://timgit.github.io/pg-boss/"),
  ],
};
