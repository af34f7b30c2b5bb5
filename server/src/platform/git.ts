/**
 * What the command line asks of Git, by Git itself: a child process without a shell. Nothing here writes to the repository, fetches, or runs what
 * the repository's own configuration names (hooks, filters, external diffs): only commands that read objects are used.
 */
import { spawnSync } from "node:child_process";

/** Something that keeps Git from answering, in one sentence for the user. */
export class GitError extends Error {}

export interface CommitFile {
  readonly kind: "file" | "link" | "submodule";
  readonly object: string;
}

/**
 * The full name of the commit at which the work that is checked out in `folder` and `revision` parted: their merge base, as for a pull request. Throws `GitError`
 * where there is no Git, no repository, no such commit, or not enough history.
 */
export function findBase(folder: string, revision: string): string {
  // Neither can be part of a revision's name, and the first would be an option.
  if (revision === "" || revision.startsWith("-") || /\p{Cc}/u.test(revision))
    throw new GitError(`"${printable(revision)}" is no revision`);
  const inside = git(folder, ["rev-parse", "--is-inside-work-tree"]);
  if (inside.status !== 0) throw new GitError(repositoryTrouble(folder, inside.error));
  const isShallow = git(folder, ["rev-parse", "--is-shallow-repository"]).text.trim() === "true";
  const more = isShallow ? "; the clone is shallow: fetch more of its history (git fetch --unshallow, or fetch-depth: 0 in CI)" : "";
  const commitOf = (name: string): string => {
    const { status, text } = git(folder, ["rev-parse", "--verify", "--quiet", `${name}^{commit}`]);
    if (status !== 0) throw new GitError(`there is no commit ${printable(name)} in this repository${more}`);
    return text.trim();
  };
  const [named, head] = [commitOf(revision), commitOf("HEAD")];
  const base = git(folder, ["merge-base", named, head]);
  if (base.status !== 0) throw new GitError(`${printable(revision)} and HEAD have no commit in common${more}`);
  return base.text.trim();
}

/** The files of a commit below `folder`, by path relative to it, with `/`. */
export function listCommit(folder: string, commit: string): ReadonlyMap<string, CommitFile> {
  const files = new Map<string, CommitFile>();
  for (const line of output(folder, ["ls-tree", "-r", "-z", commit]).toString("utf8").split("\0")) {
    const [, mode = "", object = "", path = ""] = /^(\d+) \w+ ([0-9a-f]+)\t([\s\S]+)$/.exec(line) ?? [];
    if (path === "") continue;
    const kind = mode === "120000" ? "link" : mode === "160000" ? "submodule" : "file";
    files.set(path, { kind, object });
  }
  return files;
}

/** The bytes of objects, by name, all in one run of Git. */
export function readObjects(folder: string, objects: Iterable<string>): ReadonlyMap<string, Uint8Array> {
  const wanted = [...new Set(objects)];
  const found = new Map<string, Uint8Array>();
  if (wanted.length === 0) return found;
  const bytes = output(folder, ["cat-file", "--batch"], `${wanted.join("\n")}\n`);
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(10, at);
    const [object = "", , size] = bytes.toString("latin1", at, end).split(" ");
    if (size === undefined) throw new GitError(`the object ${object} is not in this clone`);
    found.set(object, bytes.subarray(end + 1, end + 1 + Number(size)));
    at = end + 2 + Number(size);
  }
  return found;
}

interface Ran {
  readonly status: number | null;
  readonly bytes: Buffer;
  readonly text: string;
  readonly error: string;
}

function output(folder: string, args: readonly string[], input?: string): Buffer {
  const { status, bytes, error } = git(folder, args, input);
  if (status !== 0) throw new GitError(`git ${args[0]} failed: ${firstLine(error)}`);
  return bytes;
}

function git(folder: string, args: readonly string[], input = ""): Ran {
  // A partial clone would fetch what it lacks.
  const ran = spawnSync("git", ["-C", folder, "-c", "protocol.allow=never", "-c", "core.fsmonitor=false", ...args], {
    input,
    env: environment(),
    maxBuffer: Number.POSITIVE_INFINITY,
    windowsHide: true,
  });
  if (ran.error !== undefined) {
    const { code } = ran.error as NodeJS.ErrnoException;
    throw new GitError(code === "ENOENT" ? "Git is not installed, or not on the PATH" : `Git cannot be run (${code ?? ran.error.message})`);
  }
  return { status: ran.status, bytes: ran.stdout, text: ran.stdout.toString("utf8"), error: ran.stderr.toString("utf8") };
}

function environment(): NodeJS.ProcessEnv {
  // In a hook, Git names its own repository by these, relative to a folder that need not be ours.
  const { GIT_DIR: _, GIT_WORK_TREE: __, GIT_INDEX_FILE: ___, GIT_PREFIX: ____, ...rest } = process.env;
  // The last keeps Windows from taking a git.exe that lies in the current folder.
  return { ...rest, LC_ALL: "C", GIT_OPTIONAL_LOCKS: "0", GIT_TERMINAL_PROMPT: "0", NoDefaultCurrentDirectoryInExePath: "1" };
}

function repositoryTrouble(folder: string, error: string): string {
  return error.includes("not a git repository") ? `${folder} is in no Git repository` : `Git says of ${folder}: ${firstLine(error)}`;
}

function firstLine(text: string): string {
  return (text.trim().split("\n")[0] ?? "").replace(/^fatal: /, "");
}

function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, "?");
}
