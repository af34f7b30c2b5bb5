/** One drawing at a time; wishes that come meanwhile are put together, and the newest state is drawn. */
export interface DrawWish {
  /** Stays where it is on the screen. */
  readonly anchor: string | null;
  /** Show the whole drawing afterwards. */
  readonly fit: boolean;
  /** Bring the selected node into sight afterwards. */
  readonly reveal: boolean;
  /** Give the focus to the selected node, or the first. */
  readonly focus: boolean;
}

export class DrawingQueue {
  private readonly draw: (wish: DrawWish) => Promise<void>;
  private readonly failed: (error: unknown) => void;
  private wish: DrawWish | null = null;
  private busy = false;
  /** Over when the drawings that are under way are. */
  private rest: Promise<void> = Promise.resolve();

  constructor(draw: (wish: DrawWish) => Promise<void>, failed: (error: unknown) => void) {
    this.draw = draw;
    this.failed = failed;
  }

  ask(wish: Partial<DrawWish>): void {
    const { fit = false, reveal = false, focus = false } = this.wish ?? {};
    this.wish = {
      anchor: wish.anchor ?? null,
      fit: fit || wish.fit === true,
      reveal: reveal || wish.reveal === true,
      focus: focus || wish.focus === true,
    };
    if (!this.busy) this.begin();
  }

  /** Does something else with Mermaid, between drawings. Rejects as `work` does. */
  async alone<T>(work: () => Promise<T>): Promise<T> {
    while (this.busy) await this.rest;
    this.busy = true;
    try {
      return await work();
    } finally {
      this.busy = false;
      if (this.wish !== null) this.begin();
    }
  }

  private begin(): void {
    this.rest = this.work();
  }

  private async work(): Promise<void> {
    this.busy = true;
    for (let wish = this.wish; wish !== null; wish = this.wish) {
      this.wish = null;
      try {
        await this.draw(wish);
      } catch (error) {
        this.failed(error);
      }
    }
    this.busy = false;
  }
}
