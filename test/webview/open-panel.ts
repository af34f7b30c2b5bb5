/** Opens the built page in Debian's Chromium as VS Code would: same HTML, same policy, over HTTP, with a stand-in for the editor's API. */

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type Browser, chromium, type Page } from "playwright-core";
import { panelHtml } from "../../client/src/panel/panel-html.ts";
import { type HostMessage, type PageMessage, type PanelSnapshot, panelVersion } from "../../server/src/protocol/panel.ts";
import { inlineScript, type PanelPageData, panelPage } from "../../server/src/protocol/panel-page.ts";
import { chromiumFlags } from "../support/chromium.ts";
import { inRepository } from "../support/paths.ts";

export interface PanelBrowser {
  /** A new page; `state` is what `getState` gives at first. */
  open(options?: OpenOptions): Promise<PanelPage>;
  /** The self-contained HTML page. */
  openStandalone(
    snapshot: PanelSnapshot,
    root: string | null,
    colorScheme?: "light" | "dark",
    more?: Pick<PanelPageData, "crashes">,
  ): Promise<PanelPage>;
  close(): Promise<void>;
}

export interface OpenOptions {
  readonly state?: unknown;
  readonly width?: number;
  readonly height?: number;
  /** Class of `body`, as VS Code sets it. */
  readonly theme?: "vscode-dark" | "vscode-light" | "vscode-high-contrast" | "vscode-high-contrast vscode-high-contrast-light";
  /** Runs in the page before all else. */
  readonly before?: string;
  readonly reducedMotion?: "reduce";
  /** Its texts in another language. */
  readonly language?: string;
  readonly texts?: Readonly<Record<string, string>>;
}

export interface PanelPage {
  readonly page: Page;
  /** What the page did not bear: violations of the policy, errors, dialogs, requests to elsewhere. Empty when all is well. */
  readonly troubles: string[];
  send(message: HostMessage): Promise<void>;
  /** Sends a snapshot and waits until it is drawn. */
  draw(snapshot: PanelSnapshot): Promise<void>;
  /** Messages of the page since it was opened. */
  sent(): Promise<PageMessage[]>;
  state(): Promise<unknown>;
}

export async function launchPanelBrowser(): Promise<PanelBrowser> {
  const script = readFileSync(inRepository("dist", "webview.js"), "utf8");
  const pages = new Map<string, string>();
  const server = createServer((request, response) => {
    const url = request.url ?? "/";
    const body = url === "/webview.js" ? script : pages.get(url);
    response.writeHead(body === undefined ? 404 : 200, {
      "content-type": `${url.endsWith(".js") ? "text/javascript" : "text/html"}; charset=utf-8`,
    });
    response.end(body ?? "");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: chromiumFlags });
  let count = 0;
  const publish = (html: string) => {
    const path = `/panel-${++count}.html`;
    pages.set(path, html);
    return `${origin}${path}`;
  };
  return {
    open: (options = {}) => {
      const { texts = null, language = "en" } = options;
      const nonce = `n${Math.random().toString(36).slice(2)}${Math.random().toString(36).slice(2)}`;
      return openPanel(
        browser,
        publish(panelHtml({ cspSource: origin, scriptUri: `${origin}/webview.js`, nonce, title: "Supervision Tree", language, texts })),
        origin,
        options,
      );
    },
    openStandalone: (snapshot, root, colorScheme = "dark", more = {}) => {
      const sha256 = (text: string) => createHash("sha256").update(text, "utf8").digest("base64");
      const code = inlineScript(script);
      return openPanel(browser, publish(panelPage({ snapshot, root, ...more }, code, sha256(code))), origin, {
        standalone: true,
        colorScheme,
      });
    },
    close: async () => {
      await browser.close();
      await closeServer(server);
    },
  };
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.closeAllConnections();
    server.close(() => resolve());
  });
}

type Internal = OpenOptions & { readonly standalone?: boolean; readonly colorScheme?: "light" | "dark" };

async function openPanel(browser: Browser, url: string, origin: string, options: Internal): Promise<PanelPage> {
  const { width = 1280, height = 800, theme = "vscode-dark", colorScheme = "dark", reducedMotion = null } = options;
  const page = await browser.newPage({ viewport: { width, height }, colorScheme, reducedMotion });
  const troubles: string[] = [];
  page.on("pageerror", ({ message }) => troubles.push(`error: ${message}`));
  page.on("console", (message) => {
    if (message.type() === "error" && !message.text().includes("favicon")) troubles.push(`console: ${message.text()}`);
  });
  page.on("dialog", (dialog) => {
    troubles.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(origin) && !request.url().startsWith("data:")) troubles.push(`request: ${request.url()}`);
  });
  await page.route(/favicon/, (route) => route.fulfill({ status: 204 }));
  await page.addInitScript(standIn, {
    state: options.state ?? null,
    theme,
    variables: themeVariables(theme),
    standalone: options.standalone === true,
  });
  if (options.before !== undefined) await page.addInitScript({ content: options.before });
  await page.goto(url);
  let revision = 0;
  const send = async (message: HostMessage) =>
    page.evaluate((data) => window.postMessage(data, "*"), message as unknown as Record<string, unknown>);
  return {
    page,
    troubles,
    send,
    draw: async (snapshot) => {
      const wanted = ++revision;
      await send({ type: "snapshot", version: panelVersion, revision: wanted, snapshot });
      await page.waitForFunction((drawn) => document.body.dataset.drawn === String(drawn), wanted, { timeout: 60_000 });
    },
    sent: () => page.evaluate(() => (globalThis as unknown as { panelSent: PageMessage[] }).panelSent),
    state: () => page.evaluate(() => (globalThis as unknown as { panelState: unknown }).panelState),
  };
}

/** Runs in the page, before it: what VS Code puts there. */
function standIn({ state, theme, variables, standalone }: { state: unknown; theme: string; variables: string; standalone: boolean }): void {
  document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sourceFile, lineNumber }) => {
    console.error(`policy: ${violatedDirective} blocked ${blockedURI} at ${sourceFile}:${lineNumber}`);
  });
  if (standalone) return;
  const global = globalThis as unknown as Record<string, unknown>;
  global.panelSent = [];
  global.panelState = state;
  global.acquireVsCodeApi = () => ({
    postMessage: (message: unknown) => (global.panelSent as unknown[]).push(message),
    getState: () => global.panelState,
    setState: (next: unknown) => {
      global.panelState = next;
    },
  });
  const dress = () => {
    document.documentElement.setAttribute("style", variables);
    document.body.className = theme;
  };
  new MutationObserver((_, observer) => {
    if (document.body === null) return;
    observer.disconnect();
    dress();
  }).observe(document, { childList: true, subtree: true });
}

/** The variables of a theme, taken from the page's own sets for a browser. */
export function themeVariables(theme: string): string {
  const styles = readFileSync(inRepository("client", "webview", "themes.css"), "utf8");
  const last = theme.split(" ").at(-1) ?? theme;
  const blocks = [...styles.matchAll(/body\.standalone(?:\.([a-z-]+))? \{([^}]*)\}/g)];
  return blocks
    .filter(([, name]) => name === undefined || name === last)
    .map(([, , body]) => (body ?? "").replace(/\s+/g, " "))
    .join(" ");
}
