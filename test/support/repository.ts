import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { root } from "./paths.ts";

const generated = new Set(["node_modules", "dist", "out", ".git", "_build", "deps"]);

/** Files under a folder of the repository, as paths relative to the repository with `/`, sorted; what is generated is left out. */
export function listFiles(folder: string): string[] {
  const found: string[] = [];
  const visit = (path: string): void => {
    for (const entry of readdirSync(join(root, path), { withFileTypes: true })) {
      const child = posix.join(path, entry.name);
      if (entry.isDirectory()) {
        if (!generated.has(entry.name)) visit(child);
      } else found.push(child);
    }
  };
  visit(folder);
  return found.sort();
}

export function readText(path: string): string {
  return readFileSync(join(root, path), "utf8");
}

export function readJson<T>(path: string): T {
  return JSON.parse(readText(path)) as T;
}

export interface Import {
  readonly from: string;
  /** As written. */
  readonly specifier: string;
  /** The repository's file for a relative import, null for a package. */
  readonly file: string | null;
}

// Statements and `import(…)` alike; comments are taken out first, so that prose about imports does not count.
const importPattern = /(?:^|[;\s])(?:import|export)\s+(?:[\w*{}\s,$]+\s+from\s+)?"([^"]+)"|\bimport\(\s*"([^"]+)"\s*\)/g;

/** What a TypeScript file imports. */
export function importsOf(file: string): Import[] {
  const code = readText(file)
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/^\s*\/\/.*$/gm, "");
  return [...code.matchAll(importPattern)].map((match) => {
    const specifier = match[1] ?? match[2] ?? "";
    return { from: file, specifier, file: specifier.startsWith(".") ? posix.join(dirname(file), specifier) : null };
  });
}
