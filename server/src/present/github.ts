/** `check --format github`: workflow commands that show findings as annotations on a pull request. Pure. */
import type { Finding, Severity } from "../model/finding.ts";
import type { Places } from "./places.ts";

const commands: Record<Severity, "error" | "warning" | "notice"> = { error: "error", warning: "warning", info: "notice", hint: "notice" };

/** One line a finding, each ended by a line break. */
export function github(findings: readonly Finding[], places: Places): string {
  return findings
    .map((finding) => {
      const { file, line, column, endLine, endColumn } = places.locate(finding.place);
      const title = finding.variant === null ? finding.rule : `${finding.rule} (${finding.variant})`;
      const properties = { file, line, endLine, ...(line === endLine ? { col: column, endColumn } : {}), title };
      const list = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
      const evidence = finding.evidence.map(({ message, place }) => {
        const at = places.locate(place);
        return `\n${at.file}:${at.line} ${message}`;
      });
      return `::${commands[finding.severity]} ${list.join(",")}::${escapeData(finding.message + evidence.join(""))}\n`;
    })
    .join("");
}

// Escapes of actions/toolkit, packages/core/src/command.ts.
function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
