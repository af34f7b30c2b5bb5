/** Sends diagnostics: those of files that have other ones than were sent last, and no others. */
import type { Diagnostic } from "vscode-languageserver";
import { configurationPath } from "../analysis/configuration-file.ts";
import { diagnosticsByFile } from "../present/diagnostics.ts";
import type { Folder } from "./folder.ts";
import type { Server } from "./server.ts";
import { toConfigurationDiagnostic, toDiagnostic } from "./to-lsp.ts";

export class Publisher {
  readonly #server: Server;
  /** What the client has, as text, by URI; files without diagnostics are not in it. */
  readonly #sent = new Map<string, string>();

  constructor(server: Server) {
    this.#server = server;
  }

  /** The number of files that were published. */
  publish(): number {
    const wanted = new Map<string, Diagnostic[]>();
    for (const folder of this.#server.allFolders) {
      try {
        this.#collect(folder, wanted);
      } catch (error) {
        this.#server.logError(`The analysis of ${folder.name}`, error);
      }
    }
    let count = 0;
    for (const [uri, diagnostics] of wanted) {
      const text = JSON.stringify(diagnostics);
      if (this.#sent.get(uri) === text) continue;
      this.#sent.set(uri, text);
      this.#send(uri, diagnostics);
      count++;
    }
    for (const uri of [...this.#sent.keys()]) {
      if (wanted.has(uri)) continue;
      this.#sent.delete(uri);
      this.#send(uri, []);
      count++;
    }
    return count;
  }

  #collect(folder: Folder, wanted: Map<string, Diagnostic[]>): void {
    if (folder.configurationProblems.length > 0) {
      wanted.set(folder.uriOf(configurationPath), folder.configurationProblems.map(toConfigurationDiagnostic));
    }
    if (folder.settings.diagnostics === "off") return;
    const source = this.#server.sourceOf(folder);
    if (source === null) return;
    const open = this.#openUris();
    for (const [file, diagnostics] of diagnosticsByFile(source)) {
      const uri = open.get(folder.uriOf(file)) ?? folder.uriOf(file);
      if (folder.settings.diagnostics === "openFiles" && this.#server.documents.get(uri) === undefined) continue;
      wanted.set(
        uri,
        diagnostics.map((diagnostic) => toDiagnostic(diagnostic, (path) => folder.uriOf(path))),
      );
    }
  }

  /** The client's own spelling of the URIs of open documents, by ours. */
  #openUris(): Map<string, string> {
    const uris = new Map<string, string>();
    for (const uri of this.#server.documents.keys()) {
      const at = this.#server.locate(uri);
      if (at !== null) uris.set(at.folder.uriOf(at.path), uri);
    }
    return uris;
  }

  #send(uri: string, diagnostics: Diagnostic[]): void {
    const version = this.#server.documents.get(uri)?.version;
    const sending = this.#server.connection.sendDiagnostics({ uri, diagnostics, ...(version === undefined ? {} : { version }) });
    sending.catch((error: unknown) => this.#server.logError("publishing diagnostics", error));
  }
}
