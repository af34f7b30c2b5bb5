/**
 * Where the specifiers of imports lead: paths, the workspace's own packages, and what `paths` of a `tsconfig.json` make of them. Reads no file. Pure.
 */
import { append } from "../../model/append.ts";
import type { PackageFacts } from "../../model/facts.ts";

const extensions = [".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs"];

/** Where a specifier that is no path may lead: what the `paths` of folders make of it, and a package of the workspace. */
interface Ways {
  readonly paths: readonly { readonly byFolder: ReadonlyMap<string, readonly string[]>; readonly rest: string }[];
  readonly inPackage: string | null;
}

export class Specifiers {
  /** Paths of files by the same without the extension. */
  private readonly stems = new Map<string, string[]>();
  private readonly packages = new Map<string, { readonly folder: string; readonly entries: PackageFacts["entries"] }>();
  /** What the `paths` of folders say, by pattern and folder. */
  private readonly paths = new Map<string, Map<string, readonly string[]>>();
  /** Those of the patterns that are no whole names. */
  private readonly starred: string[] = [];
  /** Names of packages by their folders. */
  private readonly names = new Map<string, string>();
  private readonly around = new Map<string, { readonly name: string; readonly folder: string } | null>();
  private readonly ways = new Map<string, Ways>();
  /** Paths that imports name, by the folder that they stand in. */
  private readonly named = new Map<string, Map<string, string | null>>();

  /** All are added before the first question. */
  addFile(path: string): void {
    append(this.stems, stemOf(path), path);
  }

  /** The package, or the configuration of the compiler, that lies in a folder. */
  addPackage(folder: string, { name, entries, paths }: PackageFacts): void {
    if (name !== null && !this.packages.has(name)) {
      this.packages.set(name, { folder, entries });
      if (!this.names.has(folder)) this.names.set(folder, name);
    }
    for (const [pattern, targets] of paths) {
      if (!this.paths.has(pattern) && pattern.includes("*")) this.starred.push(pattern);
      const byFolder = this.paths.get(pattern) ?? new Map<string, readonly string[]>();
      this.paths.set(pattern, byFolder.set(folder, [...(byFolder.get(folder) ?? []), ...targets]));
    }
  }

  /** The path of the file that an import names, or null for what is not in the workspace. Reads nothing. */
  pathOf(specifier: string, from: string): string | null {
    const folder = folderOf(from);
    let known = this.named.get(folder);
    if (known === undefined) this.named.set(folder, (known = new Map()));
    let path = known.get(specifier);
    if (path === undefined)
      known.set(specifier, (path = specifier.startsWith(".") ? this.fileAt(join(folder, specifier)) : this.pathByName(specifier, folder)));
    return path;
  }

  /** What the nearest folder says counts first. */
  private pathByName(specifier: string, folder: string): string | null {
    let ways = this.ways.get(specifier);
    if (ways === undefined) this.ways.set(specifier, (ways = this.waysOf(specifier)));
    if (ways.paths.length === 0) return ways.inPackage;
    for (let root = folder; ; root = folderOf(root)) {
      for (const { byFolder, rest } of ways.paths) {
        const targets = byFolder.get(root);
        const found = targets === undefined ? null : this.firstOf(targets, root, rest);
        if (found !== null) return found;
      }
      if (root === "") return ways.inPackage;
    }
  }

  private waysOf(specifier: string): Ways {
    const paths = [specifier, ...this.starred].flatMap((pattern) => {
      const byFolder = this.paths.get(pattern);
      const rest = byFolder === undefined ? null : starred(pattern, specifier);
      return byFolder === undefined || rest === null ? [] : [{ byFolder, rest }];
    });
    return { paths, inPackage: this.inPackage(specifier) };
  }

  /** The first of the targets that is there, `*` being `rest`: itself, or the source that it is made from. */
  private firstOf(targets: readonly string[], folder: string, rest: string): string | null {
    for (const target of targets) {
      const path = target.replace("*", rest).replace(/^\.\//, "");
      const source = path.replace(/^(?:dist|build|lib|out|output)\/(?:(?:esm|cjs|es|types)\/)?/, "src/").replace(/\.d\.([cm]?ts)$/, ".$1");
      const found = this.fileAt(join(folder, path)) ?? (source === path ? null : this.fileAt(join(folder, source)));
      if (found !== null && !found.endsWith(".d.ts")) return found;
    }
    return null;
  }

  private inPackage(specifier: string): string | null {
    const parts = specifier.split("/");
    const length = specifier.startsWith("@") ? 2 : 1;
    const known = this.packages.get(parts.slice(0, length).join("/"));
    if (known === undefined) return null;
    const { folder, entries } = known;
    const rest = parts.slice(length).join("/");
    for (const [pattern, targets] of entries) {
      const part = starred(pattern, rest === "" ? "." : `./${rest}`);
      const found = part === null ? null : this.firstOf(targets, folder, part);
      if (found !== null) return found;
    }
    if (rest === "") return this.fileAt(join(folder, "src")) ?? this.fileAt(folder) ?? this.fileAt(join(folder, "src/mod"));
    return this.fileAt(join(folder, `src/${rest}`)) ?? this.fileAt(join(folder, rest));
  }

  private fileAt(path: string): string | null {
    if (this.stems.get(stemOf(path))?.includes(path) === true) return path;
    // `./counter.js` is how a compiled `counter.ts` is imported.
    return this.withExtension(path) ?? this.withExtension(path.replace(/\.[cm]?jsx?$/, "")) ?? this.withExtension(`${path}/index`);
  }

  private withExtension(stem: string): string | null {
    const all = this.stems.get(stem);
    const found = all === undefined ? undefined : extensions.find((extension) => all.includes(stem + extension));
    return found === undefined ? null : stem + found;
  }

  /** The package in whose folder a file lies, the innermost one that has a name. */
  packageAround(path: string): { readonly name: string; readonly folder: string } | null {
    const folder = folderOf(path);
    let found = this.around.get(folder);
    if (found === undefined) {
      const name = this.names.get(folder);
      found = name !== undefined ? { name, folder } : folder === "" ? null : this.packageAround(folder);
      this.around.set(folder, found);
    }
    return found;
  }
}

/** What `*` of the pattern stands for in the text, nothing for a pattern without; null where they differ. */
function starred(pattern: string, text: string): string | null {
  const star = pattern.indexOf("*");
  if (star < 0) return text === pattern ? "" : null;
  return matched(text, pattern.slice(0, star), pattern.slice(star + 1));
}

/** The part between, or null where the text does not begin and end so. */
function matched(text: string, before: string, after: string): string | null {
  if (!text.startsWith(before) || !text.endsWith(after) || text.length < before.length + after.length) return null;
  return text.slice(before.length, text.length - after.length);
}

function stemOf(path: string): string {
  return path.slice(0, path.lastIndexOf("."));
}

/** The folder of a file or folder: nothing for what lies in the workspace's own. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf("/"), 0));
}

export function join(folder: string, path: string): string {
  const parts = folder === "" ? [] : folder.split("/");
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  }
  return parts.join("/");
}

/** The package that a specifier names: `hono` of `hono/cors`, `@scope/name` of `@scope/name/path`. */
export function packageOf(specifier: string): string {
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}
