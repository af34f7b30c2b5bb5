/** A folder that the server cannot reach itself: every file comes through the client's file system. */
import type { FileTree, Trouble } from "./file-tree.ts";

/** The two questions to the client; how they travel is not this layer's business. */
export interface ClientFiles {
  listFolder(uri: string): Promise<{ readonly entries: readonly ClientEntry[] } | Trouble>;
  readFile(uri: string, limit: number): Promise<{ readonly base64: string } | Trouble>;
}

interface ClientEntry {
  readonly name: string;
  readonly kind: "file" | "folder" | "other";
  readonly isLink: boolean;
}

/** `uriOf` gives the URI of a path of the folder. An editor's file system has no real paths: folders behind links are not entered. */
export function folderOfClient(uriOf: (path: string) => string, client: ClientFiles): FileTree {
  return {
    async list(folder) {
      try {
        const reply = await client.listFolder(uriOf(folder));
        return "trouble" in reply ? reply : reply.entries.map((entry) => ({ ...entry, trouble: null }));
      } catch (error) {
        return { trouble: `This folder cannot be read (${messageOf(error)}).` };
      }
    },
    async read(path, limit) {
      try {
        const reply = await client.readFile(uriOf(path), limit);
        return "trouble" in reply ? reply : bytesOf(reply.base64);
      } catch (error) {
        return { trouble: `This file cannot be read (${messageOf(error)}).` };
      }
    },
    realPath: () => null,
  };
}

function bytesOf(base64: string): Uint8Array {
  const binary = atob(base64);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
