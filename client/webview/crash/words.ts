/** The words, signs and order of what a crash does to processes: in the words of those who use what made them. */
import type { CrashFate, CrashRules } from "../../../server/src/protocol/crash.ts";
import type { IconName } from "../icons.ts";
import { t } from "../text.ts";

export interface FateWords {
  /** On the node. */
  readonly short: string;
  /** In the legend. */
  readonly long: string;
}

/** In the order in which they happen. */
export const fateIcons: readonly (readonly [CrashFate, IconName])[] = [
  ["crashes", "crash"],
  ["exits", "exit"],
  ["waits", "cost"],
  ["falls", "unattached"],
  ["takes", "supervisor"],
  ["stops", "stop"],
  ["continues", "check"],
  ["starts", "restart"],
  ["ends", "close"],
];

export function fateIcon(fate: CrashFate): IconName {
  return fateIcons.find(([own]) => own === fate)?.[1] ?? "crash";
}

/** OTP's, which hold where others have none of their own. */
const otp: Readonly<Record<CrashFate, FateWords>> = {
  crashes: { short: t("crashes"), long: t("crashes") },
  exits: { short: t("call exits"), long: t("its call exits") },
  waits: { short: t("waits"), long: t("its call waits") },
  falls: { short: t("falls too"), long: t("linked: falls too") },
  takes: { short: t("takes the error"), long: t("takes the error") },
  stops: { short: t("stopped"), long: t("stopped with it") },
  continues: { short: t("goes on"), long: t("goes on as it was") },
  starts: { short: t("starts again"), long: t("starts again") },
  ends: { short: t("ends"), long: t("ends for good") },
};

const callFails: FateWords = { short: t("call fails"), long: t("its call fails") };
const throwing: FateWords = { short: t("throws"), long: t("throws an error") };

const words: Readonly<Record<CrashRules, Partial<Record<CrashFate, FateWords>>>> = {
  otp: {},
  errors: {
    stops: { short: t("stopped"), long: t("stopped by its parent") },
    continues: { short: t("goes on"), long: t("not stopped, goes on") },
    ends: { short: t("ends too"), long: t("ends with the error") },
  },
  policies: {
    exits: { short: t("query fails"), long: t("its query fails") },
    takes: { short: t("decides"), long: t("its policy decides") },
    starts: { short: t("starts over"), long: t("starts over") },
    ends: { short: t("stops"), long: t("stops for good") },
  },
  calls: {
    crashes: throwing,
    exits: callFails,
    starts: { short: t("starts again"), long: t("starts again when asked") },
  },
  retries: { crashes: throwing, starts: { short: t("runs again"), long: t("runs again") } },
  threads: { crashes: throwing, exits: callFails },
};

export function fateWords(fate: CrashFate, rules: CrashRules): FateWords {
  return words[rules][fate] ?? otp[fate];
}

/** What carries a crash to others. */
export const waysOf: Readonly<Record<CrashRules, string>> = {
  otp: t("by strategies, links, calls and the supervisors' limits"),
  errors: t("by errors, which parents take or end with"),
  policies: t("by policies for crashes, and by queries"),
  calls: t("by the calls that it answers"),
  retries: t("by the calls that it answers"),
  threads: t("by the event of its error, and by calls"),
};
