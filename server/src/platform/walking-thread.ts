/**
 * A thread that walks folders on disk, so that finding, reading and decoding files takes no time from what is done with them. `walk-in-thread.ts` holds what
 * runs in it.
 */
import { Worker } from "node:worker_threads";
import type { WalkedFile, WalkOptions } from "./walk.ts";

/** What a thread is asked with: rules cannot be handed over. */
export type ThreadOptions = Omit<WalkOptions, "rules">;

export interface Question {
  readonly folder: string;
  readonly options: ThreadOptions;
  /** One number: bytes that were sent and not yet taken. */
  readonly waiting: Int32Array;
}

/** Some files in the order of the walk, and their bytes. */
export interface Batch {
  readonly files: readonly WalkedFile[];
  readonly bytes: number;
  readonly isLast: boolean;
}

/** A thread that walks folders. It takes as long to start as a small folder takes to read. */
export class WalkingThread {
  readonly #started = numberInCommon();
  readonly #worker: Worker;

  /** `script`: the path of `walker.js`. A thread that nobody asks does not keep the program from ending. */
  constructor(script: string) {
    this.#worker = new Worker(script, { workerData: this.#started, resourceLimits: { maxYoungGenerationSizeMb: 4 } });
    this.#worker.unref();
  }

  get hasStarted(): boolean {
    return Atomics.load(this.#started, 0) === 1;
  }

  /** The same files in the same order as `walk` gives; the thread begins at once. Throws what ended the thread, if something did. */
  walk(folder: string, options: ThreadOptions): AsyncGenerator<WalkedFile> {
    return walkInThread(this.#worker, folder, options);
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }
}

function numberInCommon(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
}

function walkInThread(thread: Worker, folder: string, options: ThreadOptions): AsyncGenerator<WalkedFile> {
  const waiting = numberInCommon();
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
  // To listen keeps the program from ending; to wait for nothing should not.
  thread.unref();
  thread.postMessage({ folder, options, waiting } satisfies Question);
  async function* taken(): AsyncGenerator<WalkedFile> {
    try {
      thread.ref();
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
  return taken();
}
