// How fast the Erlang lexer and parser are:  node out/bench/erlang-parser.mjs FOLDER…
// Prints MB/s of UTF-16 code units for a cold process (each file once) and for the best of several rounds.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { tokenize } from "../../server/src/languages/erlang/lexer.ts";
import { parseErlang } from "../../server/src/languages/erlang/parser/parser.ts";

const sources = process.argv
  .slice(2)
  .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => join(folder, name)))
  .filter((name) => /\.[eh]rl$/.test(name))
  .map((name) => readFileSync(name, "utf8"));
const size = sources.reduce((sum, source) => sum + source.length, 0) / 1e6;

function measure(read: (source: string) => unknown): number {
  const start = performance.now();
  for (const source of sources) read(source);
  return (size / (performance.now() - start)) * 1000;
}

function report(name: string, read: (source: string) => unknown): void {
  const cold = measure(read);
  let best = cold;
  for (let round = 0; round < 6; round++) best = Math.max(best, measure(read));
  console.log(`${name.padEnd(8)} cold ${cold.toFixed(1)} MB/s, steady ${best.toFixed(1)} MB/s`);
}

console.log(`${sources.length} files, ${size.toFixed(1)} MB`);
report("tree", parseErlang);
report("tokens", tokenize);
