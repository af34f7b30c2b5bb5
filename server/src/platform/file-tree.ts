/**
 * The files of one workspace folder, wherever they are: on a disk, or behind an editor's file system.
 *
 * Paths are relative to the folder, with `/`; the folder itself is `""`. Nothing here throws for what a disk may hold: trouble is a value.
 */

/** Something that keeps a file or folder from being read, in one sentence. */
export interface Trouble {
  readonly trouble: string;
}

export interface TreeEntry {
  readonly name: string;
  /** `other`: a device, a pipe, a socket; it is never opened. A link counts as what it leads to. */
  readonly kind: "file" | "folder" | "other";
  readonly isLink: boolean;
  /** Set where a link leads nowhere, or in a circle. */
  readonly trouble: string | null;
}

type MaybePromise<T> = T | Promise<T>;

export interface FileTree {
  list(folder: string): MaybePromise<readonly TreeEntry[] | Trouble>;
  /** The bytes of a file that has at most `limit` of them; in `scratch`, if that is given and they fit, so that they hold until it is used again. */
  read(path: string, limit: number, scratch?: Uint8Array): MaybePromise<Uint8Array | Trouble>;
  /** What a folder is called where no link lies on the way, in a form that can be compared by `/`; null where that is unknown. */
  realPath(folder: string): MaybePromise<string | null>;
}
