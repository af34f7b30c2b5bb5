/** The real server as a process of its own, spoken to in JSON-RPC as an editor does. */
import { type ChildProcess, spawn } from "node:child_process";
import {
  type ClientCapabilities,
  type CodeLens,
  createMessageConnection,
  type Hover,
  type InitializeParams,
  type InitializeResult,
  type MessageConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import { inRepository } from "./paths.ts";

export interface Published {
  readonly uri: string;
  readonly params: PublishDiagnosticsParams;
}

export interface ServerOptions {
  readonly folders: readonly { readonly uri: string; readonly name: string }[];
  /** What `workspace/configuration` answers for the section; asked anew each time. */
  readonly settings?: () => unknown;
  readonly initializationOptions?: object;
  readonly onRequest?: Readonly<Record<string, (params: never) => unknown>>;
  readonly capabilities?: ClientCapabilities;
}

const capabilities: ClientCapabilities = {
  workspace: {
    workspaceFolders: true,
    configuration: true,
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
    codeLens: { refreshSupport: true },
    inlayHint: { refreshSupport: true },
  },
  window: { workDoneProgress: true },
  textDocument: {
    inlayHint: { resolveSupport: { properties: ["tooltip"] } },
    publishDiagnostics: { relatedInformation: true, versionSupport: true, codeDescriptionSupport: true },
  },
};

export class LanguageServer {
  readonly process: ChildProcess;
  readonly connection: MessageConnection;
  /** Every publication, in order. */
  readonly published: Published[] = [];
  readonly log: string[] = [];
  readonly registered: string[] = [];
  readonly progress: { readonly kind: string; readonly token: unknown }[] = [];
  readonly notifications: { readonly method: string; readonly params: unknown }[] = [];
  result: InitializeResult | null = null;
  readonly #waiting = new Set<() => void>();
  #ended = false;

  private constructor(options: ServerOptions) {
    this.process = spawn(process.execPath, ["--enable-source-maps", inRepository("dist", "server.js"), "--stdio"], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    const { stdin, stdout } = this.process;
    if (stdin === null || stdout === null) throw new Error("the server has no streams");
    this.connection = createMessageConnection(new StreamMessageReader(stdout), new StreamMessageWriter(stdin));
    this.#listen(options);
    // What waits for a server that is gone waits in vain.
    this.process.once("exit", () => {
      this.#ended = true;
      this.connection.dispose();
    });
  }

  static async start(options: ServerOptions): Promise<LanguageServer> {
    const server = new LanguageServer(options);
    const params: InitializeParams = {
      processId: process.pid,
      rootUri: null,
      capabilities: options.capabilities ?? capabilities,
      workspaceFolders: [...options.folders],
      initializationOptions: options.initializationOptions ?? {},
    };
    server.result = await server.connection.sendRequest<InitializeResult>("initialize", params);
    await server.connection.sendNotification("initialized", {});
    return server;
  }

  /** Started, and every folder read and published. */
  static async startAndRead(options: ServerOptions): Promise<LanguageServer> {
    const server = await LanguageServer.start(options);
    await server.read();
    return server;
  }

  async read(): Promise<void> {
    await this.until("all folders are read", () => this.status().length > 0 && this.status().every(({ revision }) => revision !== null));
  }

  #listen({ settings, onRequest, folders }: ServerOptions): void {
    const { connection } = this;
    const woke = (): void => {
      for (const wake of [...this.#waiting]) wake();
    };
    connection.onNotification("textDocument/publishDiagnostics", (params: PublishDiagnosticsParams) => {
      this.published.push({ uri: params.uri, params });
      woke();
    });
    connection.onNotification("window/logMessage", ({ message }: { message: string }) => {
      this.log.push(message);
      woke();
    });
    connection.onNotification((method, params) => {
      this.notifications.push({ method, params });
      woke();
    });
    connection.onUnhandledProgress(({ token, value }) => {
      this.progress.push({ kind: (value as { kind: string }).kind, token });
      woke();
    });
    connection.onRequest("workspace/configuration", ({ items }: { items: unknown[] }) => items.map(() => settings?.() ?? null));
    connection.onRequest("client/registerCapability", ({ registrations }: { registrations: { method: string }[] }) => {
      this.registered.push(...registrations.map(({ method }) => method));
      return null;
    });
    connection.onRequest("workspace/workspaceFolders", () => folders);
    connection.onRequest("window/workDoneProgress/create", () => null);
    for (const method of ["workspace/codeLens/refresh", "workspace/inlayHint/refresh"])
      connection.onRequest(method, () => {
        this.notifications.push({ method, params: null });
        woke();
        return null;
      });
    for (const [method, handler] of Object.entries(onRequest ?? {})) connection.onRequest(method, handler as (params: unknown) => unknown);
    connection.listen();
  }

  /** Waits until something that the server sends makes it true. */
  async until(what: string, holds: () => boolean, milliseconds = 20_000): Promise<void> {
    if (holds()) return;
    await new Promise<void>((resolve, reject) => {
      const wake = (): void => {
        if (!holds()) return;
        clearTimeout(timer);
        this.#waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(() => {
        this.#waiting.delete(wake);
        reject(new Error(`waited ${milliseconds} ms in vain until ${what}\n${this.log.slice(-10).join("\n")}`));
      }, milliseconds);
      this.#waiting.add(wake);
    });
  }

  /** The folders' state as last told. */
  status(): {
    readonly uri: string;
    readonly revision: number | null;
    readonly findings: number;
    readonly processes: number;
    readonly files: number;
  }[] {
    const told = this.notifications.filter(({ method }) => method === "processTopology/topologyChanged").at(-1)?.params;
    return (told as { folders: never[] } | undefined)?.folders ?? [];
  }

  /** The diagnostics that the client has for a file: `rule:line`, lines from 1. */
  rulesAt(uri: string): string[] {
    const params = this.published.filter((one) => one.uri === uri).at(-1)?.params;
    return (params?.diagnostics ?? []).map(({ code, range }) => `${code}:${range.start.line + 1}`);
  }

  async open(uri: string, text: string): Promise<void> {
    await this.connection.sendNotification("textDocument/didOpen", { textDocument: { uri, languageId: "elixir", version: 1, text } });
  }

  async change(uri: string, version: number, contentChanges: readonly object[]): Promise<void> {
    await this.connection.sendNotification("textDocument/didChange", { textDocument: { uri, version }, contentChanges });
  }

  async close(uri: string): Promise<void> {
    await this.connection.sendNotification("textDocument/didClose", { textDocument: { uri } });
  }

  /** `created`, `changed` or `deleted`, as the client's watcher tells. */
  async watched(uri: string, what: "created" | "changed" | "deleted"): Promise<void> {
    const type = { created: 1, changed: 2, deleted: 3 }[what];
    await this.connection.sendNotification("workspace/didChangeWatchedFiles", { changes: [{ uri, type }] });
  }

  /** The hover's Markdown; line and character from 0. */
  async hover(uri: string, line: number, character: number): Promise<string | null> {
    const params = { textDocument: { uri }, position: { line, character } };
    const hover = await this.connection.sendRequest<Hover | null>("textDocument/hover", params);
    return hover === null ? null : (hover.contents as { value: string }).value;
  }

  /** `line: title`, lines from 1. */
  async lenses(uri: string): Promise<string[]> {
    const lenses = await this.connection.sendRequest<CodeLens[]>("textDocument/codeLens", { textDocument: { uri } });
    return lenses.map(({ range, command }) => `${range.start.line + 1}: ${command?.title}`);
  }

  async stop(): Promise<void> {
    if (this.#ended) throw new Error("the server ended before it was told to");
    const ended = new Promise((resolve) => this.process.once("exit", resolve));
    await this.connection.sendRequest("shutdown");
    await this.connection.sendNotification("exit");
    await ended;
  }
}
