/** A folder as it was at a commit, as a `FileTree`. */
import type { FileTree, TreeEntry, Trouble } from "./file-tree.ts";
import { type CommitFile, listCommit, readObjects } from "./git.ts";

/**
 * What a commit does not hold itself counts as it is on disk now: `deps/`, submodules, and what links lead to. So a comparison with the folder
 * on disk shows what its own source brings. `isWanted` tells by a file's name whether it may be read; other files are listed only. Throws
 * `GitError`.
 */
export function folderAtCommit(root: string, commit: string, disk: FileTree, isWanted: (name: string) => boolean): FileTree {
  const files = listCommit(root, commit);
  const isRead = ([path, { kind }]: readonly [string, CommitFile]): boolean => kind === "file" && isWanted(nameOf(path));
  const objects = readObjects(
    root,
    [...files].filter(isRead).map(([, { object }]) => object),
  );
  const folders = listFolders(files);
  const isOnDisk = (path: string): boolean => !folders.has(path) && files.get(path)?.kind !== "file";
  return {
    list: (folder) =>
      isOnDisk(folder) && folder !== "" ? disk.list(folder) : listWithDependencies(folder, folders.get(folder) ?? [], disk),
    read(path, limit) {
      if (isOnDisk(path)) return disk.read(path, limit);
      const bytes = objects.get(files.get(path)?.object ?? "");
      if (bytes === undefined) return { trouble: "This file cannot be read at the commit." };
      return bytes.length > limit ? { trouble: `This file has more than ${limit / (1024 * 1024)} MB and is not read.` } : bytes;
    },
    realPath: (path) => disk.realPath(path),
  };
}

/** The entries of each folder that holds a file of the commit. */
function listFolders(files: ReadonlyMap<string, CommitFile>): Map<string, Map<string, TreeEntry["kind"] | "disk">> {
  const folders = new Map<string, Map<string, TreeEntry["kind"] | "disk">>();
  for (const [path, { kind }] of files) {
    const segments = path.split("/");
    for (let depth = segments.length - 1; depth >= 0; depth--) {
      const folder = segments.slice(0, depth).join("/");
      const entries = folders.get(folder) ?? new Map<string, TreeEntry["kind"] | "disk">();
      folders.set(folder, entries);
      const isLast = depth === segments.length - 1;
      entries.set(segments[depth] ?? "", isLast ? (kind === "file" ? "file" : "disk") : "folder");
    }
  }
  return folders;
}

async function listWithDependencies(
  folder: string,
  entries: Iterable<readonly [string, TreeEntry["kind"] | "disk"]>,
  disk: FileTree,
): Promise<readonly TreeEntry[] | Trouble> {
  const onDisk = await disk.list(folder);
  const now = new Map("trouble" in onDisk ? [] : onDisk.map((entry) => [entry.name, entry]));
  const then = new Map(entries);
  if (!then.has("deps")) then.set("deps", "disk");
  return [...then].flatMap(([name, kind]): TreeEntry[] => {
    if (kind !== "disk") return [{ name, kind, isLink: false, trouble: null }];
    const entry = now.get(name);
    return entry === undefined ? [] : [entry];
  });
}

function nameOf(path: string): string {
  return path.split("/").at(-1) ?? "";
}
