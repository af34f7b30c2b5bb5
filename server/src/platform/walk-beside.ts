/** Two walks of one folder, here and in a thread, as one. */
import type { WalkedFile } from "./walk.ts";
import type { ThreadWalk } from "./walking-thread.ts";

/** What is left of a folder, each file once: found here until the thread has found some, and by the thread from then on. Both walk in the same order. */
export async function* walkBeside(here: AsyncIterable<WalkedFile>, thread: ThreadWalk): AsyncGenerator<WalkedFile> {
  const known = new Set<string>();
  let isWhole = true;
  try {
    for await (const file of here) {
      yield file;
      known.add(file.path);
      if (!thread.hasFiles) continue;
      isWhole = false;
      break;
    }
    if (!isWhole) for await (const file of thread) if (!known.has(file.path)) yield file;
  } finally {
    thread.stop();
  }
}
