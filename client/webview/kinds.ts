/** The words for kinds, modes, certainties and severities. */
import type { PanelCertainty, PanelFinding, PanelKind, PanelParticipant } from "../../server/src/protocol/panel.ts";
import type { MessageEdgeMode } from "../../server/src/protocol/panel-message-fold.ts";
import { scriptKinds } from "../../server/src/protocol/roles.ts";
import type { Model } from "./model.ts";
import { countOf, t } from "./text.ts";

/** What a line means, and who waits. */
const modeWords: Readonly<Record<MessageEdgeMode, string>> = {
  call: t("call, waits"),
  cast: t("cast"),
  info: t("message"),
  monitor: t("monitor"),
  link: t("link"),
  supervises: t("supervises"),
};

/** What a line means, and who waits: of actors that are no processes of OTP in other words than OTP's. */
export function modeText(mode: MessageEdgeMode, { kinds }: Pick<Model, "kinds">): string {
  return mode === "cast" && isOfScripts(kinds) ? t("send") : modeWords[mode];
}

/** The same in one word. */
export function modeWord(mode: MessageEdgeMode, { kinds }: Pick<Model, "kinds">): string {
  return mode === "cast" && isOfScripts(kinds) ? t("send") : mode;
}

/** Whether all that is drawn are actors of libraries of TypeScript. */
export function isOfScripts(kinds: ReadonlySet<PanelKind>): boolean {
  return [...kinds].every((kind) => scriptKinds.has(kind) || kind === "application" || kind === "unattached");
}

/** In the order of the legend. */
export const legendWords: readonly (readonly [PanelKind, string])[] = [
  ["application", t("application")],
  ["supervisor", t("supervisor")],
  ["dynamic_supervisor", t("dynamic supervisor")],
  ["partition_supervisor", t("partition supervisor")],
  ["consumer_supervisor", t("consumer supervisor")],
  ["task_supervisor", t("task supervisor")],
  ["gen_server", t("GenServer")],
  ["gen_statem", t("state machine")],
  ["agent", t("agent")],
  ["task", t("task")],
  ["registry", t("registry")],
  ["gen_event", t("event manager")],
  ["gen_stage", t("GenStage")],
  ["broadway", t("Broadway")],
  ["port", t("port")],
  ["durable_object", t("Durable Object")],
  ["virtual_actor", t("virtual actor")],
  ["machine", t("machine")],
  ["actor", t("actor")],
  ["worker_thread", t("worker thread")],
  ["actor_system", t("actor system")],
  ["process", t("other process")],
  ["unattached", t("not in a tree")],
];

/** How sure it is that it is so. */
export const certaintyWords: Readonly<Record<PanelCertainty, string>> = {
  certain: t("certain"),
  probable: t("probable"),
  unknown: t("uncertain"),
};

export const severityWords: Readonly<Record<PanelFinding["severity"], string>> = {
  error: t("error"),
  warning: t("warning"),
  info: t("info"),
  hint: t("hint"),
};

/** `5 requests`; of processes, `5 × GenServer`. */
export function contextsText(kind: PanelParticipant["kind"], count: number): string {
  switch (kind) {
    case "request":
      return countOf(count, "{0} request", "{0} requests");
    case "live_view":
      return countOf(count, "{0} LiveView", "{0} LiveViews");
    case "channel":
      return countOf(count, "{0} channel", "{0} channels");
    case "job":
      return countOf(count, "{0} job", "{0} jobs");
    case "task":
      return countOf(count, "{0} task", "{0} tasks");
    case "spawned":
      return countOf(count, "{0} spawned process", "{0} spawned processes");
    case "connection":
      return countOf(count, "{0} connection", "{0} connections");
    case "application_start":
      return countOf(count, "{0} application start", "{0} application starts");
    default:
      return t("{0} × {1}", count, legendWords.find(([one]) => one === kind)?.[1] ?? kind);
  }
}
