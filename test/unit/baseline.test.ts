import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { parseBaseline, withoutBaseline, writeBaseline } from "../../server/src/analysis/baseline.ts";
import { place, sampleFinding } from "../support/sample.ts";

function read(text: string): ReturnType<typeof parseBaseline> & object {
  const entries = parseBaseline(text);
  assert.ok(typeof entries !== "string", String(entries));
  return entries;
}

describe("the baseline file", () => {
  test("knows a finding whose code has moved", () => {
    const baseline = read(writeBaseline([sampleFinding]));
    const moved = {
      ...sampleFinding,
      place: place("lib/cache.ex", 90, 3),
      message: "`Shop.Cache` hands out data to 15 callers one at a time.",
    };
    assert.deepEqual(withoutBaseline([moved], baseline), []);
  });

  test("does not know another process, variant, rule or file", () => {
    const baseline = read(writeBaseline([sampleFinding]));
    const others = [
      { ...sampleFinding, process: "Elixir.Shop.Other" },
      { ...sampleFinding, variant: "serialized-io" },
      { ...sampleFinding, rule: "process-as-object" },
      { ...sampleFinding, place: place("lib/other.ex", 4) },
    ];
    assert.deepEqual(withoutBaseline(others, baseline), others);
  });

  test("counts: one more of the same is reported", () => {
    const baseline = read(writeBaseline([sampleFinding]));
    assert.deepEqual(withoutBaseline([sampleFinding, sampleFinding], baseline), [sampleFinding]);
  });

  test("a finding without a process is known by its message, whatever its numbers", () => {
    const bare = { ...sampleFinding, process: null, message: "A loop is spawned at line 12." };
    const baseline = read(writeBaseline([bare]));
    assert.deepEqual(withoutBaseline([{ ...bare, message: "A loop is spawned at line 40." }], baseline), []);
    assert.equal(withoutBaseline([{ ...bare, message: "A task is spawned at line 12." }], baseline).length, 1);
  });

  test("is sorted, one entry a line, and the same for the same findings", () => {
    const two = [sampleFinding, { ...sampleFinding, rule: "call-cycle" }];
    assert.equal(writeBaseline(two), writeBaseline([...two].reverse()));
    assert.equal(
      writeBaseline(two)
        .split("\n")
        .filter((line) => line.includes('"rule"')).length,
      2,
    );
    assert.deepEqual(read(writeBaseline([])), []);
  });

  test("says what is wrong with a file that is none", () => {
    assert.equal(parseBaseline("{"), "is not JSON");
    assert.match(String(parseBaseline("null")), /is not a baseline file/);
    assert.match(String(parseBaseline('{"schema":"process-topology/baseline@1","findings":[{"rule":1}]}')), /not a baseline entry/);
  });
});
