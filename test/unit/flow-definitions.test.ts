import assert from "node:assert/strict";
import { test } from "node:test";
import type { ProcessDefinition } from "../../server/src/model/topology.ts";
import { definitionOf, linkWorkspace } from "../support/workspace.ts";

const reasonKinds = (definition: ProcessDefinition): string[] => definition.reasons.map((r) => r.kind).sort();

function clause(definition: ProcessDefinition, pattern: string): ProcessDefinition["callbacks"][number] {
  const found = definition.callbacks.find((c) => c.pattern === pattern);
  assert.ok(found, `no clause ${pattern} in ${definition.callbacks.map((c) => c.pattern).join(", ")}`);
  return found;
}

test("a stateless process has no reason, and its clauses leave the state alone", () => {
  const topology = linkWorkspace(`
defmodule Calculator do
  use GenServer
  def start_link(_), do: GenServer.start_link(__MODULE__, nil, name: __MODULE__)
  def add(a, b), do: GenServer.call(__MODULE__, {:add, a, b})
  def init(_), do: {:ok, nil}
  def handle_call({:add, a, b}, _from, state), do: {:reply, a + b, state}
end
`);
  const calculator = definitionOf(topology, "Calculator");
  assert.deepEqual(calculator.reasons, []);
  assert.equal(calculator.cardinality, "one");
  const { effects, tag } = clause(calculator, "{:add, _, _}");
  assert.equal(tag, "add");
  assert.equal(effects.state, "unchanged");
  assert.equal(effects.readsState, false);
  assert.equal(effects.reply, "direct");
});

test("states: through helpers, variables, library functions and branches", () => {
  const topology = linkWorkspace(`
defmodule S do
  use GenServer
  def init(_), do: {:ok, %{}}
  def handle_call(:helper, _, state), do: answer(state)
  def handle_call(:library, _, state), do: {:reply, :ok, Map.put(state, :a, 1)}
  def handle_call(:branch, _, state) do
    if state.a, do: {:reply, 1, state}, else: {:reply, 2, %{state | a: 2}}
  end
  def handle_call(:variable, _, state) do
    new = %{state | b: 1}
    {:reply, :ok, new}
  end
  def handle_call(:whole, _, %{a: a} = state), do: {:reply, a, state}
  def handle_call(:same, _, state) do
    state = keep(state)
    {:reply, :ok, state}
  end
  def handle_call(:pair, _, state) do
    {:ok, state} = update(state)
    {:reply, :ok, state}
  end
  def handle_call(:dynamic, _, state), do: {:reply, :ok, state.module.run(state)}
  def handle_call(:rebuilt, _, {:ready, [first | rest]}), do: {:reply, first, {:ready, [first | rest]}}
  def handle_call(:other, _, {:ready, first, rest}), do: {:reply, first, {:ready, rest, first}}
  def handle_call(:shadowed, _, {a, b}) do
    b = b + 1
    {:reply, a, {a, b}}
  end
  def handle_call(:partial, _, %{a: a}), do: {:reply, a, %{a: a}}
  defp answer(state), do: {:reply, state.a, state}
  defp keep(s), do: s
  defp update(s), do: {:ok, Map.delete(s, :a)}
end
`);
  const s = definitionOf(topology, "S");
  const states = Object.fromEntries(s.callbacks.filter((c) => c.role === "call").map((c) => [c.pattern, c.effects.state]));
  assert.deepEqual(states, {
    ":helper": "unchanged",
    ":library": "changed",
    ":branch": "changed",
    ":variable": "changed",
    ":whole": "unchanged",
    ":same": "unchanged",
    ":pair": "changed",
    ":dynamic": "unknown",
    ":rebuilt": "unchanged",
    ":other": "changed",
    ":shadowed": "changed",
    ":partial": "changed",
  });
});

test("blocking steps with the shortest path, and who waits", () => {
  const topology = linkWorkspace(`
defmodule Slow do
  use GenServer
  def start_link(_), do: GenServer.start_link(__MODULE__, nil, name: __MODULE__)
  def fetch(url), do: GenServer.call(__MODULE__, {:fetch, url})
  def init(_), do: {:ok, nil}
  def handle_call({:fetch, url}, _from, state), do: {:reply, Client.get(url), state}
  def handle_info(:later, state) do
    Task.start(fn -> Process.sleep(1_000) end)
    {:noreply, state}
  end
end
defmodule Client do
  def get(path), do: read(path)
  defp read(path), do: File.read!(path)
end
`);
  const slow = definitionOf(topology, "Slow");
  const [step] = clause(slow, "{:fetch, _}").effects.blocks;
  assert.equal(step?.category, "file");
  assert.deepEqual(
    step?.path.map((p) => p.message.replace(/.*\((.*)\)/, "$1")),
    ["`Client.get/1`", "`Client.read/1`", "`File.read!/1`"],
  );
  assert.deepEqual(clause(slow, ":later").effects.blocks, []);
  assert.deepEqual(
    slow.costs.map((c) => c.kind),
    ["callers_wait", "blocking_clause"],
  );
});

