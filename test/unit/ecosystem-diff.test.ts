import assert from "node:assert/strict";
import { test } from "node:test";
import { type CountedFinding, diffFindings } from "../ecosystem/diff.ts";

const finding = (hash: string, rule = "call-cycle"): CountedFinding => ({ rule, severity: "warning", hash, text: `lib/${hash}.ex:1  why` });

test("what came is told in full, what went by hash; what is stored holds counts and hashes alone", () => {
  const first = diffFindings(undefined, [finding("b"), finding("a")], "c1");
  assert.deepEqual(first.lines, ["warning call-cycle: 0 → 2", "+ b  lib/b.ex:1  why", "+ a  lib/a.ex:1  why"]);
  assert.deepEqual(first.store, { commit: "c1", findings: { "warning call-cycle": { count: 2, hashes: ["a", "b"] } } });
  assert.deepEqual(diffFindings(first.store, [finding("a"), finding("b")], "c1").lines, []);
  const { lines } = diffFindings(first.store, [finding("b"), finding("x", "unsupervised-process")], "c1");
  assert.deepEqual(lines, ["warning call-cycle: 2 → 1", "- a", "warning unsupervised-process: 0 → 1", "+ x  lib/x.ex:1  why"]);
});

test("at another commit everything is new", () => {
  const { store } = diffFindings(undefined, [finding("a")], "c1");
  assert.deepEqual(diffFindings(store, [finding("a")], "c2").lines, ["warning call-cycle: 0 → 1", "+ a  lib/a.ex:1  why"]);
});
