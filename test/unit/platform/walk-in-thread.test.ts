import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, type TestContext, test } from "node:test";
import { folderOnDisk } from "../../../server/src/platform/files-node.ts";
import { type WalkedFile, type WalkOptions, walk } from "../../../server/src/platform/walk.ts";
import { oneByOne, walkBeside } from "../../../server/src/platform/walk-beside.ts";
import { type ThreadWalk, WalkingThread } from "../../../server/src/platform/walking-thread.ts";
import { inRepository } from "../../support/paths.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const options: WalkOptions = { extensions: [".ex"], projectFiles: ["mix.exs"], exclude: ["lib/left_out.ex"] };

async function all(files: AsyncIterable<WalkedFile | readonly WalkedFile[]>): Promise<WalkedFile[]> {
  const found: WalkedFile[] = [];
  for await (const some of files) found.push(...[some].flat());
  return found;
}

function withoutLook({ ahead: _, late, ...file }: WalkedFile): WalkedFile {
  return late === undefined ? file : { ...file, text: late.text };
}

function folderWith(t: TestContext, files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder(files);
  t.after(() => folder.remove());
  return folder.path;
}

function threadFor(t: TestContext, script = inRepository("dist/walker.js")): WalkingThread {
  const thread = new WalkingThread(script);
  t.after(() => thread.end());
  return thread;
}

describe("walking a folder with a thread", () => {
  test("gives what the walk gives: several batches, trouble, a second folder", async (t) => {
    const files = Object.fromEntries(Array.from({ length: 150 }, (_, i) => [`lib/m${i}.ex`, `defmodule M${i} do\nend\n`]));
    const folder = folderWith(t, { ...files, "mix.exs": "", "lib/left_out.ex": "", "lib/large.ex": `# ${"é".repeat(6_000_000)}\n` });
    const thread = threadFor(t);
    const found = await all(thread.walk(folder, options));
    assert.equal(found.length, 152);
    assert.match(found.find(({ path }) => path === "lib/large.ex")?.trouble ?? "", /not read/);
    assert.deepEqual(found.map(withoutLook), await all(walk(folderOnDisk(folder), options)));
    const [missing] = await all(thread.walk(join(folder, "nowhere"), options));
    assert.match(missing?.trouble ?? "", /cannot be read/);
  });

  test("is walked here until the thread has found some, and there from then on, each file once", async () => {
    const file = (path: string): WalkedFile => ({ path, text: "", bytes: 0, trouble: null });
    const paths = ["a", "b", "c", "d"];
    async function* walked(taken: string[]): AsyncGenerator<WalkedFile> {
      for (const path of paths) {
        taken.push(path);
        yield file(path);
      }
    }
    for (const foundAfter of [1, 3, 9]) {
      const [here, there] = [[] as string[], [] as string[]];
      let stopped = 0;
      const thread: ThreadWalk = {
        get hasFiles() {
          return here.length >= foundAfter;
        },
        stop: () => stopped++,
        [Symbol.asyncIterator]: () => oneByOne(walked(there)),
      };
      const found = await all(walkBeside(walked(here), thread));
      assert.deepEqual(
        found.map(({ path }) => path),
        paths,
      );
      assert.deepEqual(here, paths.slice(0, foundAfter));
      assert.deepEqual(there, foundAfter > paths.length ? [] : paths);
      assert.equal(stopped, 1);
    }
  });

  test("gives with the thread's help what it gives without", async (t) => {
    const folder = folderWith(t, Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`lib/m${i % 7}/n${i}.ex`, `# ${i}\n`])));
    const alone = await all(walk(folderOnDisk(folder), options));
    const beside = await all(walkBeside(walk(folderOnDisk(folder), options), threadFor(t).walk(folder, options)));
    assert.deepEqual(beside.map(withoutLook), alone);
  });

  test("stops when nobody wants more, and walks another folder then", async (t) => {
    const folder = folderWith(t, Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`lib/m${i}.ex`, `# ${"x".repeat(200_000)}\n`])));
    const thread = threadFor(t);
    const files = thread.walk(folder, options)[Symbol.asyncIterator]();
    assert.equal((await files.next()).value?.[0]?.path, "lib/m0.ex");
    await files.return?.();
    const other = folderWith(t, { "lib/a.ex": "" });
    assert.deepEqual(
      (await all(thread.walk(other, options))).map(({ path }) => path),
      ["lib/a.ex"],
    );
  });

  test("looks at files ahead: gives the letters of those that hardly anybody asks for late, the same as without a thread", async (t) => {
    const scripts = {
      "src/actor.ts": 'import { DurableObject } from "cloudflare:workers";\n',
      "src/plain.ts": '\ufeffimport { two } from "./two";\n// process-topology: ignore\nexport const one = "Grüße 🎈 \ufeff";\n',
      "src/two.ts": "",
      "test/a.test.ts": "// é\n",
    };
    const folder = folderWith(t, { ...scripts, "lib/a.ex": "" });
    const asked = { ...options, extensions: [".ex", ".ts"] };
    const found = await all(threadFor(t).walk(folder, asked));
    assert.deepEqual(found.map(withoutLook), await all(walk(folderOnDisk(folder), asked)));
    assert.deepEqual(
      found.flatMap(({ path, late }) => (late === undefined ? [] : path)),
      ["src/plain.ts", "src/two.ts", "test/a.test.ts"],
    );
    // Without the byte order mark.
    const length = scripts["src/plain.ts"].length - 1;
    const looked = Object.fromEntries(found.map(({ path, ahead }) => [path, ahead]));
    assert.deepEqual(looked["lib/a.ex"], { role: "source" });
    assert.deepEqual(looked["src/actor.ts"], { role: "source", looked: { as: "actors", length: 52, isMarked: false } });
    assert.deepEqual(looked["src/plain.ts"], { role: "source", looked: { as: "other", length, isMarked: true, imported: "./two" } });
    assert.deepEqual(looked["test/a.test.ts"], { role: "test", looked: { as: "test", length: 5, isMarked: false } });
  });

  test("waits for who takes the files, however many there are", async (t) => {
    const text = `# ${"x".repeat(1_000_000)}\n`;
    const folder = folderWith(t, Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`lib/m${i}.ex`, text])));
    let bytes = 0;
    for await (const files of threadFor(t).walk(folder, options)) {
      await new Promise((resolve) => setTimeout(resolve, 2));
      for (const file of files) bytes += file.bytes;
    }
    assert.equal(bytes, 20 * text.length);
  });

  test("throws what ends the thread", async (t) => {
    const folder = folderWith(t, { "walker.js": "throw new Error('no more memory')" });
    await assert.rejects(all(threadFor(t, join(folder, "walker.js")).walk(folder, options)), /no more memory/);
  });
});
