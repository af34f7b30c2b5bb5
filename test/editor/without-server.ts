/**
 * A VS Code as vscode.dev is one: no machine behind it, extensions only in the browser's worker, files in memory.
 *
 * code-server's page is VS Code for the Web with two changes: its extensions run on the machine that serves the page, and its settings lie there. A
 * proxy takes both back, and serves the extensions as a marketplace does.
 */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { inRepository } from "../support/paths.ts";
import { type Editor, quietSettings, startEditor } from "./driver.ts";

/** Opens the files of a project (as `startEditor` takes it) as a workspace that is on no disk. */
export async function startEditorWithoutServer(project: Parameters<typeof startEditor>[0]): Promise<Editor> {
  let proxy: Server | undefined;
  const address = async (origin: string, extensions: string): Promise<string> => {
    const pages = { "/memory-files/files.json": JSON.stringify(textsOf(join(extensions, "..", "workspace"))), ...filesExtension() };
    proxy = await listen(async (request, response) => {
      const path = request.url ?? "/";
      const own = pages[path as keyof typeof pages] ?? readExtension(extensions, path);
      if (own !== undefined) response.writeHead(200, { "Content-Type": typeOf(path) }).end(own);
      else await pass(origin, request, response);
    });
    return `http://${addressOf(proxy)}/?folder=${encodeURIComponent("shop:/")}`;
  };
  const stopping = (stop: () => Promise<void>) => async (): Promise<void> => {
    await stop();
    proxy?.close();
  };
  try {
    const editor = await startEditor(project, { address });
    return { ...editor, stop: stopping(editor.stop) };
  } catch (error) {
    proxy?.close();
    throw error;
  }
}

/** What code-server answers, changed where it says what the page is started with. */
async function pass(origin: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = request.url ?? "/";
  const answer = await fetch(`${origin}${path}`, { method: request.method ?? "GET", redirect: "manual" });
  const headers = Object.fromEntries([...answer.headers].filter(([name]) => !/^(content-(encoding|length)|transfer-encoding)$/.test(name)));
  const body = Buffer.from(await answer.arrayBuffer());
  const changed = path.startsWith("/?folder=")
    ? configured(body.toString(), request.headers.host ?? "")
    : path.endsWith("/workbench/workbench.js")
      ? withoutMachine(body.toString())
      : body;
  response.writeHead(answer.status, headers).end(changed);
}

function configured(page: string, authority: string): string {
  const extension = (path: string): object => ({ scheme: "http", authority, path });
  const options = {
    additionalBuiltinExtensions: [extension("/process-topology"), extension("/memory-files")],
    configurationDefaults: quietSettings,
  };
  return replaced(page, /(id="vscode-workbench-web-configuration" data-settings=")([^"]*)/, (_, start, text) => {
    const given = JSON.parse(text.replaceAll("&quot;", '"').replaceAll("&amp;", "&"));
    return `${start}${JSON.stringify({ ...given, ...options })
      .replaceAll("&", "&amp;")
      .replaceAll('"', "&quot;")}`;
  });
}

function withoutMachine(script: string): string {
  const alone = replaced(script, /remoteAuthority:location\.host\}/, () => "remoteAuthority:undefined}");
  return replaced(alone, /(\(this\.userDataPath\)\.with\(\{scheme:[\w$]+\.)vscodeRemote/, (_, start) => `${start}vscodeUserData`);
}

function replaced(text: string, pattern: RegExp, by: (...groups: string[]) => string): string {
  if (!pattern.test(text)) throw new Error(`code-server's page has changed: nothing in it is like ${pattern}`);
  return text.replace(pattern, by);
}

/** The package's file, as code-server has unpacked it; undefined for any other path. */
function readExtension(extensions: string, path: string): Buffer | undefined {
  if (!path.startsWith("/process-topology/")) return undefined;
  const folder = readdirSync(extensions).find((name) => name.startsWith("process-topology."));
  return readFileSync(join(extensions, folder ?? "", path.slice("/process-topology/".length)));
}

function filesExtension(): Record<string, string> {
  const manifest = {
    name: "memory-files",
    publisher: "test",
    version: "0.0.1",
    engines: { vscode: "^1.91.0" },
    browser: "./extension.js",
    enabledApiProposals: ["fileSearchProvider"],
    activationEvents: ["onFileSystem:shop"],
    capabilities: { virtualWorkspaces: true, untrustedWorkspaces: { supported: true } },
  };
  return {
    "/memory-files/package.json": JSON.stringify(manifest),
    "/memory-files/extension.js": readFileSync(inRepository("test", "editor", "memory-files.cjs"), "utf8"),
  };
}

function textsOf(folder: string): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => statSync(join(folder, path)).isFile());
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(folder, path), "utf8")]));
}

function typeOf(path: string): string {
  return path.endsWith(".js") ? "text/javascript" : path.endsWith(".json") ? "application/json" : "application/octet-stream";
}

/** What `answer` throws ends the request with the error's text. */
function listen(answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>): Promise<Server> {
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

function addressOf(server: Server): string {
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}
