/** The register of actor libraries. */
import type { ActorTable } from "../../../model/library.ts";
import { agents } from "./agents.ts";
import { durableObjects } from "./durable-objects.ts";
import { routers } from "./routers.ts";

export const actorTables: readonly ActorTable[] = [agents, durableObjects, routers];
