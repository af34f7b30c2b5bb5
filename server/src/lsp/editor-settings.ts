/** The settings section `processTopology` as the editor sends it, with checked values. */
import type { Configuration } from "../analysis/configuration-file.ts";
import { readSettings } from "../analysis/settings.ts";
import type { HintLevel } from "../present/execution-hints.ts";
import type { SendersLevel } from "../present/senders-lens.ts";

export interface EditorSettings extends Configuration {
  readonly codeLens: boolean;
  readonly sendersLens: SendersLevel;
  readonly hover: boolean;
  /** Go to Definition on a call of a client function goes to the clauses that handle its messages, too. */
  readonly definitionOfClientCalls: boolean;
  readonly executionContext: HintLevel;
  readonly diagnostics: "workspace" | "openFiles" | "off";
}

export function readEditorSettings(value: unknown): EditorSettings {
  const given = asRecord(value);
  const scope = asRecord(given.diagnostics).scope;
  const { senders } = asRecord(given.codeLens);
  const level = asRecord(given.inlayHints).executionContext;
  return {
    ...readSettings(given),
    codeLens: asRecord(given.codeLens).enabled !== false,
    sendersLens: senders === "off" || senders === "clauses" ? senders : "callbacks",
    hover: asRecord(given.hover).enabled !== false,
    definitionOfClientCalls: asRecord(given.definition).clientCalls !== false,
    executionContext: level === "off" || level === "full" ? level : "minimal",
    diagnostics: scope === "openFiles" || scope === "off" ? scope : "workspace",
    baseline: typeof given.baseline === "string" ? given.baseline : "",
  };
}

function asRecord(value: unknown): { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as { readonly [key: string]: unknown }) : {};
}
