/** Sequences, asked of the host one at a time and kept until there is a newer snapshot. What is old is shown until its answer is there. */
import type { PageMessage } from "../../server/src/protocol/panel.ts";
import type { Sequence, SequenceStart } from "../../server/src/protocol/sequence.ts";

interface Kept<T> {
  readonly value: T;
  readonly age: number;
}

export class Sequences {
  private readonly ask: (message: PageMessage) => void;
  private age = 0;
  private list: Kept<readonly SequenceStart[]> | null = null;
  private readonly found = new Map<string, Kept<Sequence | null>>();
  /** What was asked for and not answered yet, with the age that it was asked at. */
  private readonly asked = new Map<string, number>();

  constructor(ask: (message: PageMessage) => void) {
    this.ask = ask;
  }

  /** There is a newer snapshot: everything is asked for again when it is looked at. */
  grow(): void {
    this.age++;
  }

  /** Null until the host has answered. */
  starts(): readonly SequenceStart[] | null {
    if (this.list?.age !== this.age) this.askOnce("", { type: "sequence-starts" });
    return this.list?.value ?? null;
  }

  /** Undefined until the host has answered; null where there is no such function. */
  get(start: string, steps: number): Sequence | null | undefined {
    const key = `${steps} ${start}`;
    const kept = this.found.get(key);
    if (kept?.age !== this.age) this.askOnce(key, { type: "sequence", start, steps });
    return kept?.value;
  }

  takeStarts(starts: readonly SequenceStart[]): void {
    this.list = { value: starts, age: this.asked.get("") ?? this.age };
    this.asked.delete("");
  }

  take(start: string, steps: number, sequence: Sequence | null): void {
    const key = `${steps} ${start}`;
    this.found.set(key, { value: sequence, age: this.asked.get(key) ?? this.age });
    this.asked.delete(key);
  }

  private askOnce(key: string, message: PageMessage): void {
    if (this.asked.get(key) === this.age) return;
    this.asked.set(key, this.age);
    this.ask(message);
  }
}
