// What a whole `check` costs, held against two yardsticks measured in the same run, each in a cold process of its own:
//   (a) reading and tokenizing every file   (b) check   (c) parsing every Elixir file with tree-sitter-elixir, nothing else   (d) tree
// npm run bench -- check FOLDER… [--runs N]      Prints a table of medians; asserts nothing.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { tokenize } from "../../server/src/languages/elixir/lexer.ts";
import { tokenize as tokenizeErlang } from "../../server/src/languages/erlang/lexer.ts";
import { folderOnDisk } from "../../server/src/platform/files-node.ts";
import { walk } from "../../server/src/platform/walk.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: "string", default: "5" }, only: { type: "string" } },
});

const elixir = [".ex", ".exs"];
const erlang = [".erl", ".hrl", ".escript"];

interface Source {
  readonly path: string;
  readonly text: string;
}

/** The sources that `check` reads. */
async function* sources(folder: string, extensions: readonly string[]): AsyncGenerator<Source> {
  for await (const { path, text } of walk(folderOnDisk(folder), { extensions, projectFiles: [], exclude: [] }))
    if (text !== null) yield { path, text };
}

async function tokenizeAll(folder: string): Promise<void> {
  let tokens = 0;
  for await (const { path, text } of sources(folder, [...elixir, ...erlang]))
    tokens += (elixir.some((extension) => path.endsWith(extension)) ? tokenize(text) : tokenizeErlang(text)).count;
  console.log(tokens);
}

async function parseAllWithTreeSitter(folder: string): Promise<void> {
  const { Language, Parser } = await import("web-tree-sitter");
  await Parser.init();
  const parser = new Parser();
  parser.setLanguage(await Language.load(readFileSync(join(process.cwd(), "node_modules/tree-sitter-elixir/tree-sitter-elixir.wasm"))));
  for await (const { text } of sources(folder, elixir)) parser.parse(text)?.delete();
}

/** Seconds on the clock and MB resident at most of one cold process. */
function measure(args: readonly string[]): { readonly seconds: number; readonly megabytes: number } {
  const start = process.hrtime.bigint();
  const usage = "data:text/javascript,process.on('exit',()=>process.stderr.write('\\npeak '+process.resourceUsage().maxRSS))";
  const ran = spawnSync(process.execPath, ["--import", usage, ...args], { encoding: "utf8", maxBuffer: 1 << 28 });
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  const peak = /peak (\d+)\s*$/.exec(ran.stderr);
  if (!peak) throw new Error(`${args.join(" ")} failed: ${ran.stderr.slice(-500)}`);
  return { seconds, megabytes: Number(peak[1]) / 1024 };
}

const median = (numbers: readonly number[]): number => [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? 0;

async function compare(folder: string, runs: number): Promise<void> {
  const self = process.argv[1] ?? "";
  const hasElixir = !(await sources(folder, elixir).next()).done;
  const hasErlang = !(await sources(folder, erlang).next()).done;
  const jobs: Record<string, readonly string[]> = {
    "(a) read and tokenize": [self, "--only", "tokenize", folder],
    "(b) check": ["dist/cli.js", "check", folder, "--fail-on", "never"],
    // Where there is more than Elixir, it would be held against half of the work.
    ...(hasElixir && !hasErlang ? { "(c) tree-sitter-elixir, parse only": [self, "--only", "tree-sitter", folder] } : {}),
    "(d) tree": ["dist/cli.js", "tree", folder],
  };
  const results = new Map<string, { seconds: number[]; megabytes: number[] }>();
  for (let run = 0; run < runs; run++)
    for (const [name, args] of Object.entries(jobs)) {
      const { seconds, megabytes } = measure(args);
      const result = results.get(name) ?? { seconds: [], megabytes: [] };
      result.seconds.push(seconds);
      result.megabytes.push(megabytes);
      results.set(name, result);
    }
  const seconds = (name: string): number => median(results.get(name)?.seconds ?? []);
  const a = seconds("(a) read and tokenize");
  const c = seconds("(c) tree-sitter-elixir, parse only");
  console.log(`\n${folder}, median of ${runs} runs`);
  console.table(
    [...results].map(([name, result]) => ({
      job: name,
      seconds: median(result.seconds).toFixed(2),
      "times (a)": (median(result.seconds) / a).toFixed(1),
      "times (c)": c === 0 ? "-" : (median(result.seconds) / c).toFixed(2),
      "MB resident": Math.round(median(result.megabytes)),
    })),
  );
}

if (values.only === "tokenize") await tokenizeAll(positionals[0] ?? ".");
else if (values.only === "tree-sitter") await parseAllWithTreeSitter(positionals[0] ?? ".");
else for (const folder of positionals) await compare(folder, Number(values.runs));
