/** Runs work soon after it is asked for, once for all that ask meanwhile. What takes long waits until the asking pauses. */

export interface SchedulerClock {
  now(): number;
  after(milliseconds: number, work: () => void): () => void;
}

/** In milliseconds. Work that took 5 is run again 5 after the last request, work that took a second after 300. */
const longest = 300;

export class Scheduler {
  readonly #work: () => Promise<void>;
  readonly #clock: SchedulerClock;
  #takeBack: (() => void) | null = null;
  #took = 0;

  /** `work` does not throw. */
  constructor(work: () => Promise<void>, clock: SchedulerClock) {
    this.#work = work;
    this.#clock = clock;
  }

  request(): void {
    this.#takeBack?.();
    this.#takeBack = this.#clock.after(Math.min(this.#took, longest), () => {
      this.#takeBack = null;
      const start = this.#clock.now();
      void this.#work().then(() => {
        this.#took = this.#clock.now() - start;
      });
    });
  }

  stop(): void {
    this.#takeBack?.();
    this.#takeBack = null;
  }
}
