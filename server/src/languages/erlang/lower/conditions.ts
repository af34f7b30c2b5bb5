/**
 * Which branches of `-ifdef` and its like count. Both are read; where both define the same thing, the branch of an ordinary build wins: a macro
 * that the file itself defines is defined, others (`TEST`, `DEBUG`) are not; of `-if` the first branch.
 */
import type { ConditionForm } from "../ast.ts";

export class Conditions {
  private readonly defined = new Set<string>();
  /** Whether the branch that is open counts, and whether one of its siblings already did. */
  private readonly open: { counts: boolean; taken: boolean }[] = [];

  /** Whether a form that stands here belongs to an ordinary build. */
  get counts(): boolean {
    return this.open.every(({ counts }) => counts);
  }

  define(name: string): void {
    if (this.counts) this.defined.add(name);
  }

  enter({ directive, name }: ConditionForm): void {
    const top = this.open.at(-1);
    switch (directive) {
      case "ifdef":
      case "ifndef": {
        const counts = this.defined.has(name ?? "") === (directive === "ifdef");
        this.open.push({ counts, taken: counts });
        return;
      }
      case "if":
        this.open.push({ counts: true, taken: true });
        return;
      case "elif":
      case "else":
        if (!top) return;
        top.counts = !top.taken;
        top.taken = true;
        return;
      case "endif":
        this.open.pop();
        return;
      case "undef":
        if (this.counts) this.defined.delete(name ?? "");
    }
  }
}
