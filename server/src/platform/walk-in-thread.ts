/** Walks a folder on disk with the help of a thread: what runs in the thread, and the walk that goes on in it. */
import type { MessagePort } from "node:worker_threads";
import type { FileTree } from "./file-tree.ts";
import { type WalkedFile, walk } from "./walk.ts";
import type { Batch, Question, ThreadOptions, WalkingThread } from "./walking-thread.ts";

/** Large enough that handing over costs little, small enough that the first files come at once. */
const filesABatch = 64;
const bytesABatch = 512 * 1024;
/** What may wait to be taken: more would be memory that nobody needs yet. */
const bytesWaiting = 4 * 1024 * 1024;

/** The thread's end: answers each question with batches, and never runs far ahead of who takes them. `started`: where it says that it listens. */
export function answerWalks(port: MessagePort, started: Int32Array, treeOf: (folder: string) => FileTree): void {
  Atomics.store(started, 0, 1);
  port.on("message", (question: Question) => void answer(question, port, treeOf));
}

async function answer({ folder, options, waiting }: Question, port: MessagePort, treeOf: (folder: string) => FileTree): Promise<void> {
  let files: WalkedFile[] = [];
  let bytes = 0;
  const send = (isLast: boolean): void => {
    const before = Atomics.add(waiting, 0, bytes);
    port.postMessage({ files, bytes, isLast } satisfies Batch);
    if (before + bytes > bytesWaiting) Atomics.wait(waiting, 0, before + bytes);
    [files, bytes] = [[], 0];
  };
  for await (const file of walk(treeOf(folder), options)) {
    files.push(file);
    bytes += file.bytes;
    if (files.length === filesABatch || bytes > bytesABatch) send(false);
  }
  send(true);
}

/** Walks here until the thread has started, and there from then on. `tree` and `folder` are the same folder. */
export async function* walkBeside(
  thread: Pick<WalkingThread, "hasStarted" | "walk">,
  tree: FileTree,
  folder: string,
  options: ThreadOptions,
): AsyncGenerator<WalkedFile> {
  const known = new Set<string>();
  for await (const file of walk(tree, options)) {
    yield file;
    known.add(file.path);
    if (!thread.hasStarted) continue;
    yield* thread.walk(folder, { ...options, known });
    return;
  }
}
