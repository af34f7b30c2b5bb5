// How long clauses keep their callers waiting, and whether they always do.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { ProcessDefinition } from "../../server/src/model/topology.ts";
import { definitionOf, linkWorkspace } from "../support/workspace.ts";

function clause(definition: ProcessDefinition, pattern: string): ProcessDefinition["callbacks"][number] {
  const found = definition.callbacks.find((c) => c.pattern === pattern);
  assert.ok(found, pattern);
  return found;
}

test("waits: always, in a branch, in a task that is awaited; none for a function that is put away", () => {
  const topology = linkWorkspace(`
defmodule S do
  use GenServer
  def init(opts), do: {:ok, %{fetch: Keyword.get(opts, :fetch, &fetch/0)}}
  def handle_call(:always, _, state), do: {:reply, fetch(), state}
  def handle_call(:maybe, _, state) do
    if state.empty, do: fetch()
    {:reply, :ok, state}
  end
  def handle_call(:task, _, state) do
    task = Task.async(fn -> note(fetch()) end)
    {:reply, Task.await(task), state}
  end
  defp fetch, do: Req.get!("https://example.org")
  defp note(answer), do: :ets.insert(:notes, {1, answer})
end
`);
  const waits = (pattern: string): unknown =>
    clause(definitionOf(topology, "S"), pattern).effects.blocks.flatMap((b) => (b.category === "http" ? [b.always ?? false] : []));
  assert.deepEqual(waits("_"), []);
  assert.deepEqual(waits(":always"), [true]);
  assert.deepEqual(waits(":maybe"), [false]);
  assert.deepEqual(waits(":task"), [false]);
  assert.deepEqual(clause(definitionOf(topology, "S"), ":task").effects.tables, [], "what the task does is no effect of the process");
});
