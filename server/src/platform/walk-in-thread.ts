/**
 * Walks a folder on disk in a thread of its own, so that finding, reading and decoding files takes no time from what is done with them. Both ends of the
 * conversation stand here: the thread's (`answerWalks`, the whole of `main.walker.ts`) and the asker's (`walkInThread`).
 */
import type { MessagePort, Worker } from "node:worker_threads";
import type { FileTree } from "./file-tree.ts";
import { type WalkedFile, type WalkOptions, walk } from "./walk.ts";

interface Question {
  readonly folder: string;
  readonly options: Omit<WalkOptions, "rules">;
  /** One number: bytes that were sent and not yet taken. */
  readonly waiting: Int32Array;
}

/** Some files in the order of the walk, and their bytes. */
interface Batch {
  readonly files: readonly WalkedFile[];
  readonly bytes: number;
  readonly isLast: boolean;
}

/** Large enough that handing over costs little, small enough that the first files come at once. */
const filesABatch = 64;
const bytesABatch = 512 * 1024;
/** What may wait to be taken: more would be memory that nobody needs yet. */
const bytesWaiting = 4 * 1024 * 1024;

/** The thread's end: answers each question with batches, and never runs far ahead of who takes them. */
export function answerWalks(port: MessagePort, treeOf: (folder: string) => FileTree): void {
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

/** The asker's end: the same files in the same order as `walk` gives. Throws what ended the thread, if something did. */
export async function* walkInThread(thread: Worker, folder: string, options: Omit<WalkOptions, "rules">): AsyncGenerator<WalkedFile> {
  const waiting = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const batches: Batch[] = [];
  let failure: Error | null = null;
  let wake = (): void => {};
  const take = (batch: Batch): void => {
    batches.push(batch);
    wake();
  };
  const fail = (error: Error): void => {
    failure = error;
    wake();
  };
  thread.on("message", take).on("error", fail);
  try {
    thread.ref();
    thread.postMessage({ folder, options, waiting } satisfies Question);
    for (let isLast = false; !isLast; ) {
      if (failure !== null) throw failure;
      const batch = batches.shift();
      if (batch === undefined) {
        await new Promise<void>((resolve) => (wake = resolve));
        continue;
      }
      Atomics.sub(waiting, 0, batch.bytes);
      Atomics.notify(waiting, 0);
      yield* batch.files;
      ({ isLast } = batch);
    }
  } finally {
    thread.off("message", take).off("error", fail);
    thread.unref();
  }
}
