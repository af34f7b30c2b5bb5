/** The register of actor libraries. */
import type { ActorTable } from "../../../model/library.ts";
import { agents } from "./agents.ts";
import { cloudflareActors } from "./cloudflare-actors.ts";
import { dapr } from "./dapr.ts";
import { durableObjects } from "./durable-objects.ts";
import { httpClients } from "./http-clients.ts";
import { identifiers } from "./identifiers.ts";
import { nact } from "./nact.ts";
import { partykit } from "./partykit.ts";
import { restate } from "./restate.ts";
import { rivet } from "./rivet.ts";
import { routers } from "./routers.ts";
import { comlink, workers } from "./workers.ts";
import { xstate } from "./xstate.ts";

export const actorTables: readonly ActorTable[] = [
  agents,
  cloudflareActors,
  dapr,
  durableObjects,
  httpClients,
  identifiers,
  nact,
  partykit,
  restate,
  rivet,
  routers,
  workers,
  comlink,
  xstate,
];
