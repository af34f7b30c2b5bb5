import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { engine } from "../../../server/src/analysis/engine.ts";
import { createWorkspace } from "../../../server/src/analysis/workspace.ts";

/** A file by where it lies: a test of each language, and the same code where it may be depended on. */
const files = {
  "test/till_SUITE.erl": "-module(till_SUITE).\n-export([all/0]).\nall() -> [].\n",
  "test/till_tests.erl": "-module(till_tests).\n-export([one_test/0]).\none_test() -> ok.\n",
  "test/till_test.exs": "defmodule TillTest do\n  def run, do: :ok\nend\n",
  "test/support/till_case.ex": "defmodule TillCase do\n  def run, do: :ok\nend\n",
  "test/till.hrl": "-define(LIMIT, 3).\n",
  "src/till.erl": "-module(till).\n-export([run/0]).\nrun() -> ok.\n",
};

function functionsOf(bytes: boolean): readonly string[] {
  const workspace = createWorkspace({ engine });
  for (const [path, text] of Object.entries(files)) workspace.setFile(path, text, bytes ? text.length : undefined);
  return [...workspace.snapshot().topology.functions.keys()].sort();
}

describe("tests that nothing depends on", () => {
  test("are not looked into on disk; what they may share is", () => {
    assert.deepEqual(functionsOf(true), ["Elixir.TillCase.run/0", "till.run/0"]);
  });

  test("are read in full where they are open in an editor", () => {
    const opened = ["Elixir.TillCase.run/0", "Elixir.TillTest.run/0", "till.run/0", "till_SUITE.all/0", "till_tests.one_test/0"];
    assert.deepEqual(functionsOf(false), opened);
  });
});
