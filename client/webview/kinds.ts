/** The words for kinds and modes, and which of several findings is the gravest. */
import type { PanelFinding, PanelKind } from "../../server/src/protocol/panel.ts";
import type { MessageEdgeMode } from "../../server/src/protocol/panel-message-fold.ts";

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
  ["durable_object", "Durable Object"],
  ["virtual_actor", "virtual actor"],
  ["machine", "machine"],
  ["actor", "actor"],
  ["worker_thread", "worker thread"],
  ["actor_system", "actor system"],
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
