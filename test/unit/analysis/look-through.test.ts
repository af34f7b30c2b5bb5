import assert from "node:assert/strict";
import { describe, type TestContext, test } from "node:test";
import { analyzeFolder } from "../../../server/src/analysis/analyze-folder.ts";
import { engine } from "../../../server/src/analysis/engine.ts";
import { lookThrough } from "../../../server/src/analysis/look-through.ts";
import { languageNames, namesOf } from "../../../server/src/languages/source-names.ts";
import { folderOnDisk } from "../../../server/src/platform/files-node.ts";
import { type WalkedFile, walk } from "../../../server/src/platform/walk.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

/** All that a look passes over: source without actors, what is not judged, configuration. */
const plain = {
  "package.json": '{ "name": "shop" }',
  "tsconfig.json": '{ "compilerOptions": { "paths": { "~/*": ["src/*"] } } }',
  "wrangler.toml": 'name = "shop"\nmain = "src/index.ts"\n[[durable_objects.bindings]]\nname = "COUNTER"\nclass_name = "Counter"\n',
  Makefile: "all:\n\tnpm run build\n",
  "src/index.ts": 'import { cents } from "./cents";\nexport default { fetch: () => new Response(String(cents(2))) };\n',
  "src/cents.ts": "export const cents = (euros: number): number => euros * 100;\nexport class Counter {}\n",
  "src/broken.ts": "export function ( {{\n",
  "src/cents.test.ts": 'import { createMachine } from "xstate";\ncreateMachine({});\n',
  "public/site.min.js": 'new Worker("./thread.js");\n',
  "deps/left/index.js": "module.exports = 1;\n",
};

async function lookAt(t: TestContext, files: Readonly<Record<string, string | Uint8Array>>) {
  const folder = temporaryFolder(files);
  t.after(() => folder.remove());
  const disk = folderOnDisk(folder.path);
  const seen: WalkedFile[] = [];
  const walked = walk(disk, { ...namesOf(languageNames), exclude: [] });
  const looked = await lookThrough(walked, seen);
  return { disk, seen, looked, rest: walked };
}

describe("a look at a folder", () => {
  test("says of one without actor code what an analysis says", async (t) => {
    const { disk, looked } = await lookAt(t, plain);
    const { findings, problems, summary } = await analyzeFolder(disk, { engine, purpose: "findings" });
    assert.deepEqual([findings, problems], [[], []]);
    assert.deepEqual({ ...looked, definitions: 0, processes: 0, milliseconds: 0 }, summary);
    assert.equal(looked?.files, Object.keys(plain).length);
  });

  for (const [what, path, text] of [
    ["an import of a library of actors", "src/z.ts", 'import { DurableObject } from "cloudflare:workers";\n'],
    ["a file that names actor code", "partykit.json", '{ "main": "src/cents.ts" }\n'],
    ["a file that names actor code in JSON5", "partykit.json5", "{ main: 'src/cents.ts' }\n"],
    ["a thread", "src/z.mjs", 'new Worker("./thread.js");\n'],
    ["a comment to this program", "src/z.ts", "// process-topology: allow no-such-rule\n"],
    ["Elixir", "z.exs", "IO.puts(1)\n"],
    ["Erlang", "z/z.erl", "-module(z).\n"],
    ["a project of erlang.mk", "z/Makefile", "PROJECT = z\ninclude erlang.mk\n"],
    ["a file that is no text", "src/z.ts", new Uint8Array([0x89, 0x00, 0xff])],
    ["a file that is not UTF-8", "src/z.ts", new Uint8Array([0x2f, 0x2f, 0xe9, 0x0a])],
  ] as const)
    test(`leaves a folder to an analysis that has ${what}, and loses no file`, async (t) => {
      const { disk, looked, seen, rest } = await lookAt(t, { ...plain, [path]: text, "zz/last.ts": "" });
      assert.equal(looked, null);
      assert.equal(seen.at(-1)?.path, path);
      const all: string[] = [];
      for await (const { path } of walk(disk, { ...namesOf(languageNames), exclude: [] })) all.push(path);
      for await (const file of rest) seen.push(file);
      assert.deepEqual(
        seen.map((file) => file.path),
        all,
      );
    });

  test("knows the files of every language", () => {
    assert.deepEqual(
      engine.languages.map(({ extensions, projectFiles }) => ({ extensions, projectFiles })),
      languageNames,
    );
  });
});
