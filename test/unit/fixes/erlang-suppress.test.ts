import assert from "node:assert/strict";
import { test } from "node:test";
import { engine } from "../../../server/src/analysis/engine.ts";
import { outcomesOf } from "../../support/fix-pages.ts";
import { analyzeBlock } from "../../support/rule-pages.ts";

const path = "src/ear.erl";
const source = `-module(ear).
-export([go/0]).
-export([listen/0]).
go() ->
    spawn(fun listen/0).
listen() ->
    receive stop -> ok; _ -> listen() end.
`;

test("a comment above the line allows a finding", () => {
  const outcomes = outcomesOf("suppress", { [path]: source }, engine);
  assert.deepEqual([...outcomes.keys()], ["Allow unsupervised-process here"]);
  const after = outcomes.get("Allow unsupervised-process here")?.get(path) ?? "";
  assert.equal(after, source.replace("    spawn", "    %% process-topology: allow unsupervised-process -- why\n    spawn"));
  const { findings } = analyzeBlock({ files: [{ path, text: after }] }, engine);
  assert.deepEqual(findings, []);
});

test("there is none between the lines of a string", () => {
  const inString = source.replace("spawn(", '_ = "two\n    lines", spawn(');
  assert.deepEqual([...outcomesOf("suppress", { [path]: inString }, engine).keys()], []);
});
