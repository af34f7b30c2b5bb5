/** How kinds look: a color role and a word for the legend. Kinds of one role still differ by icon and by text. */
import type { PanelContextKind, PanelFinding, PanelKind } from "../../server/src/protocol/panel.ts";
import type { MessageEdgeMode } from "../../server/src/protocol/panel-message-fold.ts";

export type Role = "application" | "supervisor" | "worker" | "task" | "data" | "event" | "stage" | "client" | "other";

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
  request: "client",
  live_view: "client",
  channel: "client",
  job: "task",
  spawned: "other",
  connection: "client",
  application_start: "application",
  external: "other",
};

/** In the order of the legend: what a line means, and who waits. */
export const modeWords: Readonly<Record<MessageEdgeMode, string>> = {
  call: "call, waits",
  cast: "cast",
  info: "message",
  monitor: "monitor",
  link: "link",
  supervises: "supervises",
};

/** In the order of the legend. */
export const legendWords: readonly (readonly [PanelKind, string])[] = [
  ["application", "application"],
  ["supervisor", "supervisor"],
  ["dynamic_supervisor", "dynamic supervisor"],
  ["partition_supervisor", "partition supervisor"],
  ["consumer_supervisor", "consumer supervisor"],
  ["task_supervisor", "task supervisor"],
  ["gen_server", "GenServer"],
  ["gen_statem", "state machine"],
  ["agent", "agent"],
  ["task", "task"],
  ["registry", "registry"],
  ["gen_event", "event manager"],
  ["gen_stage", "GenStage"],
  ["broadway", "Broadway"],
  ["port", "port"],
  ["process", "other process"],
  ["unattached", "not in a tree"],
];

const severities = ["error", "warning", "info", "hint"] as const;

/** The gravest of the findings' severities, or null without findings. */
export function gravest(findings: readonly PanelFinding[]): PanelFinding["severity"] | null {
  return severities.find((severity) => findings.some((finding) => finding.severity === severity)) ?? null;
}

export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en-US")} ${count === 1 ? one : many}`;
}
