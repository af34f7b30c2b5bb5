/** Folders that benchmarks edit, and the numbers that they print. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generatedServer } from "../support/generated-server.ts";

const wanted = 1000;

export interface Target {
  readonly path: string;
  readonly text: string;
}

/** Where sources of Elixir and of Erlang lie; RabbitMQ's are below `deps/`. */
const sources = [/^(?!(.*\/)?deps\/)(.*\/)?lib\/.*\.ex$/, /^(.*\/)?src\/[^/]+\.erl$/];

/** A copy of a folder, and its file whose length is nearest to 1,000 lines, in the language of most of its files; without a folder, the example with such a file. */
export function prepareFolder(source: string | undefined): { readonly folder: string; readonly target: Target } {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "process-topology-bench-"));
  const isCopied = (path: string): boolean => !/\/(\.git|_build|node_modules)$/.test(path);
  cpSync(source ?? "examples/elixir_shop", folder, { recursive: true, filter: isCopied });
  if (source === undefined) {
    const target = { path: "lib/elixir_shop/generated.ex", text: generatedServer(wanted) };
    writeFileSync(join(folder, target.path), target.text);
    return { folder, target };
  }
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const byLanguage = sources.map((source) => paths.filter((path) => source.test(path))).sort((a, b) => b.length - a.length);
  const lengths = (byLanguage[0] ?? []).map((path) => ({ path, lines: readFileSync(join(folder, path), "utf8").split("\n").length }));
  const [nearest] = lengths.sort((a, b) => Math.abs(a.lines - wanted) - Math.abs(b.lines - wanted));
  if (nearest === undefined) throw new Error(`${source} has no file lib/**/*.ex or src/*.erl`);
  return { folder, target: { path: nearest.path, text: readFileSync(join(folder, nearest.path), "utf8") } };
}

export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}
