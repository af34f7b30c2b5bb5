import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, type TestContext, test } from "node:test";
import { Worker } from "node:worker_threads";
import { folderOnDisk } from "../../../server/src/platform/files-node.ts";
import { type WalkedFile, type WalkOptions, walk } from "../../../server/src/platform/walk.ts";
import { walkInThread } from "../../../server/src/platform/walk-in-thread.ts";
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

async function withThread<T>(run: (thread: Worker) => Promise<T>): Promise<T> {
  const thread = new Worker(inRepository("dist/walker.js"));
  try {
    return await run(thread);
  } finally {
    await thread.terminate();
  }
}

describe("walking a folder in a thread", () => {
  test("gives what the walk gives: several batches, trouble, a second folder", async (t) => {
    const files = Object.fromEntries(Array.from({ length: 150 }, (_, i) => [`lib/m${i}.ex`, `defmodule M${i} do\nend\n`]));
    const folder = folderWith(t, { ...files, "mix.exs": "", "lib/left_out.ex": "", "lib/large.ex": `# ${"é".repeat(6_000_000)}\n` });
    await withThread(async (thread) => {
      const found = await all(walkInThread(thread, folder, options));
      assert.equal(found.length, 152);
      assert.match(found.find(({ path }) => path === "lib/large.ex")?.trouble ?? "", /not read/);
      assert.deepEqual(found, await all(walk(folderOnDisk(folder), options)));
      const [missing] = await all(walkInThread(thread, join(folder, "nowhere"), options));
      assert.match(missing?.trouble ?? "", /cannot be read/);
    });
  });

  test("waits for who takes the files, however many there are", async (t) => {
    const text = `# ${"x".repeat(1_000_000)}\n`;
    const folder = folderWith(t, Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`lib/m${i}.ex`, text])));
    await withThread(async (thread) => {
      let bytes = 0;
      for await (const file of walkInThread(thread, folder, options)) {
        await new Promise((resolve) => setTimeout(resolve, 2));
        bytes += file.bytes;
      }
      assert.equal(bytes, 20 * text.length);
    });
  });

  test("throws what ends the thread", async () => {
    const thread = new Worker("throw new Error('no more memory')", { eval: true });
    await assert.rejects(all(walkInThread(thread, ".", options)), /no more memory/);
  });
});
