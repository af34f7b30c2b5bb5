/** Two walks of one folder, here and in a thread, as one. */
import type { WalkedFile } from "./walk.ts";
import type { ThreadWalk } from "./walking-thread.ts";

/**
 * What is left of a folder, some files at a time and each once: found here until the thread has found some, and by the thread from then on. Both walk in the same
 * order.
 */
export async function* walkBeside(here: AsyncIterable<WalkedFile>, thread: ThreadWalk): AsyncGenerator<readonly WalkedFile[]> {
  const known = new Set<string>();
  let isWhole = true;
  try {
    for await (const file of here) {
      yield [file];
      known.add(file.path);
      if (!thread.hasFiles) continue;
      isWhole = false;
      break;
    }
    if (!isWhole) for await (const files of thread) yield files.filter(({ path }) => !known.has(path));
  } finally {
    thread.stop();
  }
}

/** The files one at a time, as some at a time. */
export async function* oneByOne(files: AsyncIterable<WalkedFile>): AsyncGenerator<readonly WalkedFile[]> {
  for await (const file of files) yield [file];
}