test("reasons: timer, continue, monitor, exits, tables, subscriptions, later answers", () => {
  const topology = linkWorkspace(`
defmodule Busy do
  use GenServer
  def init(_) do
    Process.flag(:trap_exit, true)
    :ets.new(:busy, [:named_table])
    Process.send_after(self(), :tick, 10)
    {:ok, %{}, {:continue, :load}}
  end
  def handle_continue(:load, state), do: {:noreply, load(state)}
  def handle_call({:join, pid}, from, state) do
    Process.monitor(pid)
    {:noreply, Map.put(state, pid, from)}
  end
  def handle_info(:tick, state), do: {:noreply, Map.put(state, :t, 1)}
  def handle_info({:DOWN, _, :process, pid, _}, state), do: {:noreply, Map.delete(state, pid)}
  def handle_info(_, state), do: {:noreply, state}
  defp load(state), do: Map.put(state, :loaded, true)
end
`);
  assert.deepEqual(reasonKinds(definitionOf(topology, "Busy")), [
    "continue",
    "conversation",
    "info",
    "monitor",
    "table_owner",
    "timer",
    "trap_exit",
  ]);
});

test("a clause that only drops what comes is no reason, nor is a task in its reach that it waits for elsewhere", () => {
  const topology = linkWorkspace(`
defmodule Deaf do
  use GenServer
  def init(_), do: {:ok, nil}
  def handle_info({:ignored, _}, state), do: {:noreply, state}
  def handle_call(:all, _from, state), do: {:reply, Parallel.all(), state}
end
defmodule Parallel do
  def all, do: Task.async_stream([1], &(&1 + 1)) |> Enum.to_list()
end
`);
  const deaf = definitionOf(topology, "Deaf");
  assert.deepEqual(deaf.reasons, []);
  assert.deepEqual(
    clause(deaf, ":all").effects.blocks.map((b) => b.category),
    ["call"],
  );
});

test("a state machine: events of all kinds, replies in actions, timeouts", () => {
  const topology = linkWorkspace(`
defmodule Door do
  @behaviour :gen_statem
  def start_link(_), do: :gen_statem.start_link({:local, :door}, __MODULE__, nil, [])
  def open, do: :gen_statem.call(:door, :open)
  def callback_mode, do: :handle_event_function
  def init(_), do: {:ok, :closed, %{}}
  def handle_event({:call, from}, :open, :closed, data), do: {:next_state, :open, data, [{:reply, from, :ok}, {:state_timeout, 100, :close}]}
  def handle_event({:call, from}, :peek, state, _data), do: {:keep_state_and_data, [{:reply, from, state}]}
  def handle_event(:state_timeout, :close, :open, data), do: {:next_state, :closed, data}
end
`);
  const door = definitionOf(topology, "Door");
  assert.equal(door.kind, "gen_statem");
  assert.deepEqual(reasonKinds(door), ["state_machine", "timer"]);
  const peek = clause(door, ":peek");
  assert.equal(peek.effects.state, "unchanged");
  assert.equal(peek.effects.reply, "direct");
  const [open] = topology.messages;
  assert.deepEqual([open?.to, open?.tag, open?.handler?.clause], [["Elixir.Door"], "open", 0]);
});

test("a lone catch-all that drops messages is no reason", () => {
  const topology = linkWorkspace(`
defmodule Quiet do
  use GenServer
  require Logger
  def init(_), do: {:ok, nil}
  def handle_info(message, state) do
    Logger.warning("unexpected: #{inspect(message)}")
    {:noreply, state}
  end
end
`);
  assert.deepEqual(definitionOf(topology, "Quiet").reasons, []);
});

test("state that several processes change together is contended", () => {
  const topology = linkWorkspace(`
defmodule Shared do
  use GenServer
  def start_link(_), do: GenServer.start_link(__MODULE__, nil, name: __MODULE__)
  def add(n), do: GenServer.call(__MODULE__, {:add, n})
  def init(_), do: {:ok, 0}
  def handle_call({:add, n}, _from, sum), do: {:reply, :ok, sum + n}
end
defmodule A do
  use GenServer
  def init(_), do: {:ok, nil}
  def handle_info(:go, s) do
    Shared.add(1)
    {:noreply, s}
  end
end
defmodule B do
  use GenServer
  def init(_), do: {:ok, nil}
  def handle_info(:go, s) do
    Shared.add(2)
    {:noreply, s}
  end
end
`);
  assert.deepEqual(reasonKinds(definitionOf(topology, "Shared")), ["contended_state"]);
});

test("reads of an own table through the process", () => {
  const topology = linkWorkspace(`
defmodule Table do
  use GenServer
  def init(_) do
    :ets.new(:things, [:named_table])
    {:ok, nil}
  end
  def handle_call({:get, k}, _, s), do: {:reply, :ets.lookup(:things, k), s}
  def handle_call({:put, k, v}, _, s), do: {:reply, :ets.insert(:things, {k, v}), s}
end
`);
  const table = definitionOf(topology, "Table");
  assert.deepEqual(
    table.costs.map((c) => [c.kind, c.evidence.length]),
    [["serialized_reads", 1]],
  );
  assert.deepEqual(
    clause(table, "{:get, _}").effects.tables.map((t) => [t.operation, t.table]),
    [["read", ":things"]],
  );
});

