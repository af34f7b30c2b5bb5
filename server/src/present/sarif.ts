/** `check --format sarif`: SARIF 2.1.0 (docs.oasis-open.org/sarif/sarif/v2.1.0), as code scanning services read it. Pure. */
import type { Finding, RuleMetadata, Severity } from "../model/finding.ts";
import { findingKey, printFindingKey } from "../model/finding-key.ts";
import type { Place } from "../model/topology.ts";
import type { Places } from "./places.ts";

const levels: Record<Severity, "error" | "warning" | "note"> = { error: "error", warning: "warning", info: "note", hint: "note" };

export interface SarifTool {
  readonly version: string;
  readonly rules: readonly RuleMetadata[];
}

/** Plain data for `JSON.stringify`. Evidence becomes related locations. */
export function sarif(findings: readonly Finding[], places: Places, { version, rules }: SarifTool): object {
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "Process Topology",
            semanticVersion: version,
            rules: rules.map(({ id, title, severity, stage }) => ({
              id,
              name: id.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase()),
              shortDescription: { text: title },
              defaultConfiguration: { level: levels[severity] },
              properties: { stage },
            })),
          },
        },
        columnKind: "utf16CodeUnits",
        originalUriBaseIds: { SRCROOT: { description: { text: "The folder that paths are relative to." } } },
        results: findings.map((finding) => ({
          ruleId: finding.rule,
          ruleIndex: rules.findIndex(({ id }) => id === finding.rule),
          level: levels[finding.severity],
          message: { text: finding.message },
          locations: [physical(finding.place, places)],
          relatedLocations: finding.evidence.map(({ message, place }, id) => ({
            id,
            ...physical(place, places),
            message: { text: message },
          })),
          partialFingerprints: { "processTopology/v1": printFindingKey(findingKey(finding)) },
          properties: { variant: finding.variant, certainty: finding.certainty, process: finding.process, fix: finding.fix },
        })),
      },
    ],
  };
}

function physical(place: Place, places: Places): { physicalLocation: object } {
  const { file, line, column, endLine, endColumn } = places.locate(place);
  return {
    physicalLocation: {
      artifactLocation: { uri: file.split("/").map(encodeURIComponent).join("/"), uriBaseId: "SRCROOT" },
      region: { startLine: line, startColumn: column, endLine, endColumn },
    },
  };
}
