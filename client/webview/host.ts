/** The other end: VS Code's webview host, or nobody, when the page stands alone in a browser. */
import type { Crash } from "../../server/src/protocol/crash.ts";
import type { HostMessage, PageMessage, PanelPlace, PanelSnapshot } from "../../server/src/protocol/panel.ts";
import { panelVersion } from "../../server/src/protocol/panel.ts";
import { isCrash, isHostMessage, isPanelSnapshot, isSequence, isSequenceStart } from "../../server/src/protocol/panel-guards.ts";
import type { Sequence, SequenceStart } from "../../server/src/protocol/sequence.ts";
import { must } from "./element.ts";
import { t } from "./text.ts";

export interface Host {
  readonly standalone: boolean;
  post(message: PageMessage): void;
  /** Calls back for each message that passes its guard. */
  listen(receive: (message: HostMessage) => void): void;
  readState(): unknown;
  writeState(state: unknown): void;
  /** Whether somebody can tell what a crash of the node does. */
  knowsCrash(key: string): boolean;
  /** Where a link to the place leads in a browser, or null: then `open` is the way, or there is none. */
  href(place: PanelPlace): string | null;
}

interface EditorApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare global {
  /** Defined by VS Code in its webviews only; may be called once. */
  var acquireVsCodeApi: (() => EditorApi) | undefined;
}

export function connectHost(): Host {
  return typeof globalThis.acquireVsCodeApi === "function" ? editorHost(globalThis.acquireVsCodeApi()) : standaloneHost();
}

function editorHost(api: EditorApi): Host {
  return {
    standalone: false,
    post: (message) => api.postMessage(message),
    listen: (receive) =>
      window.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
        if (isHostMessage(data)) receive(data);
      }),
    readState: () => api.getState(),
    writeState: (state) => api.setState(state),
    href: () => null,
    knowsCrash: () => true,
  };
}

interface PageData {
  readonly snapshot: PanelSnapshot;
  readonly starts: readonly SequenceStart[];
  readonly sequences: readonly Sequence[];
  readonly crashes: readonly Crash[];
  readonly root: string | null;
}

/** Takes the snapshot from the element `panel-data`; keeps the state in the page's own history entry, so that a reload restores it. */
function standaloneHost(): Host {
  const data = readPageData();
  let answer: (message: HostMessage) => void = () => undefined;
  return {
    standalone: true,
    post: (message) => {
      const reply = data === null ? null : replyFrom(data, message);
      if (reply !== null) queueMicrotask(() => answer(reply));
    },
    listen: (receive) => {
      answer = receive;
      if (data === null)
        receive({
          type: "failed",
          version: panelVersion,
          message: t("This page holds no supervision tree that it can read. Write it again."),
        });
      else receive({ type: "snapshot", version: panelVersion, revision: 1, snapshot: data.snapshot });
    },
    readState: () => history.state,
    writeState: (state) => {
      // Browsers refuse too many writes in a short time; the state of a page on disk is no loss.
      try {
        history.replaceState(state, "");
      } catch {}
    },
    knowsCrash: (key) => data?.crashes.some((crash) => crash.key === key) === true,
    href: ({ file, line, column }) => (data?.root ? `vscode://file/${encodePath(`${data.root}/${file}`)}:${line}:${column}` : null),
  };
}

/** The sequences and crashes that were written into the page; what it was not given it has no answer to. */
function replyFrom({ starts, sequences, crashes }: PageData, message: PageMessage): HostMessage | null {
  const version = panelVersion;
  if (message.type === "sequence-starts") return { type: "sequence-starts", version, starts };
  if (message.type === "crash") {
    const { key } = message;
    return { type: "crash", version, key, crash: crashes.find((one) => one.key === key) ?? null };
  }
  if (message.type !== "sequence") return null;
  const { start, steps } = message;
  return { type: "sequence", version, start, steps, sequence: sequences.find((one) => one.start === start) ?? null };
}

function encodePath(path: string): string {
  // A file's name may hold half of a surrogate pair, which no URL can.
  return path
    .replace(/\p{Cs}/gu, "\ufffd")
    .replaceAll("\\", "/")
    .replace(/^\/+/, "")
    .split("/")
    .map(encodeURIComponent)
    .join("/");
}

function readPageData(): PageData | null {
  try {
    const text = must(document.getElementById("panel-data"), "the page's data").textContent ?? "";
    const data: unknown = JSON.parse(text);
    if (typeof data !== "object" || data === null || !("snapshot" in data) || !isPanelSnapshot(data.snapshot)) return null;
    const list = (name: string): unknown[] => {
      const value = (data as Record<string, unknown>)[name];
      return Array.isArray(value) ? value : [];
    };
    return {
      snapshot: data.snapshot,
      root: "root" in data && typeof data.root === "string" ? data.root : null,
      starts: list("starts").filter(isSequenceStart),
      sequences: list("sequences").filter(isSequence),
      crashes: list("crashes").filter(isCrash),
    };
  } catch {
    return null;
  }
}
