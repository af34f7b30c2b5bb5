/** The other end: VS Code's webview host, or nobody, when the page stands alone in a browser. */
import type { HostMessage, PageMessage, PanelPlace, PanelSnapshot } from "../../server/src/protocol/panel.ts";
import { panelVersion } from "../../server/src/protocol/panel.ts";
import { isHostMessage, isPanelSnapshot } from "../../server/src/protocol/panel-guards.ts";
import { must } from "./element.ts";

export interface Host {
  readonly standalone: boolean;
  post(message: PageMessage): void;
  /** Calls back for each message that passes its guard. */
  listen(receive: (message: HostMessage) => void): void;
  readState(): unknown;
  writeState(state: unknown): void;
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
  };
}

interface PageData {
  readonly snapshot: PanelSnapshot;
  readonly root: string | null;
}

/** Takes the snapshot from the element `panel-data`; keeps the state in the page's own history entry, so that a reload restores it. */
function standaloneHost(): Host {
  const data = readPageData();
  return {
    standalone: true,
    post: () => undefined,
    listen: (receive) => {
      if (data === null)
        receive({
          type: "failed",
          version: panelVersion,
          message: "This page holds no supervision tree that it can read. Write it again.",
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
    href: ({ file, line, column }) => (data?.root ? `vscode://file/${encodePath(`${data.root}/${file}`)}:${line}:${column}` : null),
  };
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
    return { snapshot: data.snapshot, root: "root" in data && typeof data.root === "string" ? data.root : null };
  } catch {
    return null;
  }
}
