/** Findings and the metadata of rules. Pure data. */
import type { Language } from "./facts.ts";
import type { Certainty, Evidence, Place } from "./topology.ts";

export type Severity = "error" | "warning" | "info" | "hint";

export interface Finding {
  readonly rule: string;
  /** The variant of the rule (`stateless`, `serialized-io`), or null for a rule without variants. */
  readonly variant: string | null;
  readonly severity: Severity;
  readonly certainty: Certainty;
  /** What · why · what to do, in plain sentences. */
  readonly message: string;
  /** The module of the process that it is about, as a BEAM atom, or null. */
  readonly process: string | null;
  readonly place: Place;
  readonly evidence: readonly Evidence[];
  /** What to do, in one sentence. */
  readonly fix: string;
}

/** The questions that rules are about, in the order in which the documentation lists them. */
export const ruleCategories = [
  { id: "process", title: "Should this be a process?" },
  { id: "failing", title: "Failing separately" },
  { id: "waiting", title: "Waiting" },
  { id: "messages", title: "Messages" },
  { id: "virtual-actors", title: "Virtual actors" },
] as const;

export type RuleCategory = (typeof ruleCategories)[number]["id"];

export interface RuleMetadata {
  /** Names the bad pattern; is the file name, the page's name and the settings key. */
  readonly id: string;
  readonly title: string;
  readonly category: RuleCategory;
  readonly languages: readonly Language[];
  readonly variants: readonly string[];
  readonly severity: Severity;
  /** `typing`: cheap enough for each keystroke; `save`: only when a file is saved. */
  readonly cost: "typing" | "save";
  /** A rule in preview is off until a severity is set for it. */
  readonly stage: "preview" | "stable";
  /** Whether it speaks in test files. */
  readonly inTests: boolean;
}
