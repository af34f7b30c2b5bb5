/** Children as they were specified before Elixir 1.5: `worker/3` and `supervisor/3` of `Supervisor.Spec`, imported where they are used. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { TreeNode } from "../../server/src/model/topology.ts";
import { definitionOf, linkWorkspace } from "../support/workspace.ts";

const sources = {
  "mix.exs": `
defmodule Shop.MixProject do
  use Mix.Project
  def project, do: [app: :shop, version: "0.1.0"]
  def application, do: [mod: {Shop.Application, []}]
end`,
  "lib/application.ex": `
defmodule Shop.Application do
  use Application

  def start(_type, _args) do
    import Supervisor.Spec, warn: false

    children = [
      supervisor(Shop.Tills, []),
      worker(Shop.Stock, [:full], restart: :transient, id: :stock),
      worker(Agent, [fn -> 0 end, [name: Shop.Count]], shutdown: 100)
    ]

    Supervisor.start_link(children, strategy: :rest_for_one)
  end
end`,
  "lib/tills.ex": `
defmodule Shop.Tills do
  use Supervisor
  import Supervisor.Spec

  def start_link, do: Supervisor.start_link(__MODULE__, :ok, name: __MODULE__)
  def init(:ok), do: supervise([worker(Shop.Till, [], restart: :temporary)], strategy: :simple_one_for_one)
end`,
  "lib/workers.ex": `
defmodule Shop.Stock do
  use GenServer
  def start_link(fill), do: GenServer.start_link(__MODULE__, fill, name: __MODULE__)
  def init(fill), do: {:ok, fill}
end
defmodule Shop.Till do
  use GenServer
  def start_link(number), do: GenServer.start_link(__MODULE__, number)
  def init(number), do: {:ok, number}
end`,
};

function print({ module, kind, id, restart, shutdown, strategy, cardinality }: TreeNode): string {
  return [module ?? kind, id, restart, shutdown, strategy, cardinality].join(" ");
}

test("workers and supervisors by tuple have their place in the tree", () => {
  const topology = linkWorkspace(sources);
  const root = topology.applications[0]?.root;
  assert.ok(root);
  assert.deepEqual(root.children.map(print), [
    "Shop.Tills Shop.Tills permanent infinity simple_one_for_one one",
    "Shop.Stock :stock transient 5000  one",
    "Shop.Application Agent permanent 100  one",
  ]);
  assert.deepEqual(root.children[0]?.children.map(print), ["Shop.Till Shop.Till temporary 5000  many"]);
  assert.deepEqual(topology.unattached, []);
  assert.equal(definitionOf(topology, "Shop.Till").cardinality, "many");
});

test("what one function imports is not there for another module", () => {
  const { "lib/tills.ex": tills, ...rest } = sources;
  const topology = linkWorkspace({
    ...rest,
    "lib/tills.ex": tills.replace("  use Supervisor\n  import Supervisor.Spec\n", "  @behaviour Supervisor\n"),
  });
  assert.deepEqual(topology.applications[0]?.root?.children[0]?.children, []);
});

test("`use Supervisor` imports what children are specified by", () => {
  const topology = linkWorkspace({
    ...sources,
    "lib/tills.ex": sources["lib/tills.ex"].replace("  import Supervisor.Spec\n", ""),
  });
  const [tills] = topology.applications[0]?.root?.children ?? [];
  assert.deepEqual(tills?.children.map(print), ["Shop.Till Shop.Till temporary 5000  many"]);
});

test("a module's child specification may be a tuple, as poolboy gives it", () => {
  const topology = linkWorkspace({
    "mix.exs": sources["mix.exs"],
    "lib/application.ex": `
defmodule Shop.Application do
  use Application
  def start(_type, _args), do: Supervisor.start_link([Shop.Tills], strategy: :one_for_one)
end
defmodule Shop.Tills do
  def child_spec(_), do: :poolboy.child_spec(__MODULE__, [name: {:local, __MODULE__}, worker_module: Shop.Till, size: 3], [1])
end
defmodule Shop.Till do
  use GenServer
  def start_link(number), do: GenServer.start_link(__MODULE__, number)
  def init(number), do: {:ok, number}
end`,
  });
  const [tills] = topology.applications[0]?.root?.children ?? [];
  assert.equal(tills?.id, "Shop.Tills");
  assert.deepEqual(topology.unattached, []);
  assert.equal(definitionOf(topology, "Shop.Till").cardinality, "many");
});

test("what a framework starts under a name of its own is in the tree once", () => {
  const topology = linkWorkspace({
    "mix.exs": sources["mix.exs"],
    "lib/application.ex": `
defmodule Shop.Application do
  use Application
  def start(_type, _args), do: Supervisor.start_link([Shop.Presence], strategy: :one_for_one)
end
defmodule Shop.Presence do
  use Phoenix.Presence, otp_app: :shop, pubsub_server: Shop.PubSub
end`,
  });
  assert.equal(topology.applications[0]?.root?.children.length, 1);
  assert.deepEqual(topology.unattached, []);
});
