/** The server's state: its folders, what is open, and what the client can do. Handlers get it and keep nothing of their own. */
import {
  type CancellationToken,
  type ClientCapabilities,
  type Connection,
  type InitializeParams,
  LSPErrorCodes,
  ResponseError,
  TextDocuments,
} from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { EditorSource } from "../present/editor-source.ts";
import { type ClientOptions, listFolderRequest, readFileRequest } from "../protocol/requests.ts";
import { plainUri } from "../text/uris.ts";
import { editorSource } from "./editor-source.ts";
import { Folder } from "./folder.ts";
import type { ServerPorts } from "./ports.ts";

export class Server {
  readonly connection: Connection;
  readonly ports: ServerPorts;
  readonly documents = new TextDocuments(TextDocument);
  readonly folders: Folder[] = [];
  /** Files that are open and in no folder. */
  readonly loose: Folder;
  capabilities: ClientCapabilities = {};
  options: ClientOptions = {};
  /** Called when something may be shown differently; `connection.ts` sets it. */
  changed: () => void = () => {};

  readonly #ruleFailed = (rule: string, error: unknown): void => this.logError(`The rule ${rule}`, error);

  constructor(connection: Connection, ports: ServerPorts) {
    this.connection = connection;
    this.ports = ports;
    this.loose = new Folder("", "", null, ports, this.#ruleFailed);
  }

  log(message: string): void {
    this.connection.console.log(message);
  }

  logError(what: string, error: unknown): void {
    this.connection.console.error(`${what} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  }

  initialize({ capabilities, initializationOptions, workspaceFolders, rootUri }: InitializeParams): void {
    this.capabilities = capabilities;
    this.options = typeof initializationOptions === "object" && initializationOptions !== null ? initializationOptions : {};
    const named = workspaceFolders ?? (rootUri === null || rootUri === undefined ? [] : [{ uri: rootUri, name: "" }]);
    for (const { uri, name } of named) this.addFolder(uri, name);
  }

  /** Null where the folder is known already or cannot be reached. */
  addFolder(uri: string, name: string): Folder | null {
    if (this.folders.some((folder) => plainUri(folder.uri) === plainUri(uri))) return null;
    const { connection } = this;
    const client = {
      listFolder: (folder: string) => connection.sendRequest<never>(listFolderRequest, { uri: folder }),
      readFile: (file: string, limit: number) => connection.sendRequest<never>(readFileRequest, { uri: file, limit }),
    };
    const tree = this.ports.openFolder(uri, this.options.readsFiles === true ? client : null);
    if (tree === null) {
      this.log(`${uri} cannot be read here: only files that are open count.`);
      return null;
    }
    const folder = new Folder(uri, name || (plainUri(uri).split("/").at(-1) ?? uri), tree, this.ports, this.#ruleFailed);
    this.folders.push(folder);
    return folder;
  }

  removeFolder(uri: string): void {
    const index = this.folders.findIndex((folder) => plainUri(folder.uri) === plainUri(uri));
    if (index >= 0) this.folders.splice(index, 1);
  }

  /** The innermost folder that holds a URI, and the path in it; null for what is no file (a revision in a diff). */
  locate(uri: string): { readonly folder: Folder; readonly path: string } | null {
    let found: { readonly folder: Folder; readonly path: string } | null = null;
    for (const folder of this.folders) {
      const path = folder.pathOf(uri);
      if (path !== null && (found === null || path.length < found.path.length)) found = { folder, path };
    }
    return found ?? (/^(file|untitled):/.test(uri) ? { folder: this.loose, path: uri } : null);
  }

  get allFolders(): readonly Folder[] {
    return [...this.folders, this.loose];
  }

  /** The folder with that URI, or the first. */
  folderNamed(uri: unknown): Folder | null {
    const named = typeof uri === "string" ? this.folders.find((folder) => plainUri(folder.uri) === plainUri(uri)) : this.folders[0];
    return named ?? null;
  }

  /** Waits until every folder that is read has a snapshot of what its files say now. Never throws. */
  async settle(): Promise<void> {
    for (const folder of this.allFolders) await folder.settle();
  }

  /** What presentations need; null while the folder is read for the first time. A cancelled request ends here. */
  sourceOf(folder: Folder, token?: CancellationToken): EditorSource | null {
    if (token?.isCancellationRequested === true) throw new ResponseError(LSPErrorCodes.RequestCancelled, "cancelled");
    return folder.isRead ? editorSource(folder, folder.snapshot(), this.options.rulePages ?? this.ports.rulePages) : null;
  }
}
