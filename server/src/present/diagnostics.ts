/** Findings as an editor shows them, by file. Pure: plain data, which `lsp/to-lsp.ts` gives the protocol's form. */
import type { Finding } from "../model/finding.ts";
import type { EditorSource } from "./editor-source.ts";
import type { Location } from "./places.ts";

export interface FindingDiagnostic {
  readonly rule: string;
  readonly page: string | null;
  readonly severity: Finding["severity"];
  readonly message: string;
  /** At most the first line of what is meant: nobody wants a whole module underlined. */
  readonly location: Location;
  readonly evidence: readonly { readonly message: string; readonly location: Location }[];
  readonly data: {
    readonly rule: string;
    readonly variant: string | null;
    readonly certainty: Finding["certainty"];
    readonly process: string | null;
    readonly fix: string;
  };
}

/** Evidence beyond this many is left to the hover. */
const evidenceLimit = 20;

export function diagnosticsByFile(source: EditorSource): Map<string, FindingDiagnostic[]> {
  const files = new Map<string, FindingDiagnostic[]>();
  for (const finding of source.findings) {
    const list = files.get(finding.place.file) ?? [];
    files.set(finding.place.file, list);
    list.push(diagnosticOf(finding, source));
  }
  return files;
}

function diagnosticOf(finding: Finding, source: EditorSource): FindingDiagnostic {
  const { rule, variant, certainty, process, fix, severity } = finding;
  const evidence = finding.evidence.filter(({ place }) => source.hrefOf(place) !== null).slice(0, evidenceLimit);
  return {
    rule,
    page: source.rulePage(rule),
    severity,
    message: certainty === "certain" ? finding.message : `${finding.message} (${certainty === "probable" ? "probable" : "uncertain"})`,
    location: firstLine(source.locate(finding.place), source),
    evidence: evidence.map(({ message, place }) => ({ message, location: firstLine(source.locate(place), source) })),
    data: { rule, variant, certainty, process: process === null ? null : source.print(process), fix },
  };
}

function firstLine(location: Location, source: EditorSource): Location {
  if (location.endLine === location.line) return location;
  const text = source.line(location.file, location.line) ?? "";
  return { ...location, endLine: location.line, endColumn: Math.max(location.column, text.trimEnd().length + 1) };
}
