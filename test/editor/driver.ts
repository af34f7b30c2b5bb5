/** A real VS Code (code-server) with the packaged extension in it, driven in Chromium. */

import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { chromiumFlags } from "../support/chromium.ts";
import { inRepository } from "../support/paths.ts";
import { codeServer } from "./build-code-server.mjs";

export interface Editor {
  readonly page: Page;
  /** The copy of the folder that is open. */
  readonly folder: string;
  /** Holds all that is this editor's: that folder, settings, installed extensions. */
  readonly home: string;
  /** Opens a folder, or a `.code-workspace`, in another window of the same editor. */
  openWindow(path: string): Promise<Page>;
  /** What the server printed so far. */
  log(): string;
  stop(): Promise<void>;
}

export interface EditorOptions {
  /** Beside `quietSettings`. */
  readonly settings?: Record<string, unknown>;
  /** Paths of `.vsix` files that are installed, too. */
  readonly others?: readonly string[];
  /** Gives the address to open in place of the folder's; it gets the server's, and the folder of the installed extensions. */
  readonly address?: (origin: string, extensions: string) => Promise<string>;
}

/**
 * Installs the packaged extension (the runner packs it) and opens a folder: a copy of a folder of the repository, or a new one that `project`
 * writes into.
 */
export async function startEditor(
  project: string | ((folder: string) => void),
  { settings = {}, others = [], address }: EditorOptions = {},
): Promise<Editor> {
  const home = mkdtempSync(join(tmpdir(), "process-topology-editor-"));
  const folder = join(home, "workspace");
  if (typeof project === "string") cpSync(inRepository(project), folder, { recursive: true });
  else {
    mkdirSync(folder);
    project(folder);
  }
  const vsix = inRepository("out", "process-topology.vsix");
  const directories = ["--user-data-dir", join(home, "data"), "--extensions-dir", join(home, "extensions")];
  writeSettings(home, settings);
  const install = [vsix, ...others].flatMap((path) => ["--install-extension", path]);
  const installed = spawnSync(codeServer.node, [codeServer.entry, ...directories, ...install], {
    encoding: "utf8",
    env: editorEnvironment(home),
  });
  if (installed.status !== 0) throw new Error(`the extensions could not be installed: ${installed.stdout}${installed.stderr}`);
  const port = await freePort();
  const args = [
    codeServer.entry,
    ...directories,
    "--auth",
    "none",
    "--bind-addr",
    `127.0.0.1:${port}`,
    "--disable-telemetry",
    "--disable-update-check",
  ];
  const server = spawn(codeServer.node, args, { stdio: ["ignore", "pipe", "pipe"], env: editorEnvironment(home) });
  let printed = "";
  server.stdout.on("data", (chunk) => (printed += String(chunk)));
  server.stderr.on("data", (chunk) => (printed += String(chunk)));
  let browser: Browser | undefined;
  const stop = async (): Promise<void> => {
    await browser?.close();
    await stopProcess(server);
    rmSync(home, { recursive: true, force: true });
  };
  try {
    await waitUntilHealthy(`http://127.0.0.1:${port}/healthz`);
    browser = await chromium.launch({ executablePath: "/usr/bin/chromium", headless: true, args: chromiumFlags });
    const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
    const origin = `http://127.0.0.1:${port}`;
    const open = async (url: string): Promise<Page> => {
      const page = await context.newPage();
      await page.goto(url, { timeout: 120_000 });
      await seeWorkbench(page);
      return page;
    };
    const addressOf = (path: string): string =>
      `${origin}/?${path.endsWith(".code-workspace") ? "workspace" : "folder"}=${encodeURIComponent(path)}`;
    const page = await open((await address?.(origin, join(home, "extensions"))) ?? addressOf(folder));
    return { page, folder, home, openWindow: (path) => open(addressOf(path)), log: () => printed, stop };
  } catch (error) {
    await stop();
    throw new Error(`the editor did not start: ${error}\n${printed}`);
  }
}

/** Waits until a window has its Explorer. */
export async function seeWorkbench(page: Page): Promise<void> {
  await page.locator(".monaco-workbench .explorer-viewlet").first().waitFor({ timeout: 120_000 });
}

/** What a test does not want to meet. */
export const quietSettings = {
  "workbench.startupEditor": "none",
  "security.workspace.trust.enabled": false,
  "extensions.autoCheckUpdates": false,
  "extensions.ignoreRecommendations": true,
  "telemetry.telemetryLevel": "off",
  "workbench.enableExperiments": false,
  "chat.disableAIFeatures": true,
  "workbench.colorTheme": "Default Dark Modern",
  "git.enabled": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "editor.minimap.enabled": false,
};

/** Changes the user's settings; a running editor takes them up at once. `home` is the parent of the editor's folder. */
export function writeSettings(home: string, settings: Record<string, unknown>): void {
  const file = join(home, "data", "User", "settings.json");
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify({ ...quietSettings, ...settings }, null, 2));
}

/** The machine's own settings must not reach the editor, and the editor looks for no extensions elsewhere. */
function editorEnvironment(home: string): NodeJS.ProcessEnv {
  return {
    EXTENSIONS_GALLERY: JSON.stringify({ serviceUrl: "http://127.0.0.1:9", itemUrl: "http://127.0.0.1:9" }),
    PATH: process.env.PATH,
    HOME: home,
    LANG: "C.UTF-8",
    XDG_CONFIG_HOME: join(home, "config"),
    XDG_DATA_HOME: join(home, "share"),
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => (typeof address === "object" && address !== null ? resolve(address.port) : reject(new Error("no port"))));
    });
  });
}

async function waitUntilHealthy(url: string): Promise<void> {
  const until = Date.now() + 60_000;
  while (Date.now() < until) {
    const response = await fetch(url).catch(() => undefined);
    if (response?.ok === true) return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error("no answer within a minute");
}

async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  const forced = setTimeout(() => child.kill("SIGKILL"), 5_000);
  await ended;
  clearTimeout(forced);
}
