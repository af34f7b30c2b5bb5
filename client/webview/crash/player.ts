/** Plays a crash: one step after the other, by a clock of its own or by hand. Knows the steps' number, not what they mean. */

/** Long enough to read a step. */
const eachStep = 3_200;

export class Player {
  private timer = 0;
  private readonly stepped: () => boolean;

  /** `stepped` goes one step on, and tells whether there is another one. */
  constructor(stepped: () => boolean) {
    this.stepped = stepped;
  }

  get isPlaying(): boolean {
    return this.timer !== 0;
  }

  play(): void {
    this.pause();
    this.timer = window.setTimeout(() => {
      this.timer = 0;
      if (this.stepped()) this.play();
    }, eachStep);
  }

  pause(): void {
    clearTimeout(this.timer);
    this.timer = 0;
  }
}

/** Whether nothing should move by itself: the system says so, or the editor. */
export function wantsStillness(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches || document.body.classList.contains("vscode-reduce-motion");
}
