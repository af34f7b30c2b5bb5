/**
 * How long one keystroke takes, in the real server, over JSON-RPC:  node test/support/bench.mjs keystroke [FOLDER]
 *
 * FOLDER is copied first; the file of it whose length is nearest to 1,000 lines is edited. Without FOLDER it is the example with a file of
 * 1,000 lines. Keystrokes of several kinds are timed: some only move code, some change what the topology may depend on.
 * `answer` is the time from the edit to the reply to a hover asked right after it; `diagnostics` the time until the server has told of the
 * new state, the time that it waits for further keystrokes included.
 */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { LanguageServer } from "../support/language-server.ts";
import { percentile, prepareFolder, type Target } from "./edited-folder.ts";

const rounds = 60;

async function main(): Promise<void> {
  const { folder, target } = prepareFolder(process.argv[2]);
  const started = performance.now();
  const server = await LanguageServer.startAndRead({ folders: [{ uri: pathToFileURL(folder).href, name: "bench" }] });
  const read = performance.now() - started;
  const uri = pathToFileURL(join(folder, target.path)).href;
  await server.open(uri, target.text);
  await server.hover(uri, 0, 12);
  const [status] = server.status();
  console.log(`${status?.files} files, ${status?.processes} processes, ${status?.findings} findings; first reading ${read.toFixed(0)} ms`);
  console.log(`${target.path}: ${target.text.split("\n").length} lines; ${rounds} or more keystrokes of each kind\n`);

  console.log("| keystroke | answer: median | 95 % | diagnostics: median | 95 % |\n| --- | --- | --- | --- | --- |");
  let version = 1;
  for (const { name, keystrokes } of typings(target)) {
    const [answers, states]: [number[], number[]] = [[], []];
    for (const change of keystrokes) {
      const told = server.notifications.length;
      const from = performance.now();
      await server.change(uri, ++version, [change]);
      await server.hover(uri, 0, 12);
      answers.push(performance.now() - from);
      await server.until("the state is told", () => server.notifications.length > told);
      states.push(performance.now() - from);
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    const cell = (values: number[], part: number): string => `${percentile(values, part).toFixed(1)} ms`;
    console.log(`| ${name} | ${cell(answers, 0.5)} | ${cell(answers, 0.95)} | ${cell(states, 0.5)} | ${cell(states, 0.95)} |`);
  }
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}

interface Change {
  readonly range: { readonly start: Position; readonly end: Position };
  readonly text: string;
}

interface Position {
  readonly line: number;
  readonly character: number;
}

/** How a function's head and a line that could stand in its body look, in the language of a file. */
function writing(path: string): { readonly head: RegExp; readonly name: RegExp; readonly line: string } {
  if (path.endsWith(".erl"))
    return { head: /^\w+\(.*\) ->$/, name: /^\w+/, line: '    Options = lists:keystore(name, 1, ["typed"], {name, ?MODULE}),' };
  const line = '    options = Keyword.put_new(List.wrap("typed"), :name, __MODULE__)';
  return { head: /^\s+defp? \w+.* do$/, name: /^\s+defp? \w+/, line };
}

/** Keystrokes in the middle of the file; each kind leaves it as it was. */
function typings({ path, text }: Target): { readonly name: string; readonly keystrokes: readonly Change[] }[] {
  const lines = text.split("\n");
  const written = writing(path);
  const middle = Math.floor(lines.length / 2);
  const head = lines.findIndex((line, i) => i >= middle && written.head.test(line) && /^\s+\w/.test(lines[i + 1] ?? ""));
  const name = { line: head, character: written.name.exec(lines[head] ?? "")?.[0].length ?? 0 };
  const body = { line: head + 1, character: /^\s+\w+/.exec(lines[head + 1] ?? "")?.[0].length ?? 0 };
  return [
    { name: "a line break", keystrokes: backAndForth({ line: head, character: 0 }, "\n") },
    { name: "a letter in a function's body", keystrokes: backAndForth(body, "x") },
    { name: "a line in a function's body, letter by letter", keystrokes: typedLine({ line: head + 1, character: 0 }, written.line) },
    { name: "a letter in a function's name", keystrokes: backAndForth(name, "x") },
  ];
}

function backAndForth(start: Position, text: string): Change[] {
  const end = text === "\n" ? { line: start.line + 1, character: 0 } : { line: start.line, character: start.character + text.length };
  const pair: Change[] = [
    { range: { start, end: start }, text },
    { range: { start, end }, text: "" },
  ];
  return Array.from({ length: rounds / 2 }, () => pair).flat();
}

/** As people type: a new line first, then its letters; brackets and strings are open for a while. */
function typedLine(start: Position, line: string): Change[] {
  const opened: Change = { range: { start, end: start }, text: "\n" };
  const typed = [...line].map((letter, i): Change => {
    const at = { line: start.line, character: i };
    return { range: { start: at, end: at }, text: letter };
  });
  return [opened, ...typed, { range: { start, end: { line: start.line + 1, character: 0 } }, text: "" }];
}

await main();