test("an Agent without `use Agent` is a definition of the module that starts it", () => {
  const topology = linkWorkspace(`
defmodule Settings do
  def start_link(_), do: Agent.start_link(fn -> %{} end, name: __MODULE__)
  def get(key), do: Agent.get(__MODULE__, &Map.get(&1, key))
  def put(key, v), do: Agent.update(__MODULE__, &Map.put(&1, key, v))
end
`);
  const settings = definitionOf(topology, "Settings");
  assert.equal(settings.kind, "agent");
  assert.equal(settings.cardinality, "one");
  assert.deepEqual(settings.callbacks.map((c) => `${c.role} ${c.pattern} ${c.effects.state}`).sort(), [
    "call get unchanged",
    "call update changed",
    "init _ unknown",
  ]);
});

test("a spawned loop is a process definition of its own, with its context", () => {
  const topology = linkWorkspace(`
defmodule Raw do
  def boot, do: spawn(__MODULE__, :init, [self()])
  def init(parent), do: loop(%{parent: parent})
  defp loop(state) do
    receive do
      {:get, from} -> send(from, state)
    end
    loop(state)
  end
end
`);
  const raw = definitionOf(topology, "Raw");
  assert.equal(raw.kind, "process");
  assert.deepEqual(reasonKinds(raw), ["own_work"]);
  assert.deepEqual(topology.functions.get("Elixir.Raw.loop/1")?.contexts, ["process:Elixir.Raw"]);
});

test("a call that is written out takes only the clauses that it can match", () => {
  const topology = linkWorkspace(`
defmodule Picky do
  use GenServer
  def init(nil), do: {:ok, nil}
  def handle_cast(:quick, state) do
    work(:nothing, {:a, 1})
    {:noreply, state}
  end
  def handle_cast(:slow, state) do
    work(:sleep, state)
    {:noreply, state}
  end
  def handle_cast(other, state) do
    work(other, state)
    {:noreply, state}
  end
  defp work(:sleep, _), do: Process.sleep(100)
  defp work(_, [_ | _]), do: Process.sleep(200)
  defp work(_, _), do: :ok
end
`);
  const picky = definitionOf(topology, "Picky");
  assert.deepEqual(clause(picky, ":quick").effects.blocks, []);
  assert.deepEqual(
    clause(picky, ":slow").effects.blocks.map((b) => [b.category, b.certainty]),
    [["sleep", "probable"]],
  );
  assert.deepEqual(
    clause(picky, "_").effects.blocks.map((b) => [b.category, b.certainty]),
    [["sleep", "probable"]],
  );
});

test("a process that registers one fixed name is one, even where a supervisor starts it on demand", () => {
  const topology = linkWorkspace({
    "mix.exs": `
defmodule App.MixProject do
  use Mix.Project
  def project, do: [app: :app, version: "0.1.0"]
  def application, do: [mod: {App, []}]
end
`,
    "lib/app.ex": `
defmodule App do
  use Application
  def start(_, _), do: Supervisor.start_link([{DynamicSupervisor, name: App.Dynamic}], strategy: :one_for_one)
  def leader, do: DynamicSupervisor.start_child(App.Dynamic, App.Leader)
  def session, do: DynamicSupervisor.start_child(App.Dynamic, App.Session)
end
defmodule App.Leader do
  use GenServer
  def start_link(_), do: GenServer.start_link(__MODULE__, nil, name: {:global, __MODULE__})
  def init(_), do: {:ok, nil}
end
defmodule App.Session do
  use GenServer
  def start_link(_), do: GenServer.start_link(__MODULE__, nil)
  def init(_), do: {:ok, nil}
end
`,
  });
  assert.equal(definitionOf(topology, "App.Leader").cardinality, "one");
  assert.equal(definitionOf(topology, "App.Session").cardinality, "many");
});

test("children that register under keys which are not known are several", () => {
  const topology = linkWorkspace({
    "mix.exs": `
defmodule App.MixProject do
  use Mix.Project
  def project, do: [app: :app, version: "0.1.0"]
  def application, do: [mod: {App, []}]
end
`,
    "lib/app.ex": `
defmodule App do
  use Application
  def start(_, _) do
    shards = for key <- [read("a"), read("b")], do: Supervisor.child_spec({App.Shard, key}, id: {App.Shard, key})
    Supervisor.start_link([{Registry, keys: :unique, name: App.Shards} | shards], strategy: :one_for_one)
  end
  defp read(name), do: File.read!(name)
end
defmodule App.Shard do
  use GenServer
  def start_link(key), do: GenServer.start_link(__MODULE__, key, name: {:via, Registry, {App.Shards, key}})
  def init(key), do: {:ok, key}
end
`,
  });
  assert.equal(definitionOf(topology, "App.Shard").nodes.length, 2);
  assert.equal(definitionOf(topology, "App.Shard").cardinality, "fixed");
});
