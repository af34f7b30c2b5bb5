/** Files that a compiler has written from others of the workspace: they say again what their sources say. Pure. */
import { append } from "../../model/append.ts";
import type { PackageFacts } from "../../model/facts.ts";
import { join } from "./specifiers.ts";

/** What a compiled file may have been made from, by its extension. */
const sourcesOf: Readonly<Record<string, readonly string[]>> = {
  ".js": [".ts", ".tsx", ".js", ".jsx"],
  ".jsx": [".tsx", ".jsx"],
  ".mjs": [".mts", ".mjs"],
  ".cjs": [".cts", ".cjs"],
};

export class Outputs {
  /** Folders of sources by the folder that is written to. */
  private readonly folders = new Map<string, string[]>();

  /** The configuration of the compiler that lies in a folder. */
  add(folder: string, { output }: PackageFacts): void {
    if (output === undefined) return;
    const written = join(folder, output.folder);
    // What is written beside its sources has names of its own.
    for (const one of output.sources) {
      const sources = join(folder, one);
      if (sources !== written) append(this.folders, written, sources);
    }
  }

  /** The file that one is made from which lies where a compiler writes to; null where that is not there. */
  sourceOf(path: string, files: { has(path: string): boolean }): string | null {
    if (this.folders.size === 0) return null;
    const [extension] = /\.[cm]?jsx?$/.exec(path) ?? [];
    const from = extension === undefined ? undefined : sourcesOf[extension];
    if (from === undefined || extension === undefined) return null;
    for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1)) {
      const stem = path.slice(end + 1, -extension.length);
      for (const folder of this.folders.get(path.slice(0, end)) ?? [])
        for (const one of from) {
          const source = join(folder, stem + one);
          if (files.has(source)) return source;
        }
    }
    return null;
  }
}
