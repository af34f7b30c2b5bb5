import assert from "node:assert/strict";
import { test } from "node:test";
import { functionOf, linkWorkspace } from "../support/workspace.ts";

const shop = {
  "mix.exs": `
defmodule Shop.MixProject do
  use Mix.Project
  def project, do: [app: :shop, version: "0.1.0"]
  def application, do: [mod: {Shop.Application, []}]
end
`,
  "lib/application.ex": `
defmodule Shop.Application do
  use Application
  def start(_type, _args) do
    prepare()
    children = [Shop.Stock, {Task, fn -> Shop.Warm.up() end}]
    Supervisor.start_link(children, strategy: :one_for_one)
  end
  defp prepare, do: :ok
end
`,
  "lib/stock.ex": `
defmodule Shop.Stock do
  use GenServer
  def start_link(_), do: GenServer.start_link(__MODULE__, nil, name: __MODULE__)
  def count(id), do: GenServer.call(__MODULE__, {:count, id})
  def init(_), do: {:ok, %{}}
  def handle_call({:count, id}, _from, state), do: {:reply, look(state, id), state}
  def handle_info(:reload, state) do
    Enum.each([1, 2], &load/1)
    Task.Supervisor.async_nolink(Shop.Tasks, fn -> report(state) end)
    {:noreply, state}
  end
  defp look(state, id), do: Map.get(state, id)
  defp load(_), do: :ok
  defp report(_), do: Shop.Stock.count(1)
end
`,
  "lib/warm.ex": `
defmodule Shop.Warm do
  def up, do: Shop.Stock.count(2)
  def outside, do: Shop.Stock.count(3)
end
`,
  "test/stock_test.exs": `
defmodule Shop.StockTest do
  use ExUnit.Case
  def helper, do: Shop.Stock.count(4)
end
`,
};

test("callbacks and what they call run in the process", () => {
  const topology = linkWorkspace(shop);
  assert.deepEqual(functionOf(topology, "Shop.Stock.handle_call/3").contexts, ["process:Elixir.Shop.Stock"]);
  assert.deepEqual(functionOf(topology, "Shop.Stock.look/2").contexts, ["process:Elixir.Shop.Stock"]);
  assert.deepEqual(functionOf(topology, "Shop.Stock.load/1").contexts, ["process:Elixir.Shop.Stock"]);
  assert.equal(topology.contexts.get("process:Elixir.Shop.Stock")?.cardinality, "one");
});

test("a function given to a task is a node of its own and runs in the task only", () => {
  const topology = linkWorkspace(shop);
  const [context] = functionOf(topology, "Shop.Stock.report/1").contexts;
  assert.match(context ?? "", /^task:Elixir\.Shop\.Stock\.handle_info\/2#fn\d+$/);
  assert.equal(topology.contexts.get(context ?? "")?.cardinality, "many");
  assert.equal(functionOf(topology, "Shop.Stock.report/1").contexts.length, 1);
});

test("an application's start, and a task in the tree", () => {
  const topology = linkWorkspace(shop);
  assert.deepEqual(functionOf(topology, "Shop.Application.prepare/0").contexts, ["application_start:Elixir.Shop.Application"]);
  const contexts = functionOf(topology, "Shop.Warm.up/0").contexts.map((id) => topology.contexts.get(id));
  assert.deepEqual(
    contexts.map((c) => [c?.kind, c?.cardinality]),
    [["task", "one"]],
  );
});

test("an interface function runs in its callers; exported ones without callers in outside callers", () => {
  const topology = linkWorkspace(shop);
  const kinds = functionOf(topology, "Shop.Stock.count/1").contexts.map((id) => topology.contexts.get(id)?.kind);
  assert.deepEqual([...new Set(kinds)].sort(), ["external", "task", "test"]);
  assert.deepEqual(functionOf(topology, "Shop.Warm.outside/0").contexts, ["external"]);
});

test("a wrapper's parameter that runs in a task takes the closure of its callers there", () => {
  const topology = linkWorkspace(`
defmodule Background do
  def run(fun), do: Task.start(fun)
  def wrapped(fun), do: Task.start(fn -> fun.() end)
end
defmodule Client do
  def a, do: Background.run(fn -> work() end)
  def b, do: Background.wrapped(fn -> other() end)
  defp work, do: :ok
  defp other, do: :ok
end
`);
  for (const name of ["work", "other"]) {
    const { contexts } = functionOf(topology, `Client.${name}/0`);
    assert.deepEqual(
      contexts.map((id) => topology.contexts.get(id)?.kind),
      ["task"],
      name,
    );
  }
});

test("a closure among the arguments of what is spawned runs in the spawned process, also behind a wrapper", () => {
  const topology = linkWorkspace(`
defmodule Background do
  def run(queue, fun), do: spawn(:jobs, :run, [queue, fun])
end
defmodule Client do
  def a, do: Background.run(:mail, fn -> work() end)
  def b, do: spawn(:jobs, :run, [:mail, fn -> other() end])
  defp work, do: :ok
  defp other, do: :ok
end
`);
  for (const name of ["work", "other"]) {
    const { contexts } = functionOf(topology, `Client.${name}/0`);
    assert.deepEqual(
      contexts.map((id) => topology.contexts.get(id)?.kind),
      ["spawned"],
      name,
    );
  }
});

test("spawned functions by module, name and arguments, and references that are handed over", () => {
  const topology = linkWorkspace(`
defmodule Jobs do
  def go do
    spawn(__MODULE__, :loop, [1])
    Task.async(&run/0)
    Enum.map([1], &here/1)
  end
  def loop(n), do: n
  defp run, do: :ok
  defp here(_), do: :ok
end
`);
  assert.deepEqual(functionOf(topology, "Jobs.loop/1").contexts, ["spawned:Elixir.Jobs.loop/1"]);
  assert.deepEqual(functionOf(topology, "Jobs.run/0").contexts, ["task:Elixir.Jobs.run/0"]);
  assert.deepEqual(functionOf(topology, "Jobs.here/1").contexts, ["external"]);
});

test("a handler given to a subscription runs where the events come from", () => {
  const topology = linkWorkspace(`
defmodule Metrics do
  use GenServer
  def init(_) do
    :mnesia.subscribe(&removed/1)
    {:ok, %{handler: &changed/1}}
  end
  def changed(_), do: :ok
  defp removed(_), do: :ok
end
`);
  assert.deepEqual(functionOf(topology, "Metrics.removed/1").contexts, []);
  assert.deepEqual(functionOf(topology, "Metrics.changed/1").contexts, ["external"]);
});
