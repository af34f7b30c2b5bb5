/** What the host was asked for and has answered, kept until there is a newer snapshot. What is old is shown until its answer is there. */
import type { Crash } from "../../server/src/protocol/crash.ts";
import type { PageMessage } from "../../server/src/protocol/panel.ts";
import type { Sequence, SequenceStart } from "../../server/src/protocol/sequence.ts";
import { sequenceInWords } from "./reader-words.ts";

export class Answers {
  private readonly ask: (message: PageMessage) => void;
  private age = 0;
  private readonly kept = new Map<string, { readonly value: unknown; readonly age: number }>();
  /** What was asked for and not answered yet, with the age that it was asked at. */
  private readonly asked = new Map<string, number>();

  constructor(ask: (message: PageMessage) => void) {
    this.ask = ask;
  }

  /** There is a newer snapshot: everything is asked for again when it is looked at. */
  grow(): void {
    this.age++;
  }

  /** Functions that a sequence may begin with; null until the host has answered. */
  starts(): readonly SequenceStart[] | null {
    return this.get<readonly SequenceStart[]>(startsKey, { type: "sequence-starts" }) ?? null;
  }

  /** Undefined until the host has answered; null where there is no such function. */
  sequence(start: string, steps: number): Sequence | null | undefined {
    return this.get(sequenceKey(start, steps), { type: "sequence", start, steps });
  }

  /** What a crash of a node does. Undefined until the host has answered; null where there is no such process, or nobody who knows. */
  crash(key: string): Crash | null | undefined {
    return this.get(crashKey(key), { type: "crash", key });
  }

  takeStarts(starts: readonly SequenceStart[]): void {
    this.take(startsKey, starts);
  }

  takeSequence(start: string, steps: number, sequence: Sequence | null): void {
    this.take(sequenceKey(start, steps), sequence === null ? null : sequenceInWords(sequence));
  }

  takeCrash(key: string, crash: Crash | null): void {
    this.take(crashKey(key), crash);
  }

  private get<T>(key: string, question: PageMessage): T | undefined {
    const kept = this.kept.get(key);
    if (kept?.age !== this.age && this.asked.get(key) !== this.age) {
      this.asked.set(key, this.age);
      this.ask(question);
    }
    return kept?.value as T | undefined;
  }

  private take(key: string, value: unknown): void {
    this.kept.set(key, { value, age: this.asked.get(key) ?? this.age });
    this.asked.delete(key);
  }
}

const startsKey = "starts";
const sequenceKey = (start: string, steps: number): string => `sequence ${steps} ${start}`;
const crashKey = (key: string): string => `crash ${key}`;
