/** The register of actor libraries. */
import type { ActorTable } from "../../../model/library.ts";
import { agents } from "./agents.ts";
import { durableObjects } from "./durable-objects.ts";
import { nact } from "./nact.ts";
import { routers } from "./routers.ts";
import { xstate } from "./xstate.ts";

export const actorTables: readonly ActorTable[] = [agents, durableObjects, nact, routers, xstate];
