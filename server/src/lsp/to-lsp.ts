/** From the presentations' plain data to the protocol's. */
import { type Diagnostic, DiagnosticSeverity, type Range } from "vscode-languageserver";
import type { ConfigurationProblem } from "../analysis/configuration-reader.ts";
import type { FindingDiagnostic } from "../present/diagnostics.ts";
import type { Location } from "../present/places.ts";

export const diagnosticSource = "process-topology";

/** The protocol counts from 0. */
export function toRange({ line, column, endLine, endColumn }: Location): Range {
  return { start: { line: line - 1, character: column - 1 }, end: { line: endLine - 1, character: endColumn - 1 } };
}

/** What is wrong with the project's configuration file is an error: that part of it does not hold. */
export function toConfigurationDiagnostic(problem: ConfigurationProblem): Diagnostic {
  const { message } = problem;
  return { range: toRange(problem), severity: DiagnosticSeverity.Error, source: diagnosticSource, code: "configuration", message };
}

const severities = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
} as const;

/** `uriOf` gives the URI of a file of the finding's folder. */
export function toDiagnostic(diagnostic: FindingDiagnostic, uriOf: (file: string) => string): Diagnostic {
  return {
    range: toRange(diagnostic.location),
    severity: severities[diagnostic.severity],
    source: diagnosticSource,
    code: diagnostic.rule,
    ...(diagnostic.page === null ? {} : { codeDescription: { href: diagnostic.page } }),
    message: diagnostic.message,
    relatedInformation: diagnostic.evidence.map(({ message, location }) => ({
      message,
      location: { uri: uriOf(location.file), range: toRange(location) },
    })),
    data: diagnostic.data,
  };
}
