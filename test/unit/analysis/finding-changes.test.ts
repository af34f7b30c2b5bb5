import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { compareFindings } from "../../../server/src/analysis/finding-changes.ts";
import type { Finding } from "../../../server/src/model/finding.ts";
import { place, sampleFinding } from "../../support/sample.ts";

const at = (file: string, fields: Partial<Finding> = {}): Finding => ({ ...sampleFinding, place: place(file, 4), ...fields });

function compare(before: readonly Finding[], after: readonly Finding[], gone: readonly string[] = []): [number, number] {
  const { added, fixed } = compareFindings(before, after, (file) => gone.includes(file));
  return [added.length, fixed.length];
}

describe("findings before and after a change", () => {
  test("code that moves within its file brings nothing", () => {
    assert.deepEqual(compare([at("a.ex")], [at("a.ex", { place: place("a.ex", 90) })]), [0, 0]);
  });

  test("one more of the same kind is new, one less is fixed", () => {
    assert.deepEqual(compare([at("a.ex")], [at("a.ex"), at("a.ex")]), [1, 0]);
    assert.deepEqual(compare([at("a.ex"), at("a.ex")], [at("a.ex")]), [0, 1]);
  });

  test("a process that another file defines now is the same", () => {
    assert.deepEqual(compare([at("a.ex")], [at("b.ex")]), [0, 0]);
  });

  test("what is about no process is the same in another file only where its own is gone", () => {
    const [before, after] = [at("a.ex", { process: null }), at("b.ex", { process: null })];
    assert.deepEqual(compare([before], [after]), [1, 1]);
    assert.deepEqual(compare([before], [after], ["a.ex"]), [0, 0]);
  });

  test("another process, rule or variant is another finding", () => {
    for (const fields of [{ process: "Elixir.Other" }, { rule: "call-cycle" }, { variant: "serialized-io" }]) {
      assert.deepEqual(compare([at("a.ex")], [at("a.ex", fields)]), [1, 1]);
    }
  });
});
