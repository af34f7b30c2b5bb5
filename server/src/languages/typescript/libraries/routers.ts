/** Servers whose handlers run for each request. */
import type { ActorTable } from "../../../model/library.ts";

const verbs = ["get", "post", "put", "patch", "delete", "options", "head", "all", "on", "use"];

function router(name: string, exported: string, source: string): ActorTable["operations"][number] {
  return { call: { on: "package", package: name, names: [exported] }, does: { op: "router", verbs }, source };
}

export const routers: ActorTable = {
  library: "HTTP servers",
  namespaceTypes: [],
  bases: [],
  operations: [
    router("hono", "Hono", "https://hono.dev/docs/api/routing"),
    router("@hono/zod-openapi", "OpenAPIHono", "https://hono.dev/examples/zod-openapi"),
    router("express", "default", "https://expressjs.com/en/guide/routing.html"),
    router("express", "express", "https://expressjs.com/en/guide/routing.html"),
    router("express", "Router", "https://expressjs.com/en/guide/routing.html"),
    router("fastify", "default", "https://fastify.dev/docs/latest/Reference/Routes/"),
    router("fastify", "fastify", "https://fastify.dev/docs/latest/Reference/Routes/"),
    router("itty-router", "Router", "https://itty.dev/itty-router/"),
    router("itty-router", "AutoRouter", "https://itty.dev/itty-router/"),
  ],
};
