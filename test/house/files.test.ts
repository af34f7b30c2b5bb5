import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { describe, test } from "node:test";
import { inRepository } from "../support/paths.ts";
import { importsOf, listFiles, readJson, readText } from "../support/repository.ts";

/** What esbuild.mjs and the test runner start from. */
const entries = [
  "server/src/main.cli.ts",
  "server/src/main.commands.ts",
  "server/src/main.walker.ts",
  "server/src/main.node.ts",
  "server/src/main.browser.ts",
  "client/src/extension.node.ts",
  "client/src/extension.browser.ts",
  "client/webview/main.ts",
  "esbuild.mjs",
];

function reachable(from: readonly string[]): Set<string> {
  const seen = new Set<string>();
  const queue = [...from];
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    if (seen.has(file) || !existsSync(inRepository(file))) continue;
    seen.add(file);
    if (/\.(ts|mjs)$/.test(file)) queue.push(...importsOf(file).flatMap((found) => found.file ?? []));
  }
  return seen;
}

describe("files", () => {
  test("every file of the product is used by an entry point", () => {
    const used = reachable(entries);
    const all = [...listFiles("server/src"), ...listFiles("client/src"), ...listFiles("client/webview")];
    assert.deepEqual(
      all.filter((file) => !file.endsWith("tsconfig.json") && !file.endsWith(".d.ts") && !used.has(file)),
      [],
    );
  });

  test("every file of test/support is used by a test or a script", () => {
    const tests = listFiles("test").filter((file) => file.endsWith(".ts") && !file.startsWith("test/support/"));
    const used = reachable(tests);
    const scripts = ["package.json", "esbuild.mjs", ".ci/run", ...listFiles("test").filter((file) => file.endsWith(".mjs"))]
      .map(readText)
      .join("\n");
    const unused = listFiles("test/support").filter((file) => !used.has(file) && !scripts.includes(file.split("/").at(-1) ?? file));
    const mentioned = tests.map(readText).join("\n");
    assert.deepEqual(
      unused.filter((file) => !mentioned.includes(file.split("/").at(-1) ?? file)),
      [],
    );
  });

  test("no source file is longer than 400 lines", () => {
    const long = [...listFiles("server"), ...listFiles("client"), ...listFiles("test")]
      .filter((file) => /\.(ts|mjs)$/.test(file))
      .map((file) => ({ file, lines: readText(file).split("\n").length - 1 }))
      .filter(({ lines }) => lines > 400);
    assert.deepEqual(long, []);
  });

  test("names are kebab-case", () => {
    const files = [...listFiles("server/src"), ...listFiles("client"), ...listFiles("test")].filter((file) => file.endsWith(".ts"));
    assert.deepEqual(
      files.filter((file) => !/^[a-z0-9]+([-.][a-z0-9]+)*\.ts$/.test(file.split("/").at(-1) ?? "")),
      [],
    );
  });

  test("there are no catch-all files", () => {
    const names = new Set(["utils.ts", "helpers.ts", "common.ts", "types.ts", "misc.ts"]);
    assert.deepEqual(
      [...listFiles("server"), ...listFiles("client"), ...listFiles("test")].filter((file) => names.has(file.split("/").at(-1) ?? "")),
      [],
    );
  });

  test("each string of package.nls.json is used by package.json, and each that is used is there", () => {
    const strings = Object.keys(readJson<Record<string, string>>("package.nls.json")).sort();
    const used = [...new Set([...readText("package.json").matchAll(/"%([^%"]+)%"/g)].map((match) => match[1] ?? ""))].sort();
    assert.deepEqual(strings, used);
  });

  test("commands that package.json contributes are the ones that the client registers", () => {
    const { contributes } = readJson<{ contributes: { commands: { command: string }[] } }>("package.json");
    const source = listFiles("client/src")
      .filter((file) => file.endsWith(".ts"))
      .map(readText)
      .join("\n");
    assert.deepEqual(
      contributes.commands.map(({ command }) => command).filter((command) => !source.includes(`"${command}"`)),
      [],
    );
  });
});
