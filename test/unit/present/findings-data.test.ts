import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { findingsJson } from "../../../server/src/present/findings-json.ts";
import { github } from "../../../server/src/present/github.ts";
import { sarif } from "../../../server/src/present/sarif.ts";
import { sampleFinding, samplePlaces } from "../../support/sample.ts";

const summary = { files: 2, bytes: 180, definitions: 1, processes: 3, milliseconds: 4 };
const rule = {
  id: "singleton-bottleneck",
  title: "One process that many wait for",
  category: "process" as const,
  languages: ["elixir" as const],
  variants: ["serialized-reads"],
  severity: "warning" as const,
  cost: "typing" as const,
  stage: "preview" as const,
  inTests: false,
};

describe("findings as data", () => {
  test("json is the documented shape, key by key", () => {
    assert.deepEqual(
      findingsJson([sampleFinding], samplePlaces, summary, (atom) => atom.replace("Elixir.", "")),
      {
        schema: "process-topology/findings@1",
        findings: [
          {
            rule: "singleton-bottleneck",
            variant: "serialized-reads",
            severity: "warning",
            certainty: "certain",
            message: sampleFinding.message,
            process: "Shop.Cache",
            file: "lib/cache.ex",
            line: 4,
            column: 7,
            endLine: 4,
            endColumn: 12,
            evidence: [{ message: "Shop.Web.show/1 waits for it in each request", file: "lib/web.ex", line: 2 }],
            fix: sampleFinding.fix,
          },
        ],
        summary,
      },
    );
  });

  test("sarif has the rule, the place, and the evidence as related locations", () => {
    const { version, runs } = sarif([sampleFinding], samplePlaces, { version: "1.2.3", rules: [rule] }) as {
      version: string;
      runs: { tool: { driver: { rules: { id: string; name: string }[] } }; results: Record<string, unknown>[] }[];
    };
    assert.equal(version, "2.1.0");
    assert.deepEqual(
      runs[0]?.tool.driver.rules.map(({ id, name }) => [id, name]),
      [["singleton-bottleneck", "SingletonBottleneck"]],
    );
    const result = runs[0]?.results[0] as {
      ruleIndex: number;
      level: string;
      locations: unknown[];
      relatedLocations: { id: number; message: object; physicalLocation: { region: { startLine: number } } }[];
      partialFingerprints: Record<string, string>;
    };
    assert.equal(result.ruleIndex, 0);
    assert.equal(result.level, "warning");
    assert.deepEqual(result.locations, [
      {
        physicalLocation: {
          artifactLocation: { uri: "lib/cache.ex", uriBaseId: "SRCROOT" },
          region: { startLine: 4, startColumn: 7, endLine: 4, endColumn: 12 },
        },
      },
    ]);
    assert.equal(result.relatedLocations[0]?.physicalLocation.region.startLine, 2);
    assert.deepEqual(result.partialFingerprints, {
      "processTopology/v1": "singleton-bottleneck|serialized-reads|Elixir.Shop.Cache|lib/cache.ex|",
    });
  });

  test("sarif encodes paths as URIs", () => {
    const spaced = { ...sampleFinding, place: { ...sampleFinding.place, file: "lib/my shop/ü.ex" } };
    assert.match(JSON.stringify(sarif([spaced], samplePlaces, { version: "1", rules: [rule] })), /"uri":"lib\/my%20shop\/%C3%BC\.ex"/);
  });

  test("github escapes what would end the command", () => {
    const hostile = { ...sampleFinding, message: "100%\n::error::x", place: { ...sampleFinding.place, file: "lib/a,b:c.ex" } };
    assert.equal(
      github([hostile], samplePlaces),
      "::warning file=lib/a%2Cb%3Ac.ex,line=4,endLine=4,col=7,endColumn=12,title=singleton-bottleneck (serialized-reads)::100%25%0A::error::x%0Alib/web.ex:2 Shop.Web.show/1 waits for it in each request\n",
    );
  });
});
