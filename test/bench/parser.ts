// How fast the lexers and parsers are:  npm run bench -- parser FOLDER…
// Prints MB/s of UTF-16 code units for a cold process (each file once) and for the best of several rounds, each language by itself.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { tokenize as tokenizeElixir } from "../../server/src/languages/elixir/lexer.ts";
import { parseElixir } from "../../server/src/languages/elixir/parser/parser.ts";
import { tokenize as tokenizeErlang } from "../../server/src/languages/erlang/lexer.ts";
import { parseErlang } from "../../server/src/languages/erlang/parser/parser.ts";

type Read = (source: string) => unknown;

const languages: readonly { readonly files: RegExp; readonly jobs: Readonly<Record<string, Read>> }[] = [
  { files: /\.exs?$/, jobs: { "Elixir tree": parseElixir, "Elixir tokens": tokenizeElixir } },
  { files: /\.[eh]rl$/, jobs: { "Erlang tree": parseErlang, "Erlang tokens": tokenizeErlang } },
];

const names = process.argv
  .slice(2)
  .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => join(folder, name)));

function measure(sources: readonly string[], size: number, read: Read): number {
  const start = performance.now();
  for (const source of sources) read(source);
  return (size / (performance.now() - start)) * 1000;
}

for (const { files, jobs } of languages) {
  const sources = names.filter((name) => files.test(name)).map((name) => readFileSync(name, "utf8"));
  if (sources.length === 0) continue;
  const size = sources.reduce((sum, source) => sum + source.length, 0) / 1e6;
  console.log(`${sources.length} files, ${size.toFixed(1)} MB`);
  for (const [job, read] of Object.entries(jobs)) {
    const cold = measure(sources, size, read);
    let best = cold;
    for (let round = 0; round < 6; round++) best = Math.max(best, measure(sources, size, read));
    console.log(`${job.padEnd(14)} cold ${cold.toFixed(1)} MB/s, steady ${best.toFixed(1)} MB/s`);
  }
}
