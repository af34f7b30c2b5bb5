/**
 * How long an editor's questions take, in the real server, over JSON-RPC:  node test/support/bench.mjs requests [FOLDER]
 *
 * FOLDER is copied first; the questions are about the file of it whose length is nearest to 1,000 lines. Without FOLDER it is the example with
 * a file of 1,000 lines. `warm`: nothing changed since the last question; `after an edit`: a line break was typed just before, so that the
 * file was read again. Both are from the question to the answer; the edit itself is answered first.
 */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { LanguageServer } from "../support/language-server.ts";
import { percentile, prepareFolder } from "./edited-folder.ts";

const rounds = 120;

const aboutPositions = ["hover", "definition", "references", "implementation", "prepareCallHierarchy"];
const aboutFiles = ["inlayHint", "codeLens", "documentLink"];

async function main(): Promise<void> {
  const { folder, target } = prepareFolder(process.argv[2]);
  const server = await LanguageServer.startAndRead({ folders: [{ uri: pathToFileURL(folder).href, name: "bench" }] });
  const uri = pathToFileURL(join(folder, target.path)).href;
  await server.open(uri, target.text);
  await server.hover(uri, 0, 12);
  const lines = target.text.split("\n");
  console.log(`${target.path}: ${lines.length} lines; ${rounds} questions of each kind\n`);
  console.log("| question | warm: median | 95 % | after an edit: median | 95 % |\n| --- | --- | --- | --- | --- |");

  const range = { start: { line: 0, character: 0 }, end: { line: lines.length, character: 0 } };
  const ask = async (method: string, i: number): Promise<number> => {
    const line = Math.floor((i * lines.length) / rounds);
    const position = { line, character: /\w+\(|:\w/.exec(lines[line] ?? "")?.index ?? 4 };
    const params = { textDocument: { uri }, context: { includeDeclaration: true }, position, range };
    const from = performance.now();
    await server.connection.sendRequest(`textDocument/${method}`, params);
    return performance.now() - from;
  };
  let version = 1;
  for (const method of [...aboutPositions, ...aboutFiles]) {
    const [warm, edited]: [number[], number[]] = [[], []];
    for (let i = 0; i < rounds; i++) warm.push(await ask(method, i));
    for (let i = 0; i < rounds; i++) {
      const start = { line: lines.length - 1, character: 0 };
      const end = i % 2 === 0 ? start : { line: lines.length, character: 0 };
      await server.change(uri, ++version, [{ range: { start, end }, text: i % 2 === 0 ? "\n" : "" }]);
      // The edit is over when a question about another file is answered.
      await server.hover(pathToFileURL(join(folder, "mix.exs")).href, 0, 0);
      edited.push(await ask(method, i));
    }
    const cells = [percentile(warm, 0.5), percentile(warm, 0.95), percentile(edited, 0.5), percentile(edited, 0.95)];
    console.log(`| ${method} | ${cells.map((value) => `${value.toFixed(1)} ms`).join(" | ")} |`);
  }
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}

await main();
