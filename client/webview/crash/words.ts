/** The words, signs and order of what a crash does to processes. */
import type { CrashFate } from "../../../server/src/protocol/crash.ts";
import type { IconName } from "../icons.ts";
import { t } from "../text.ts";

export interface FateWords {
  readonly fate: CrashFate;
  readonly icon: IconName;
  /** On the node. */
  readonly short: string;
  /** In the legend. */
  readonly long: string;
}

/** In the order in which they happen. */
export const fateWords: readonly FateWords[] = [
  { fate: "crashes", icon: "crash", short: t("crashes"), long: t("crashes") },
  { fate: "exits", icon: "exit", short: t("call exits"), long: t("its call exits") },
  { fate: "falls", icon: "unattached", short: t("falls too"), long: t("linked: falls too") },
  { fate: "stops", icon: "stop", short: t("stopped"), long: t("stopped with it") },
  { fate: "starts", icon: "restart", short: t("starts again"), long: t("starts again") },
  { fate: "ends", icon: "close", short: t("ends"), long: t("ends for good") },
];

export function wordsOf(fate: CrashFate): FateWords {
  return fateWords.find((words) => words.fate === fate) ?? fateWords[0]!;
}
