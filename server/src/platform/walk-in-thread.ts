/** Walks a folder on disk with the help of a thread: what runs in the thread. */
import type { MessagePort } from "node:worker_threads";
import type { FileTree } from "./file-tree.ts";
import { type WalkedFile, walk } from "./walk.ts";
import { type Batch, isUnwanted, type Question, sent, waiting } from "./walking-thread.ts";

/** Large enough that handing over costs little, small enough that the first files come at once. */
const filesABatch = 64;
const bytesABatch = 512 * 1024;
/** What may wait to be taken: more would be memory that nobody needs yet. Where files are passed by for once, less would not last until there are more. */
const bytesWaiting = 16 * 1024 * 1024;

export interface Answering {
  treeOf(folder: string): FileTree;
  /** What can be found of a text by who has time: `WalkedFile.ahead`. */
  ahead?(path: string, text: string): unknown;
}

/** The thread's end: answers each question with batches, and never runs far ahead of who takes them. */
export function answerWalks(port: MessagePort, answering: Answering): void {
  port.on("message", (question: Question) => void answer(question, port, answering));
}

async function answer({ folder, options, counts }: Question, port: MessagePort, { treeOf, ahead }: Answering): Promise<void> {
  let files: WalkedFile[] = [];
  let bytes = 0;
  const send = (isLast: boolean): void => {
    const before = Atomics.add(counts, waiting, bytes);
    port.postMessage({ files, bytes, isLast } satisfies Batch);
    Atomics.add(counts, sent, 1);
    if (before + bytes > bytesWaiting) Atomics.wait(counts, waiting, before + bytes);
    [files, bytes] = [[], 0];
  };
  for await (const file of walk(treeOf(folder), options)) {
    if (Atomics.load(counts, isUnwanted) === 1) return;
    files.push(file.text === null || ahead === undefined ? file : { ...file, ahead: ahead(file.path, file.text) });
    bytes += file.bytes;
    if (files.length === filesABatch || bytes > bytesABatch) send(false);
  }
  send(true);
}
