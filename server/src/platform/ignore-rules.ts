/** Which files are left out: folders that never hold a workspace's own source, `.gitignore` files, and a person's own globs. Pure. */
import ignore, { type Ignore } from "ignore";

/** Wherever they are: version control, what is built, other people's packages of other languages, tools' folders. */
const skippedFolders: ReadonlySet<string> = new Set(["_build", "node_modules"]);
/** In a dependency, only its code counts: what starts and what runs, not how it is tested. */
const skippedInDependencies: ReadonlySet<string> = new Set(["test", "tests", "bench", "examples", "example", "priv", "guides", "deps"]);

export class IgnoreRules {
  readonly #byFolder = new Map<string, Ignore>();
  /** Null where nothing is. */
  readonly #excluded: Ignore | null;

  constructor(exclude: readonly string[]) {
    this.#excluded = exclude.length === 0 ? null : ignore().add([...exclude]);
  }

  /** Takes a folder's `.gitignore`. Files above the workspace folder are not looked for: a folder that is opened is meant to be read. */
  add(folder: string, text: string): void {
    this.#byFolder.set(folder, ignore().add(text));
  }

  /** Whether a path is left out, given that none of its folders is. */
  isLeftOut(path: string, isFolder: boolean): boolean {
    if (isFolder && isSkippedFolder(path)) return true;
    const tested = isFolder ? `${path}/` : path;
    if (this.#excluded?.ignores(tested) === true) return true;
    return !isInDependencies(path) && this.#isIgnoredByGit(tested);
  }

  /** The same for a path whose folders are not known to be read. */
  isPathLeftOut(path: string): boolean {
    const segments = path.split("/");
    for (let depth = 1; depth < segments.length; depth++) {
      if (this.isLeftOut(segments.slice(0, depth).join("/"), true)) return true;
    }
    return this.isLeftOut(path, false);
  }

  /** The innermost `.gitignore` that says something decides, as in Git. */
  #isIgnoredByGit(path: string): boolean {
    if (this.#byFolder.size === 0) return false;
    for (let cut = path.lastIndexOf("/", path.length - 2); ; cut = path.lastIndexOf("/", cut - 1)) {
      const verdict = this.#byFolder.get(path.slice(0, Math.max(cut, 0)))?.test(path.slice(cut + 1));
      if (verdict?.ignored === true) return true;
      if (verdict?.unignored === true) return false;
      if (cut <= 0) return false;
    }
  }
}

function isSkippedFolder(path: string): boolean {
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (name.startsWith(".") || skippedFolders.has(name) || path.endsWith("assets/vendor")) return true;
  const segments = path.split("/");
  // A coverage report lies beside the sources, not among them.
  if (name === "cover" && !segments.includes("lib") && !segments.includes("src")) return true;
  const deps = segments.indexOf("deps");
  return deps >= 0 && isInDependencies(path) && segments.length > deps + 2 && skippedInDependencies.has(segments[deps + 2] ?? "");
}

/** `deps/` is read though Git ignores it; `lib/deps/` is a folder like any other. */
function isInDependencies(path: string): boolean {
  if (!path.includes("deps")) return false;
  const segments = path.split("/");
  const deps = segments.indexOf("deps");
  return deps >= 0 && !segments.slice(0, deps).some((segment) => segment === "lib" || segment === "src");
}
