/** The language server's life: started once, started again when it dies or when asked, and told where things are. */

import * as vscode from "vscode";
import type { BaseLanguageClient, CloseAction, ErrorAction, LanguageClientOptions, State } from "vscode-languageclient";
import { languageIds } from "../../server/src/protocol/languages.ts";
import {
  type ClientOptions,
  type FolderStatus,
  type TopologyChangedParams,
  topologyChangedNotification,
} from "../../server/src/protocol/requests.ts";
import { showLocationsCommand } from "./commands/show-locations.ts";
import { showTreeCommand } from "./panel/register-panel.ts";
import { answerFileRequests } from "./workspace-files.ts";

/**
 * Makes a client that is not started yet: a Node process, or a worker in a browser. The library behind it is loaded only then: it is nine tenths
 * of the extension's code, and the editor does not wait for it.
 */
export type ClientFactory = (options: LanguageClientOptions) => Promise<BaseLanguageClient>;

export type ServerStatus =
  /** For the first time, or again: nothing is known. */
  | { readonly is: "starting" }
  /** What the server told last. */
  | { readonly is: "running"; readonly folders: readonly FolderStatus[] }
  /** It did not start, or it died too often: somebody has to restart it. */
  | { readonly is: "stopped" };

// The library's enumerations by number: as values they would load it with this file.
const running: State.Running = 2;
const doNotRestart: CloseAction.DoNotRestart = 1;
const carryOn: ErrorAction.Continue = 1;
const shutDown: ErrorAction.Shutdown = 2;

/** A server that dies is started again, unless it is the fifth time within three minutes. */
const deathsUntilStopped = 5;
const deathsCountFor = 3 * 60_000;

export class ServerSession implements vscode.Disposable {
  readonly #create: ClientFactory;
  readonly #options: LanguageClientOptions;
  readonly #log: vscode.LogOutputChannel;
  readonly #changed = new vscode.EventEmitter<ServerStatus>();
  /** Fires whenever something is to be shown differently. */
  readonly onChanged = this.#changed.event;
  /** The client of the last start that was not stopped. */
  #client: Promise<BaseLanguageClient> | null = null;
  #status: ServerStatus = { is: "starting" };
  /** When the server died of late. */
  #deaths: number[] = [];

  constructor(context: vscode.ExtensionContext, log: vscode.LogOutputChannel, create: ClientFactory) {
    const initializationOptions: ClientOptions = {
      rulePages: vscode.Uri.joinPath(context.extensionUri, "dist", "rules").toString(),
      showProcessCommand: showTreeCommand,
      showLocationsCommand,
      readsFiles: true,
    };
    this.#create = create;
    this.#log = log;
    this.#options = {
      // The server knows which documents lie in a folder; revisions in a diff editor it leaves alone.
      documentSelector: languageIds.map((language) => ({ language })),
      outputChannel: log,
      initializationOptions,
      // The library starts a server again with the same client, which takes a death before the first answer for the end. Here each start has its own.
      errorHandler: {
        error: (_error, _message, count) => ({ action: count !== undefined && count <= 3 ? carryOn : shutDown }),
        closed: () => ({ action: doNotRestart }),
      },
      initializationFailedHandler: () => false,
    };
  }

  get status(): ServerStatus {
    return this.#status;
  }

  /** Does nothing where a server was started and not stopped. One that does not start is treated as one that dies: it never rejects. */
  async start(): Promise<void> {
    if (this.#client !== null) return;
    const created = this.#create(this.#options);
    this.#client = created;
    const isCurrent = (): boolean => this.#client === created;
    try {
      const client = await created;
      if (!isCurrent()) return;
      quieten(client);
      client.onNotification(topologyChangedNotification, ({ folders }: TopologyChangedParams) => {
        if (isCurrent()) this.#become({ is: "running", folders });
      });
      answerFileRequests(client);
      await client.start();
      client.onDidChangeState(({ newState }) => {
        if (newState !== running && isCurrent()) void this.#died("The language server has died.");
      });
    } catch (error) {
      if (isCurrent()) await this.#died(`The language server did not start: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  async #died(how: string): Promise<void> {
    this.#log.error(how);
    await this.stop();
    const now = Date.now();
    this.#deaths = [...this.#deaths.filter((time) => now - time < deathsCountFor), now];
    if (this.#deaths.length < deathsUntilStopped) {
      this.#become({ is: "starting" });
      return this.start();
    }
    this.#log.error(`That was the ${this.#deaths.length}th time within three minutes: it is not started again.`);
    this.#become({ is: "stopped" });
    const message = vscode.l10n.t("Process Topology: the language server keeps crashing and was not started again. The output says why.");
    const [restart, show] = [vscode.l10n.t("Restart"), vscode.l10n.t("Show Output")];
    void vscode.window.showErrorMessage(message, restart, show).then((choice) => {
      if (choice === restart) void this.restart();
      if (choice === show) this.#log.show();
    });
  }

  #become(status: ServerStatus): void {
    this.#status = status;
    this.#changed.fire(status);
  }

  async restart(): Promise<void> {
    this.#deaths = [];
    await this.stop();
    this.#become({ is: "starting" });
    await this.start();
  }

  async stop(): Promise<void> {
    const created = this.#client;
    this.#client = null;
    try {
      await (await created)?.dispose();
    } catch (error) {
      // A server that died has nothing to stop.
      this.#log.warn(`Stopping the language server: ${String(error)}`);
    }
  }

  /** Rejects where the server does not run, does not answer, or the request is cancelled. */
  async request<R>(method: string, params: object, token: vscode.CancellationToken): Promise<R> {
    if (this.#client === null) throw new Error("the language server does not run");
    return await (await this.#client).sendRequest<R>(method, params, token);
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

/**
 * The library's dialogs about failures go to the log: of a server that dies the session tells itself, and nobody is interrupted for a lens that is
 * missing.
 */
function quieten(client: BaseLanguageClient): void {
  const error = client.error.bind(client);
  client.error = (message, data) => error(message, data, false);
}
