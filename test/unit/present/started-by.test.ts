import assert from "node:assert/strict";
import { test } from "node:test";
import { startedBy } from "../../../server/src/present/started-by.ts";
import { readSources } from "../../support/editor-source.ts";

test("a loop that a server spawns from its own functions is no start of the server", () => {
  const { snapshot, source } = readSources({
    "lib/node.ex": `defmodule Manager do
  use GenServer
  def start(_), do: GenServer.start(__MODULE__, [], name: __MODULE__)
  def init(_) do
    spawn_link(&loop/0)
    {:ok, nil}
  end
  defp loop do
    receive do
      _ -> loop()
    end
  end
end

defmodule Boot do
  def boot, do: Manager.start([])
end
`,
  });
  const lines = startedBy("Elixir.Manager", source).map((place) => snapshot.locate(place).line);
  assert.deepEqual(lines, [16]);
});
