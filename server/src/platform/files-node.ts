/** A folder on disk. Reads synchronously: for thousands of small files that is several times faster, and the walk lets others in between. */
import { closeSync, type Dirent, fstatSync, openSync, readdirSync, readSync, realpathSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import type { FileTree, TreeEntry, Trouble } from "./file-tree.ts";

export function folderOnDisk(root: string): FileTree {
  const prefix = root.endsWith(sep) ? root : `${root}${sep}`;
  return {
    list(folder) {
      try {
        const path = `${prefix}${folder}`;
        return readdirSync(path, { withFileTypes: true }).map((entry) => describe(path, entry));
      } catch (error) {
        return { trouble: `This folder cannot be read (${codeOf(error)}).` };
      }
    },
    read(path, limit, scratch) {
      try {
        return readWithin(`${prefix}${path}`, limit, scratch);
      } catch (error) {
        return { trouble: `This file cannot be read (${codeOf(error)}).` };
      }
    },
    realPath(folder) {
      try {
        return realpathSync(join(root, folder)).split(sep).join("/");
      } catch {
        return null;
      }
    },
  };
}

function describe(folder: string, entry: Dirent): TreeEntry {
  const { name } = entry;
  if (!entry.isSymbolicLink()) return { name, kind: kindOf(entry), isLink: false, trouble: null };
  try {
    return { name, kind: kindOf(statSync(join(folder, name))), isLink: true, trouble: null };
  } catch (error) {
    const trouble = codeOf(error) === "ELOOP" ? "This link leads in a circle." : "This link leads to a file that cannot be found.";
    return { name, kind: "file", isLink: true, trouble };
  }
}

function kindOf(entry: { isFile(): boolean; isDirectory(): boolean }): TreeEntry["kind"] {
  return entry.isFile() ? "file" : entry.isDirectory() ? "folder" : "other";
}

function readWithin(path: string, limit: number, scratch?: Uint8Array): Uint8Array | Trouble {
  const file = openSync(path, "r");
  try {
    if (scratch !== undefined && scratch.length <= limit) {
      const length = fill(scratch, file);
      if (length < scratch.length) return scratch.subarray(0, length);
    }
    const { size } = fstatSync(file);
    if (size > limit) return { trouble: `This file has ${megabytes(size)} MB; files of more than ${megabytes(limit)} MB are not read.` };
    const bytes = Buffer.allocUnsafe(size);
    return bytes.subarray(0, fill(bytes, file));
  } finally {
    closeSync(file);
  }
}

/** Reads from the beginning of a file as much as there is, or as there is room for. */
function fill(bytes: Uint8Array, file: number): number {
  for (let length = 0; ; ) {
    const count = length === bytes.length ? 0 : readSync(file, bytes, length, bytes.length - length, length);
    if (count === 0) return length;
    length += count;
  }
}

function megabytes(bytes: number): string {
  return (bytes / (1024 * 1024)).toFixed(bytes % (1024 * 1024) === 0 ? 0 : 1);
}

/** `EACCES`, or the message where there is no code. */
function codeOf(error: unknown): string {
  const { code } = error as { code?: unknown };
  return typeof code === "string" ? code : String(error);
}
