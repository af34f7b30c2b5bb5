/** How the panel and the Mermaid export word what runs code: a node of the tree, or another context. Pure. */

import { keyedKinds } from "../model/keyed-kinds.ts";
import type { ExecutionContext, ProcessDefinition, ProcessKind, TreeNode } from "../model/topology.ts";
import { scriptKinds } from "../protocol/roles.ts";

const elixirWords: Readonly<Record<ProcessKind, string>> = {
  supervisor: "Supervisor",
  dynamic_supervisor: "DynamicSupervisor",
  partition_supervisor: "PartitionSupervisor",
  task_supervisor: "Task.Supervisor",
  consumer_supervisor: "ConsumerSupervisor",
  registry: "Registry",
  gen_server: "GenServer",
  gen_statem: "gen_statem",
  gen_event: "gen_event",
  gen_stage: "GenStage",
  broadway: "Broadway",
  agent: "Agent",
  task: "Task",
  port: "Port",
  process: "process",
  durable_object: "Durable Object",
  virtual_actor: "virtual actor",
  machine: "machine",
  actor: "actor",
  worker_thread: "worker thread",
  actor_system: "actor system",
};

/** What runs code, in a word. */
export const contextWords: Readonly<Record<ExecutionContext["kind"], string>> = {
  process: "process",
  request: "request",
  live_view: "LiveView",
  channel: "channel",
  job: "job",
  task: "task",
  spawned: "spawned process",
  connection: "connection",
  test: "test",
  script: "script",
  application_start: "application start",
  external: "outside",
};

/** What runs code in the words of its library, or else the language: `Rivet actor`, `GenServer` in Elixir, `gen_server` in Erlang. */
export function kindText({ kind, called }: Pick<ProcessDefinition, "kind" | "called">, language: string): string {
  return called ?? (language === "elixir" || scriptKinds.has(kind) ? elixirWords[kind] : kind);
}

/** The last two segments of a module's name at most, without what the application's name says already. */
export function shortModule(module: string): string {
  const segments = module.split(".");
  if (segments.length < 2 || !/^[A-Z]/.test(module)) return module;
  return segments.length === 2 ? (segments[1] ?? module) : segments.slice(-2).join(".");
}

/** The name of a node in the drawing: its module, else its registered name, else its id. Never empty. */
export function nodeTitle(node: TreeNode, language: string): string {
  const plain = node.module === "Supervisor" || node.module === "supervisor" || node.module === kindText(node, language);
  if (node.module !== null && !plain && !isNamedAfterElse(node)) return shortModule(node.module);
  const own = node.name?.value ?? (node.id === node.module ? null : node.id);
  // `_` is how an unknown term is printed.
  return own !== null && own !== "" && own !== "_" ? shortModule(own) : (node.module ?? kindText(node, language));
}

/** Whether the name tells more than the module: one of another's making (`Finch`), given a name of the project's (`Shop.Fetch`). */
function isNamedAfterElse({ module, name }: TreeNode): boolean {
  if (name?.scope !== "local" || module === null || !/^[A-Z]/.test(name.value)) return false;
  return name.value.split(".")[0] !== module.split(".")[0];
}

/** Kind or strategy, and what is out of the ordinary: `DynamicSupervisor · 3 in 5 s`, `GenServer · transient · 4 callers`. */
export function nodeSubtitle(node: TreeNode, language: string, callers: number): string {
  const words = kindText(node, language);
  const parts: string[] = [];
  if (node.kind === "supervisor") parts.push(node.strategy === null || node.strategy === "unknown" ? words : node.strategy);
  else parts.push(words);
  if (node.type === "supervisor") {
    // 3 restarts in 5 seconds is what everybody has; only another limit is worth the room.
    const usual = node.intensity === 3 && node.period === 5;
    if (typeof node.intensity === "number" && typeof node.period === "number" && !usual) {
      parts.push(`${node.intensity} in ${node.period} s`);
    }
  }
  if (node.restart === "transient" || node.restart === "temporary") parts.push(node.restart);
  const name = node.name;
  if (name !== null && name.value !== node.module && name.value !== "") {
    const title = nodeTitle(node, language);
    if (keyedKinds.has(node.kind)) parts.push(`key ${name.value}`);
    else if (name.scope !== "local") parts.push(name.scope === "via" ? "via registry" : "global");
    else if (shortModule(name.value) !== title) parts.push(shortModule(name.value));
    else if (isNamedAfterElse(node) && node.module !== null) {
      const maker = topOf(node.module);
      if (maker !== words && node.module !== words && !parts.includes(maker)) parts.push(maker);
    }
  }
  if (callers > 0) parts.push(callers === 1 ? "1 caller" : `${callers} callers`);
  if (node.certainty !== "certain") parts.push(node.certainty === "probable" ? "probable" : "uncertain");
  return parts.join(" · ");
}

/** The library, not its inner supervisor: `Finch` of `Finch.Supervisor`. */
function topOf(module: string): string {
  return module.replace(/\.Supervisor$/, "");
}

/** A rule's id as a heading: `singleton-bottleneck` → `Singleton bottleneck`. */
export function ruleTitle(rule: string): string {
  const words = rule.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
