/** Changes to source that answer a finding, or rewrite what stands at a place. Pure data. */
import type { Finding } from "./finding.ts";

/** UTF-16 offsets, `end` exclusive. Edits of one file do not overlap, and all count in the text before the first of them. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Part of `text` that is meant to be overwritten by whoever asked for the fix; an editor may select it. */
  readonly placeholder?: string;
}

export interface FileEdits {
  /** Relative to the workspace folder, with `/`. */
  readonly file: string;
  readonly edits: readonly TextEdit[];
}

export interface Fix {
  /** What is done, the same for every place: the name of its file (`reply-later`). */
  readonly id: string;
  /** What it does here, in the imperative; unique among the fixes of one place. */
  readonly title: string;
  /** The finding that it answers, or null where it is offered for the code alone. */
  readonly finding: Finding | null;
  /** The one that a reader would most likely want, where there are several for a finding. */
  readonly preferred: boolean;
  readonly files: readonly FileEdits[];
}
