/**
 * A thread that walks folders on disk, so that finding, reading and decoding files takes no time from what is done with them. `walk-in-thread.ts` holds what
 * runs in it.
 */
import { Worker } from "node:worker_threads";
import type { LateText, WalkedFile, WalkOptions } from "./walk.ts";

/** What a thread is asked with: rules cannot be handed over. */
export type ThreadOptions = Omit<WalkOptions, "rules">;

export interface Question {
  /** Batches have the number of the question that they answer: some of one that nobody wants answered any more may still be on their way. */
  readonly number: number;
  readonly folder: string;
  readonly options: ThreadOptions;
  readonly counts: Counts;
}

/** What both sides count: bytes that were sent and not yet taken, batches that were sent, and 1 when nobody wants more. */
export type Counts = Int32Array;
export const [waiting, sent, isUnwanted] = [0, 1, 2];

/** `from`, `to`: where the text lies in the letters of the batch, of a file that is late. */
export interface SentFile extends WalkedFile {
  readonly from?: number;
  readonly to?: number;
}

/** Some files in the order of the walk, and their bytes. */
export interface Batch {
  readonly number: number;
  readonly files: readonly SentFile[];
  /** UTF-8. */
  readonly letters: Uint8Array;
  readonly bytes: number;
  readonly isLast: boolean;
}

/** The files of a folder in the order of `walk`, some at a time, as the thread finds them; taking them throws what ended the thread, if something did. */
export interface ThreadWalk extends AsyncIterable<readonly WalkedFile[]> {
  /** Whether there are some to take. */
  readonly hasFiles: boolean;
  /** Has the thread find no more. */
  stop(): void;
}

/** A thread that walks folders. It takes as long to start as a small folder takes to read. */
export class WalkingThread {
  readonly #worker: Worker;

  /** `script`: the path of `walker.js`. A thread that nobody asks does not keep the program from ending. */
  constructor(script: string) {
    this.#worker = new Worker(script, { resourceLimits: { maxYoungGenerationSizeMb: 4 } });
    this.#worker.unref();
  }

  /** The thread begins at once. */
  walk(folder: string, options: ThreadOptions): ThreadWalk {
    return walkInThread(this.#worker, folder, options);
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }
}

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

class Letters implements LateText {
  private readonly bytes: Uint8Array;
  private decoded: string | null = null;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  get text(): string {
    this.decoded ??= utf8.decode(this.bytes);
    return this.decoded;
  }
}

function lateFile({ path, bytes, trouble, ahead, from, to }: SentFile, letters: Uint8Array): WalkedFile {
  return { path, text: null, bytes, trouble, ahead, late: new Letters(letters.subarray(from, to)) };
}

let questions = 0;

function walkInThread(thread: Worker, folder: string, options: ThreadOptions): ThreadWalk {
  const counts = new Int32Array(new SharedArrayBuffer(3 * Int32Array.BYTES_PER_ELEMENT));
  const number = ++questions;
  const batches: Batch[] = [];
  let failure: Error | null = null;
  let wake = (): void => {};
  const take = (batch: Batch): void => {
    if (batch.number !== number) return;
    batches.push(batch);
    wake();
  };
  const fail = (error: Error): void => {
    failure = error;
    wake();
  };
  thread.on("message", take).on("error", fail);
  // To listen keeps the program from ending; to wait for nothing should not.
  thread.unref();
  thread.postMessage({ number, folder, options, counts } satisfies Question);
  function stop(): void {
    Atomics.store(counts, isUnwanted, 1);
    Atomics.store(counts, waiting, 0);
    Atomics.notify(counts, waiting);
    thread.off("message", take);
    thread.unref();
  }
  async function* taken(): AsyncGenerator<readonly WalkedFile[]> {
    try {
      thread.ref();
      for (let isLast = false; !isLast; ) {
        if (failure !== null) throw failure;
        const batch = batches.shift();
        if (batch === undefined) {
          await new Promise<void>((resolve) => (wake = resolve));
          continue;
        }
        Atomics.sub(counts, waiting, batch.bytes);
        Atomics.notify(counts, waiting);
        yield batch.files.map((file) => (file.from === undefined ? file : lateFile(file, batch.letters)));
        ({ isLast } = batch);
      }
    } finally {
      stop();
    }
  }
  return {
    get hasFiles() {
      return Atomics.load(counts, sent) > 0;
    },
    stop,
    [Symbol.asyncIterator]: taken,
  };
}
