/**
 * Guards of the panel's messages. Whatever crosses the border between page and host is `unknown` until one of these has seen it.
 * Pure, never throw.
 */
import type { Crash, CrashFate, CrashRules } from "./crash.ts";
import {
  type ExportFormat,
  type HostMessage,
  mostExported,
  type PageMessage,
  type PanelPlace,
  type PanelSnapshot,
  type PanelViewId,
  panelVersion,
} from "./panel.ts";
import type { Sequence, SequenceStart } from "./sequence.ts";

type Fields = Record<string, unknown>;

function isRecord(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isNatural(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0;
}

/** Bounds what one message may carry: nobody's path or rule id is longer. */
function isShortText(value: unknown): value is string {
  return typeof value === "string" && value.length <= 4096;
}

export function isPanelPlace(value: unknown): value is PanelPlace {
  return isRecord(value) && isShortText(value.file) && isNatural(value.line) && isNatural(value.column);
}

const exportFormats: ReadonlySet<unknown> = new Set<ExportFormat>(["svg", "png", "mermaid", "markdown"]);

function isExported(value: unknown): value is string {
  return typeof value === "string" && value.length <= mostExported;
}

/** Whether a message from the page is one of the union; anything else is to be dropped. */
export function isPageMessage(value: unknown): value is PageMessage {
  if (!isRecord(value)) return false;
  switch (value.type) {
    case "ready":
      return isNatural(value.version);
    case "open":
    case "preview":
      return isPanelPlace(value.place);
    case "crash":
      return isShortText(value.key);
    case "show-rule":
      return isShortText(value.rule) && /^[a-z0-9-]+$/.test(value.rule);
    case "trouble":
      return typeof value.message === "string";
    case "follow":
      return typeof value.on === "boolean";
    case "sequence":
      return isShortText(value.start) && isNatural(value.steps);
    case "save":
      return exportFormats.has(value.format) && isShortText(value.name) && isExported(value.content);
    case "copy":
      return isExported(value.text);
    case "save-page":
    case "sequence-starts":
    case "retry":
    case "show-log":
      return true;
    default:
      return false;
  }
}

/** Whether a message from the host is one of the union, of this version. */
export function isHostMessage(value: unknown): value is HostMessage {
  if (!isRecord(value) || value.version !== panelVersion) return false;
  switch (value.type) {
    case "snapshot":
      return isNatural(value.revision) && isPanelSnapshot(value.snapshot);
    case "loading":
      return typeof value.detail === "string";
    case "export":
      return true;
    case "failed":
      return typeof value.message === "string";
    case "select":
      return typeof value.module === "string";
    case "show":
      return (value.view === null || viewIds.has(value.view)) && isTextOrNull(value.participant) && isTextOrNull(value.start);
    case "crash":
      return typeof value.key === "string" && (value.crash === null || isCrash(value.crash));
    case "what-if":
      return typeof value.participant === "string";
    case "sequence-starts":
      return areRecords(value.starts) && value.starts.every(isSequenceStart);
    case "sequence":
      return typeof value.start === "string" && isNatural(value.steps) && (value.sequence === null || isSequence(value.sequence));
    default:
      return false;
  }
}

const viewIds: ReadonlySet<unknown> = new Set<PanelViewId>(["supervision", "messages", "sequence", "around"]);

function isTextOrNull(value: unknown): value is string | null {
  return value === null || typeof value === "string";
}

export function isSequenceStart(value: unknown): value is SequenceStart {
  if (!isRecord(value) || ![value.key, value.title, value.group, value.detail].every((text) => typeof text === "string")) return false;
  const { reach } = value;
  return reach === undefined || (isRecord(reach) && isNatural(reach.processes) && isNatural(reach.messages));
}

/** Checks what the page walks without looking: the steps, and the lists of what each is about. */
export function isCrash(value: unknown): value is Crash {
  if (!isRecord(value) || typeof value.key !== "string" || typeof value.title !== "string" || !crashRules.has(value.rules)) return false;
  const areTexts = (list: unknown): boolean => Array.isArray(list) && list.every((item) => typeof item === "string");
  const isStep = ({ fate, text, nodes, below, participants }: Fields): boolean =>
    (fate === null || crashFates.has(fate)) &&
    typeof text === "string" &&
    typeof below === "boolean" &&
    areTexts(nodes) &&
    areTexts(participants);
  return areRecords(value.steps) && value.steps.length > 0 && value.steps.every(isStep);
}

const crashRules: ReadonlySet<unknown> = new Set<CrashRules>(["otp", "errors", "policies", "calls", "retries", "threads"]);

const crashFates: ReadonlySet<unknown> = new Set<CrashFate>([
  "crashes",
  "exits",
  "waits",
  "falls",
  "stops",
  "takes",
  "continues",
  "starts",
  "ends",
]);

/** Checks what the page walks without looking: each step's lifelines are there. */
export function isSequence(value: unknown): value is Sequence {
  if (!isRecord(value) || typeof value.title !== "string" || !isNatural(value.more)) return false;
  const { lifelines, steps } = value;
  if (
    !areRecords(lifelines) ||
    !areRecords(steps) ||
    !lifelines.every(({ key, title }) => typeof key === "string" && typeof title === "string")
  )
    return false;
  const isLifeline = (index: unknown): boolean => isNatural(index) && index < lifelines.length;
  return steps.every(({ kind, at, to }) => typeof kind === "string" && isLifeline(at) && (to === undefined || isLifeline(to)));
}

/** Checks what the page walks without looking: the tree's shape, the lists. Texts inside are only ever drawn as text. */
export function isPanelSnapshot(value: unknown): value is PanelSnapshot {
  return (
    isRecord(value) &&
    value.version === panelVersion &&
    typeof value.title === "string" &&
    Array.isArray(value.idleApplications) &&
    isRecord(value.definitions) &&
    areRecords(value.findings) &&
    areRecords(value.problems) &&
    areRecords(value.participants) &&
    areRecords(value.messages) &&
    value.messages.every(({ tags }) => areRecords(tags)) &&
    areNodes(value.roots)
  );
}

function areRecords(value: unknown): value is Fields[] {
  return Array.isArray(value) && value.every(isRecord);
}

/** Walks with a stack of its own: a supervision tree may be deep. */
function areNodes(roots: unknown): boolean {
  if (!areRecords(roots)) return false;
  const open: Fields[] = [...roots];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const texts = [node.key, node.title, node.subtitle, node.kind];
    const children = node.children;
    if (!texts.every((text) => typeof text === "string") || !areRecords(children)) return false;
    for (const child of children) open.push(child);
  }
  return true;
}
