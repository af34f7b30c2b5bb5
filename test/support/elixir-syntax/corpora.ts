/** Elixir sources to compare parsers on. */
import { readdirSync } from "node:fs";
import { join } from "node:path";

/** The folders in PROCESS_TOPOLOGY_CORPORA, separated by colons. */
export function extraCorpora(): string[] {
  return (process.env.PROCESS_TOPOLOGY_CORPORA ?? "").split(":").filter((folder) => folder !== "");
}

/** All `.ex` and `.exs` files in a folder, sorted. */
export function elixirFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.exs?$/.test(name) && !/(^|\/)node_modules\//.test(name))
    .map((name) => join(folder, name))
    .sort();
}
