/** What kinds of processes and contexts have in common when they are drawn: a color. Kinds of one role still differ by icon and by text. */
import type { PanelContextKind, PanelKind } from "./panel.ts";

export type Role = "application" | "supervisor" | "worker" | "task" | "data" | "event" | "stage" | "client" | "other";

/** Kinds of actors that are found by a key, and have no supervisor: those of the model (`keyed-kinds.ts`), for pages. A test holds them equal. */
export const keyedKinds: ReadonlySet<string> = new Set<PanelKind>(["durable_object", "virtual_actor"]);

/** Kinds that only libraries of TypeScript make: what there is to say of them is said in other words than OTP's. */
export const scriptKinds: ReadonlySet<string> = new Set<PanelKind>([
  "durable_object",
  "virtual_actor",
  "machine",
  "actor",
  "worker_thread",
  "actor_system",
]);

/** What stands for a group of processes has no code that could. */
export function mayCrash({ kind }: { readonly kind: PanelKind }): boolean {
  return kind !== "application" && kind !== "unattached" && kind !== "actor_system";
}

export const roleOf: Readonly<Record<PanelKind | PanelContextKind, Role>> = {
  application: "application",
  unattached: "other",
  supervisor: "supervisor",
  dynamic_supervisor: "supervisor",
  partition_supervisor: "supervisor",
  consumer_supervisor: "supervisor",
  task_supervisor: "task",
  task: "task",
  registry: "data",
  gen_server: "worker",
  gen_statem: "worker",
  agent: "worker",
  gen_event: "event",
  gen_stage: "stage",
  broadway: "stage",
  port: "other",
  process: "other",
  durable_object: "worker",
  virtual_actor: "worker",
  machine: "worker",
  actor: "worker",
  worker_thread: "task",
  actor_system: "supervisor",
  request: "client",
  live_view: "client",
  channel: "client",
  job: "task",
  spawned: "other",
  connection: "client",
  application_start: "application",
  external: "other",
};
