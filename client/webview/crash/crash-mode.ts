/** The mode "what if this crashes?": which crash is played, and which of its steps is shown. It lies over the Supervision view. */
import { mayCrash } from "../../../server/src/protocol/roles.ts";
import type { Answers } from "../answers.ts";
import type { DrawWish } from "../drawing-queue.ts";
import { isActive, noFilter } from "../filter.ts";
import type { CrashActions } from "../frame/crash-player.ts";
import type { Model } from "../model.ts";
import type { ViewState } from "../state.ts";
import { t } from "../text.ts";
import { Player, wantsStillness } from "./player.ts";

/** What the mode needs of the page. */
export interface CrashStage {
  readonly state: ViewState;
  readonly answers: Answers;
  model(): Model | null;
  /** Whether somebody can tell what a crash of the node does. */
  knows(key: string): boolean;
  /** Says a sentence for some seconds. */
  say(text: string): void;
  draw(wish: Partial<DrawWish>): void;
  /** Another step is shown, or another crash is played: marks, details, bar and legend follow. */
  changed(): void;
  focusBar(): void;
}

export class CrashMode implements CrashActions {
  private readonly stage: CrashStage;
  private readonly player = new Player(() => this.next());
  /** Begins as soon as the steps are known: by itself, or at rest. */
  private begins: "playing" | "still" | null = null;

  constructor(stage: CrashStage) {
    this.stage = stage;
  }

  get isOn(): boolean {
    return this.stage.state.crash !== null;
  }

  get isPlaying(): boolean {
    return this.player.isPlaying || this.begins === "playing";
  }

  /** Plays the crash of a node, from its first step on; null, and what is no process, is let be. */
  start(key: string | null): void {
    const { state, answers } = this.stage;
    const node = key === null ? undefined : this.stage.model()?.nodes.get(key);
    if (key === null || node === undefined || !mayCrash(node) || !this.stage.knows(key)) return;
    this.player.pause();
    // What it touches is shown, whatever was asked for before.
    if (isActive(state.filter)) this.stage.say(t("The filter is cleared, to show what was asked for."));
    state.filter = noFilter;
    Object.assign(state, { view: "supervision", selected: key, crash: { key, step: 0 } });
    this.begins = wantsStillness() ? "still" : "playing";
    if (answers.crash(key) === undefined) this.stage.draw({ anchor: key });
    else this.came(key);
    this.stage.changed();
    this.stage.focusBar();
  }

  /** The host has answered: what it touches is drawn, and the clock begins. */
  came(key: string): void {
    const { state } = this.stage;
    if (state.crash?.key !== key) return;
    if (this.begins === "playing" && this.count() > 1) this.player.play();
    const isNew = this.begins !== null;
    this.stage.draw({ anchor: key, fit: isNew, reveal: isNew });
    this.begins = null;
    this.stage.changed();
  }

  step(index: number): void {
    this.halt();
    this.goTo(index);
  }

  /** From the end it begins anew. */
  togglePlay(): void {
    if (this.isPlaying) {
      this.halt();
      return this.stage.changed();
    }
    const { state } = this.stage;
    if (state.crash !== null && state.crash.step >= this.count() - 1) this.goTo(0);
    this.player.play();
    this.stage.changed();
  }

  leave(): void {
    const { state } = this.stage;
    if (state.crash === null) return;
    const { key } = state.crash;
    this.halt();
    state.crash = null;
    this.stage.changed();
    this.stage.draw({ anchor: key, focus: true });
  }

  /** Another view is shown, or the process is gone: nothing is played any more. */
  halt(): void {
    this.begins = null;
    this.player.pause();
  }

  private goTo(index: number): void {
    const { state } = this.stage;
    if (state.crash === null) return;
    state.crash = { key: state.crash.key, step: Math.max(0, Math.min(index, this.count() - 1)) };
    this.stage.changed();
  }

  private next(): boolean {
    const { state } = this.stage;
    if (state.crash === null) return false;
    this.goTo(state.crash.step + 1);
    const goesOn = state.crash.step < this.count() - 1;
    // The bar's button is of a player that has stopped by itself.
    if (!goesOn) queueMicrotask(() => this.stage.changed());
    return goesOn;
  }

  private count(): number {
    const { state, answers } = this.stage;
    return state.crash === null ? 0 : (answers.crash(state.crash.key)?.steps.length ?? 0);
  }
}
