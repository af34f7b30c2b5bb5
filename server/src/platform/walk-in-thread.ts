/** Walks a folder on disk with the help of a thread: what runs in the thread. */
import type { MessagePort } from "node:worker_threads";
import type { FileTree } from "./file-tree.ts";
import { type WalkedFile, walk } from "./walk.ts";
import { type Batch, isUnwanted, type Question, type SentFile, sent, waiting } from "./walking-thread.ts";

/** Large enough that handing over costs little, small enough that the first files come at once. */
const filesABatch = 64;
const bytesABatch = 512 * 1024;
/** What may wait to be taken: more would be memory that nobody needs yet. Where files are passed by for once, less would not last until there are more. */
const bytesWaiting = 16 * 1024 * 1024;

/** What has been found of a text by who has time (`WalkedFile.ahead`), and whether the text itself is likely to be asked for. */
export interface Found {
  readonly ahead: unknown;
  readonly isRead: boolean;
}

const encoder = new TextEncoder();

export interface Answering {
  treeOf(folder: string): FileTree;
  find(path: string, text: string): Found;
}

/** The thread's end: answers each question with batches, and never runs far ahead of who takes them. */
export function answerWalks(port: MessagePort, answering: Answering): void {
  port.on("message", (question: Question) => void answer(question, port, answering));
}

async function answer({ number, folder, options, counts }: Question, port: MessagePort, { treeOf, find }: Answering): Promise<void> {
  let files: SentFile[] = [];
  let letters: Uint8Array[] = [];
  let [bytes, length] = [0, 0];
  const send = (isLast: boolean): void => {
    const before = Atomics.add(counts, waiting, bytes);
    const together = joined(letters, length);
    port.postMessage({ number, files, letters: together, bytes, isLast } satisfies Batch, [together.buffer]);
    Atomics.add(counts, sent, 1);
    if (before + bytes > bytesWaiting) Atomics.wait(counts, waiting, before + bytes);
    [files, letters, bytes, length] = [[], [], 0, 0];
  };
  const add = (file: WalkedFile): void => {
    if (file.text === null) return void files.push(file);
    const { ahead, isRead } = find(file.path, file.text);
    if (isRead) return void files.push({ ...file, ahead });
    // As bytes they go to the other side without a copy, and cost nothing there until somebody asks.
    const encoded = encoder.encode(file.text);
    letters.push(encoded);
    files.push({ ...file, text: null, ahead, from: length, to: (length += encoded.length) });
  };
  for await (const file of walk(treeOf(folder), options)) {
    if (Atomics.load(counts, isUnwanted) === 1) return;
    add(file);
    bytes += file.bytes;
    if (files.length === filesABatch || bytes > bytesABatch) send(false);
  }
  send(true);
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
