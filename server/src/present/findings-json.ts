/** `check --format json`, schema `process-topology/findings@1`. Pure. Fields are added, never renamed or taken away, within a version. */
import type { Finding } from "../model/finding.ts";
import type { Places } from "./places.ts";

export interface FindingsSummary {
  readonly files: number;
  readonly bytes: number;
  readonly definitions: number;
  readonly processes: number;
  readonly milliseconds: number;
}

/** Plain data for `JSON.stringify`. `print` gives a module's name as its language writes it. */
export function findingsJson(
  findings: readonly Finding[],
  places: Places,
  summary: FindingsSummary,
  print: (atom: string) => string,
): object {
  return {
    schema: "process-topology/findings@1",
    findings: findings.map((finding) => {
      const { file, line, column, endLine, endColumn } = places.locate(finding.place);
      return {
        rule: finding.rule,
        variant: finding.variant,
        severity: finding.severity,
        certainty: finding.certainty,
        message: finding.message,
        process: finding.process === null ? null : print(finding.process),
        file,
        line,
        column,
        endLine,
        endColumn,
        evidence: finding.evidence.map(({ message, place }) => {
          const at = places.locate(place);
          return { message, file: at.file, line: at.line };
        }),
        fix: finding.fix,
      };
    }),
    summary,
  };
}
