/** Which findings come first where several are listed. Pure. */
import type { PanelFinding } from "./panel.ts";

type Grave = Pick<PanelFinding, "severity">;

const severities: readonly PanelFinding["severity"][] = ["error", "warning", "info", "hint"];

/** The gravest of the findings' severities, or null without findings. */
export function gravest(findings: readonly Grave[]): PanelFinding["severity"] | null {
  return severities.find((severity) => findings.some((finding) => finding.severity === severity)) ?? null;
}

/** Errors, warnings, infos, hints; those of one severity stay in their order. */
export function gravestFirst<T extends Grave>(findings: readonly T[]): T[] {
  return [...findings].sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
}
