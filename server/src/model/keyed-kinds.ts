/** Kinds of actors of which the platform makes one for each key, and which have no supervisor. */
import type { ProcessKind } from "./topology.ts";

export const keyedKinds: ReadonlySet<ProcessKind> = new Set(["durable_object", "virtual_actor"]);
