/** What the server needs of the place that it runs in. `main.*` hands in the real ones, so that this layer is the same everywhere. */
import type { Engine } from "../analysis/workspace.ts";
import type { FileTree } from "../platform/file-tree.ts";
import type { ClientFiles } from "../platform/files-browser.ts";

export interface ServerPorts {
  readonly engine: Engine;
  /** For a folder's URI: its files, from disk or through the client. Null where there is no way to them. */
  openFolder(uri: string, client: ClientFiles | null): FileTree | null;
  /** Milliseconds since any moment. */
  now(): number;
  /** Runs `work` after some milliseconds; the result takes that back. */
  after(milliseconds: number, work: () => void): () => void;
  /** Lets messages in that wait. */
  pause(): Promise<void>;
  /** URI of the folder of the rules' pages, where the client does not name one. */
  readonly rulePages: string | null;
}
