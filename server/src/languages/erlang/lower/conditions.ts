/**
 * Which branches of `-ifdef` and its like count. Both are read; where both define the same thing, the branch of an ordinary build wins: a macro
 * that the file itself defines is defined, others (`TEST`, `DEBUG`) are not; of `-if` the first branch.
 */
import type { ConditionForm } from "../ast.ts";

/** Macros that builds for tests define: rebar3's, eunit's, and those of PropEr and QuickCheck by custom. Source: rebar3.org/docs/configuration/profiles. */
const forTests = /^(TEST|EUNIT|PROPER|EQC|PROPTEST|COMMON_TEST)$/;

export class Conditions {
  private readonly defined = new Set<string>();
  /** Whether the branch that is open counts, and whether one of its siblings already did. */
  private readonly open: { counts: boolean; taken: boolean; tests: boolean }[] = [];

  /** Whether a form that stands here belongs to an ordinary build. */
  get counts(): boolean {
    return this.open.every(({ counts }) => counts);
  }

  /** Whether a form that stands here belongs to builds for tests alone. */
  get tests(): boolean {
    return this.open.some(({ tests }) => tests);
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
        this.open.push({ counts, taken: counts, tests: !counts && directive === "ifdef" && forTests.test(name ?? "") });
        return;
      }
      case "if":
        this.open.push({ counts: true, taken: true, tests: false });
        return;
      case "elif":
      case "else":
        if (!top) return;
        top.counts = !top.taken;
        top.tests = false;
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
