/** Asks the real server about places of files as people name them: by the text that stands there. */
import type { Location, LocationLink } from "vscode-languageserver/node";
import type { LanguageServer } from "./language-server.ts";
import type { TemporaryFolder } from "./temporary-folder.ts";

export interface Position {
  readonly line: number;
  readonly character: number;
}

/** Where `what` begins in a text, after where `from` begins. `|` in `what` moves the position there. */
export function positionOf(text: string, what: string, from = ""): Position {
  const plain = what.replace("|", "");
  const start = text.indexOf(plain, Math.max(0, text.indexOf(from)));
  if (start < 0 || !text.includes(from)) throw new Error(`${what} is not there`);
  const lines = text.slice(0, start + Math.max(0, what.indexOf("|"))).split("\n");
  return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
}

export class Asker {
  readonly #server: LanguageServer;
  readonly #folder: TemporaryFolder;
  readonly #files: Readonly<Record<string, string>>;

  constructor(server: LanguageServer, folder: TemporaryFolder, files: Readonly<Record<string, string>>) {
    this.#server = server;
    this.#folder = folder;
    this.#files = files;
  }

  at(path: string, what: string, from?: string): { readonly textDocument: { readonly uri: string }; readonly position: Position } {
    return { textDocument: { uri: this.#folder.uriOf(path) }, position: positionOf(this.#files[path] ?? "", what, from) };
  }

  /** A hover's text without links and escapes; `nothing` where there is none. */
  async hover(path: string, what: string, from?: string): Promise<string> {
    const { textDocument, position } = this.at(path, what, from);
    const found = await this.#server.hover(textDocument.uri, position.line, position.character);
    return (found ?? "nothing").replace(/\[([^\]]*)\]\(<[^>]*>\)/g, "$1").replace(/\\(.)/g, "$1");
  }

  /** `path:line`, lines from 1, and what stands from the answer's beginning to the end of its line. */
  async places(method: string, path: string, what: string, from?: string): Promise<string[]> {
    const params = { ...this.at(path, what, from), context: { includeDeclaration: true } };
    const found = await this.#server.connection.sendRequest<(Location | LocationLink)[]>(`textDocument/${method}`, params);
    return found.map((one) => this.print("targetUri" in one ? { uri: one.targetUri, range: one.targetSelectionRange } : one));
  }

  print({ uri, range: { start } }: Location): string {
    const path = Object.keys(this.#files).find((file) => this.#folder.uriOf(file) === uri) ?? uri;
    const line = this.#files[path]?.split("\n")[start.line] ?? "";
    return `${path}:${start.line + 1} ${line.slice(start.character)}`;
  }
}
