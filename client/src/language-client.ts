/** The language server's life: started once, started again when asked, and told where things are. */

import * as vscode from "vscode";
import type { BaseLanguageClient, LanguageClientOptions } from "vscode-languageclient";
import { languageIds } from "../../server/src/protocol/languages.ts";
import { type ClientOptions, type TopologyChangedParams, topologyChangedNotification } from "../../server/src/protocol/requests.ts";
import { showLocationsCommand } from "./commands/show-locations.ts";
import { showTreeCommand } from "./panel/register-panel.ts";
import { answerFileRequests } from "./workspace-files.ts";

/**
 * Makes a client that is not started yet: a Node process, or a worker in a browser. The library behind it is loaded only then: it is nine tenths
 * of the extension's code, and the editor does not wait for it.
 */
export type ClientFactory = (options: LanguageClientOptions) => Promise<BaseLanguageClient>;

export class ServerSession implements vscode.Disposable {
  readonly #create: ClientFactory;
  readonly #options: LanguageClientOptions;
  readonly #log: vscode.LogOutputChannel;
  readonly #changed = new vscode.EventEmitter<TopologyChangedParams | null>();
  /** Fires with the state of all folders whenever something is to be shown differently; null while the server starts again. */
  readonly onChanged = this.#changed.event;
  /** The client of the last start that was not stopped. */
  #client: Promise<BaseLanguageClient> | null = null;
  #latest: TopologyChangedParams | null = null;

  constructor(context: vscode.ExtensionContext, log: vscode.LogOutputChannel, create: ClientFactory) {
    const initializationOptions: ClientOptions = {
      rulePages: vscode.Uri.joinPath(context.extensionUri, "dist", "rules").toString(),
      showProcessCommand: showTreeCommand,
      showLocationsCommand,
      readsFiles: true,
    };
    this.#create = create;
    this.#log = log;
    // The server knows which documents lie in a folder; revisions in a diff editor it leaves alone.
    this.#options = { documentSelector: languageIds.map((language) => ({ language })), outputChannel: log, initializationOptions };
  }

  /** What the server told last; null until it tells something. */
  get latest(): TopologyChangedParams | null {
    return this.#latest;
  }

  /** Failure to start is logged and shown; it never rejects. */
  async start(): Promise<void> {
    const created = this.#create(this.#options);
    this.#client = created;
    try {
      const client = await created;
      if (this.#client !== created) return;
      client.onNotification(topologyChangedNotification, (params: TopologyChangedParams) => {
        this.#latest = params;
        this.#changed.fire(params);
      });
      answerFileRequests(client);
      await client.start();
    } catch (error) {
      this.#log.error(`The language server did not start: ${error instanceof Error ? error.message : String(error)}`);
      const shown = vscode.l10n.t("Process Topology: the language server did not start. The output says why.");
      void vscode.window.showErrorMessage(shown, vscode.l10n.t("Show Output")).then((choice) => choice !== undefined && this.#log.show());
    }
  }

  async restart(): Promise<void> {
    await this.stop();
    this.#latest = null;
    this.#changed.fire(null);
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
