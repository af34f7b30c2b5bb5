/**
 * Guards of the panel's messages. Whatever crosses the border between page and host is `unknown` until one of these has seen it.
 * Pure, never throw.
 */
import { type HostMessage, type PageMessage, type PanelPlace, type PanelSnapshot, panelVersion } from "./panel.ts";

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

/** Whether a message from the page is one of the union; anything else is to be dropped. */
export function isPageMessage(value: unknown): value is PageMessage {
  if (!isRecord(value)) return false;
  switch (value.type) {
    case "ready":
      return isNatural(value.version);
    case "open":
      return isPanelPlace(value.place);
    case "show-rule":
      return isShortText(value.rule) && /^[a-z0-9-]+$/.test(value.rule);
    case "trouble":
      return typeof value.message === "string";
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
    case "failed":
      return typeof value.message === "string";
    case "select":
      return typeof value.module === "string";
    default:
      return false;
  }
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
