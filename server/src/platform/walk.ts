/** Walks the files of a workspace folder. No IO of its own; one thing that cannot be read never keeps another from being read. */

import { isProjectFile } from "../text/file-names.ts";
import { decodeSource } from "./decode.ts";
import type { FileTree, TreeEntry } from "./file-tree.ts";
import { IgnoreRules } from "./ignore-rules.ts";

export interface WalkOptions {
  /** With the dot: `.ex`. */
  readonly extensions: readonly string[];
  /** Names of files that are read whatever their extension: `mix.exs`. */
  readonly projectFiles: readonly string[];
  /** Globs in the syntax of `.gitignore`. */
  readonly exclude: readonly string[];
  /** Filled with what the folder's `.gitignore` files say, for asking about single paths later. */
  readonly rules?: IgnoreRules;
  /** Paths of what is known already: it is left out. */
  readonly known?: ReadonlySet<string>;
}

export interface WalkedFile {
  readonly path: string;
  /** Null where it could not be read, or is late. */
  readonly text: string | null;
  /** Has the text of a file of which a look has shown that it will hardly be asked for. */
  readonly late?: LateText;
  readonly bytes: number;
  /** What is wrong with the file as a whole, in one sentence. A folder can have trouble too. */
  readonly trouble: string | null;
  /** What has been found of its text in the thread that read it; left out where nobody has looked. */
  readonly ahead?: unknown;
}

/** A text that is put together when somebody asks for it. */
export interface LateText {
  readonly text: string;
}

/** Source of this size is generated; what it costs to read is out of proportion. */
export const sizeLimit = 8 * 1024 * 1024;

/** Few files of source are larger. */
const scratchSize = 128 * 1024;

/** The largest `.gitignore` that is read. */
const ignoreFileLimit = 1024 * 1024;

interface Folder {
  readonly path: string;
  /** Where it really is, once a link lies on the way to it; else null. */
  readonly real: string | null;
}

/** Files in the order of their paths, folder by folder. */
export async function* walk(tree: FileTree, options: WalkOptions): AsyncGenerator<WalkedFile> {
  const rules = options.rules ?? new IgnoreRules(options.exclude);
  const links = new LinkedFolders(tree);
  const scratch = new Uint8Array(scratchSize);
  const isNew = (path: string): boolean => options.known?.has(path) !== true;
  const open: Folder[] = [{ path: "", real: null }];
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    const entries = await tree.list(folder.path);
    if ("trouble" in entries) {
      const path = folder.path === "" ? "." : folder.path;
      if (isNew(path)) yield troubled(path, entries.trouble);
      continue;
    }
    await readIgnoreFile(tree, folder.path, entries, rules);
    const inside: Folder[] = [];
    for (const entry of [...entries].sort((a, b) => (a.name < b.name ? -1 : 1))) {
      // What would not be read anyway costs no more than a look at its name.
      if (entry.kind !== "folder" && !isSource(entry.name, options)) continue;
      const path = folder.path === "" ? entry.name : `${folder.path}/${entry.name}`;
      if (rules.isLeftOut(path, entry.kind === "folder")) continue;
      if (entry.kind === "folder") {
        const next = entry.isLink || folder.real !== null ? await links.enter(path, folder, entry) : { path, real: null };
        if ("trouble" in next) {
          if (next.trouble !== null && isNew(path)) yield troubled(path, next.trouble);
        } else inside.push(next);
      } else if (isNew(path)) yield await readSource(tree, path, entry, scratch);
    }
    open.push(...inside.reverse());
  }
}

export function isSource(name: string, { extensions, projectFiles }: Pick<WalkOptions, "extensions" | "projectFiles">): boolean {
  return isProjectFile(name, projectFiles) || extensions.some((extension) => name.endsWith(extension));
}

function troubled(path: string, trouble: string): WalkedFile {
  return { path, text: null, bytes: 0, trouble };
}

/** Reads one file, as `walk` does. `scratch`: as in `FileTree.read`. */
export async function readSource(tree: FileTree, path: string, entry?: TreeEntry, scratch?: Uint8Array): Promise<WalkedFile> {
  const name = entry?.name ?? path.split("/").at(-1) ?? "";
  if (entry !== undefined && entry.trouble !== null) {
    // Emacs marks a file that is being edited with a link of this name that leads nowhere.
    return { path, text: null, bytes: 0, trouble: name.startsWith(".#") ? null : entry.trouble };
  }
  if (entry?.kind === "other") return troubled(path, "This is a device, a pipe or a socket, not a file, and was not read.");
  const bytes = await tree.read(path, sizeLimit, scratch);
  return "trouble" in bytes ? troubled(path, bytes.trouble) : { path, bytes: bytes.length, ...decodeSource(bytes) };
}

async function readIgnoreFile(tree: FileTree, folder: string, entries: readonly TreeEntry[], rules: IgnoreRules): Promise<void> {
  if (!entries.some(({ name, kind }) => name === ".gitignore" && kind === "file")) return;
  const bytes = await tree.read(folder === "" ? ".gitignore" : `${folder}/.gitignore`, ignoreFileLimit);
  if ("trouble" in bytes) return;
  const { text } = decodeSource(bytes);
  if (text !== null) rules.add(folder, text);
}

/** Folders behind symbolic links: each is read once, and never from inside itself. */
class LinkedFolders {
  readonly #tree: FileTree;
  readonly #followed: string[] = [];
  #root: string | null = null;

  constructor(tree: FileTree) {
    this.#tree = tree;
  }

  /** The folder to walk, or why not: null where it is walked by its own path anyway. */
  async enter(path: string, parent: Folder, entry: TreeEntry): Promise<Folder | { readonly trouble: string | null }> {
    const real = await this.#tree.realPath(path);
    if (real === null) return { trouble: "This link leads to a folder that cannot be found." };
    if (!entry.isLink) return { path, real };
    this.#root ??= (await this.#tree.realPath("")) ?? "";
    const here = parent.real ?? (await this.#tree.realPath(parent.path)) ?? this.#root;
    if (isWithin(here, real)) return { trouble: "This link leads back to a folder that holds it; the loop was not followed." };
    if (isWithin(real, this.#root) || this.#followed.some((other) => isWithin(real, other))) return { trouble: null };
    this.#followed.push(real);
    return { path, real };
  }
}

function isWithin(inner: string, outer: string): boolean {
  return inner === outer || inner.startsWith(outer.endsWith("/") ? outer : `${outer}/`);
}
