import assert from "node:assert/strict";
import { test } from "node:test";
import { offsetAt, resolveRange } from "../../../server/src/analysis/places.ts";

// "ab\ncdé\n" and an empty last line.
const lines = { path: "a.ex", lineStarts: Int32Array.of(0, 3, 7), length: 7 };

test("offsets become lines and columns from 1, clamped to the file", () => {
  assert.deepEqual(resolveRange(lines, 1, 5), { file: "a.ex", line: 1, column: 2, endLine: 2, endColumn: 3 });
  assert.deepEqual(resolveRange(lines, 7, 99), { file: "a.ex", line: 3, column: 1, endLine: 3, endColumn: 1 });
  assert.deepEqual(resolveRange(lines, -4, -9), { file: "a.ex", line: 1, column: 1, endLine: 1, endColumn: 1 });
});

test("positions from 0 become offsets, clamped to the line and the file", () => {
  assert.deepEqual([offsetAt(lines, 0, 0), offsetAt(lines, 1, 2), offsetAt(lines, 0, 50), offsetAt(lines, 9, 0)], [0, 5, 3, 7]);
  assert.deepEqual([offsetAt(lines, -1, 0), offsetAt(lines, 1, -3)], [0, 3]);
});
