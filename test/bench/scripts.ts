// What `check` costs over TypeScript and JavaScript, held against yardsticks measured in the same run, each in a cold process of its own:
//   (a) reading every file and looking at its letters
//   (b) the same, and parsing those that show actor code: they import an actor library, or another package of its makers
//   (c) the same as (b), without those that import other packages of the makers alone
//   (d) check, which leaves files unread that import types alone, too
// npm run bench -- scripts FOLDER… [--runs N]      Prints a table of medians, and whether `check` loaded the parser; asserts nothing.
import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";
import { holdsActorCode, holdsUnimported, importedBy } from "../../server/src/languages/typescript/look.ts";
import { loadSyntax } from "../../server/src/languages/typescript/syntax.ts";
import { typescript } from "../../server/src/languages/typescript/typescript.ts";
import { isLibrary } from "../../server/src/languages/typescript/words.ts";
import { folderOnDisk } from "../../server/src/platform/files-node.ts";
import { walk } from "../../server/src/platform/walk.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: "string", default: "5" }, only: { type: "string" } },
});

type Parsed = (text: string) => boolean;

async function readAll(folder: string, isParsed: Parsed): Promise<void> {
  let [looked, shown] = [0, 0];
  for await (const { path, text } of walk(folderOnDisk(folder), { extensions: typescript.extensions, projectFiles: [], exclude: [] })) {
    if (text === null) continue;
    looked++;
    if (!holdsActorCode(text)) continue;
    shown++;
    if (!isParsed(text)) continue;
    const syntax = loadSyntax();
    syntax.createSourceFile(path, text, syntax.ScriptTarget.Latest, false);
  }
  console.log(`${looked} files, ${shown} with actor code`);
}

interface Measured {
  readonly seconds: number;
  readonly output: string;
}

function measure(args: readonly string[]): Measured {
  const start = process.hrtime.bigint();
  const ran = spawnSync(process.execPath, args, { encoding: "utf8", maxBuffer: 1 << 28 });
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  if (ran.status !== 0) throw new Error(`${args.join(" ")} failed: ${ran.stderr.slice(-500)}`);
  return { seconds, output: ran.stdout };
}

const onExit =
  "data:text/javascript,import fs from'node:fs';const read=fs.readFileSync;let loaded=false;fs.readFileSync=(...args)=>{loaded||=/typescript.js$/.test(args[0]);return read(...args)};process.on('exit',()=>process.stderr.write('\\nloaded '+loaded))";

/** In a run of its own: what looks on has Node load programs in another way. */
function loadsParser(args: readonly string[]): boolean {
  const { stderr } = spawnSync(process.execPath, ["--import", onExit, ...args], { encoding: "utf8", maxBuffer: 1 << 28 });
  const loaded = /loaded (true|false)\s*$/.exec(stderr)?.[1];
  if (loaded === undefined) throw new Error(`${args.join(" ")} failed: ${stderr.slice(-500)}`);
  return loaded === "true";
}

const median = (numbers: readonly number[]): number => [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? 0;

function compare(folder: string, runs: number): void {
  const self = process.argv[1] ?? "";
  const jobs: readonly (readonly [string, readonly string[]])[] = [
    ["(a) read and look", [self, "--only", "look", folder]],
    ["(b) read, look and parse", [self, "--only", "parse", folder]],
    ["(c) the same, libraries alone", [self, "--only", "libraries", folder]],
    ["(d) check", ["dist/cli.js", "check", folder, "--fail-on", "never"]],
  ];
  const found = new Map(jobs.map(([name]) => [name, [] as Measured[]]));
  // In turn, so that a busy moment of the machine meets all of them.
  for (let run = 0; run < runs; run++) for (const [name, args] of jobs) found.get(name)?.push(measure(args));
  const seconds = (name: string): number => median(found.get(name)?.map((one) => one.seconds) ?? []);
  console.log(`\n${folder}: ${found.get(jobs[0]![0])?.[0]?.output.trim()}`);
  for (const [name] of jobs) console.log(`  ${name.padEnd(30)} ${seconds(name).toFixed(2)} s`);
  console.log(`  (d) / (a)  ${(seconds("(d) check") / seconds("(a) read and look")).toFixed(2)}`);
  console.log(`  (d) / (b)  ${(seconds("(d) check") / seconds("(b) read, look and parse")).toFixed(2)}`);
  console.log(`  (d) / (c)  ${(seconds("(d) check") / seconds("(c) the same, libraries alone")).toFixed(2)}`);
  console.log(`  check loads the parser: ${loadsParser(jobs[3]![1]) ? "yes" : "no"}`);
}

const parsedBy: Readonly<Record<string, Parsed>> = {
  look: () => false,
  parse: () => true,
  libraries: (text) => holdsUnimported(text) || importedBy(text).some(isLibrary),
};
const only = values.only === undefined ? null : parsedBy[values.only];
if (only) await readAll(positionals[0] ?? ".", only);
else for (const folder of positionals) compare(folder, Number(values.runs));
