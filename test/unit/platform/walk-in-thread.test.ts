import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, type TestContext, test } from "node:test";
import { folderOnDisk } from "../../../server/src/platform/files-node.ts";
import { type WalkedFile, type WalkOptions, walk } from "../../../server/src/platform/walk.ts";
import { walkBeside } from "../../../server/src/platform/walk-in-thread.ts";
import { WalkingThread } from "../../../server/src/platform/walking-thread.ts";
import { inRepository } from "../../support/paths.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const options: WalkOptions = { extensions: [".ex"], projectFiles: ["mix.exs"], exclude: ["lib/left_out.ex"] };

async function all(files: AsyncIterable<WalkedFile>): Promise<WalkedFile[]> {
  const found: WalkedFile[] = [];
  for await (const file of files) found.push(file);
  return found;
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
    assert.deepEqual(found, await all(walk(folderOnDisk(folder), options)));
    const [missing] = await all(thread.walk(join(folder, "nowhere"), options));
    assert.match(missing?.trouble ?? "", /cannot be read/);
  });

  test("is walked here until the thread has started, and there from then on, each file once", async (t) => {
    const paths = ["lib/a.ex", "lib/b.ex", "lib/c.ex", "lib/d/e.ex"];
    const folder = folderWith(t, Object.fromEntries(paths.map((path) => [path, ""])));
    const thread = threadFor(t);
    for (const startedAfter of [0, 2, 9]) {
      let here = 0;
      let there = 0;
      const helper: Pick<WalkingThread, "hasStarted" | "walk"> = {
        get hasStarted() {
          return ++here > startedAfter;
        },
        async *walk(...asked) {
          for await (const file of thread.walk(...asked)) {
            there++;
            yield file;
          }
        },
      };
      const found = await all(walkBeside(helper, folderOnDisk(folder), folder, options));
      assert.deepEqual(
        found.map(({ path }) => path),
        paths,
      );
      assert.equal(there, Math.max(paths.length - startedAfter - 1, 0));
    }
  });

  test("waits for who takes the files, however many there are", async (t) => {
    const text = `# ${"x".repeat(1_000_000)}\n`;
    const folder = folderWith(t, Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`lib/m${i}.ex`, text])));
    let bytes = 0;
    for await (const file of threadFor(t).walk(folder, options)) {
      await new Promise((resolve) => setTimeout(resolve, 2));
      bytes += file.bytes;
    }
    assert.equal(bytes, 20 * text.length);
  });

  test("throws what ends the thread", async (t) => {
    const folder = folderWith(t, { "walker.js": "throw new Error('no more memory')" });
    await assert.rejects(all(threadFor(t, join(folder, "walker.js")).walk(folder, options)), /no more memory/);
  });
});
