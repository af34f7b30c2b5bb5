import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { linkWorkspace, printMessages } from "../support/workspace.ts";

const cache = `
defmodule Cache do
  use GenServer

  def start_link(_), do: GenServer.start_link(__MODULE__, nil, name: __MODULE__)
  def get(key), do: call({:get, key})
  def put(key, value), do: GenServer.cast(__MODULE__, {:put, key, value})
  def peek(server, key), do: GenServer.call(server, {:get, key})

  defp call(message), do: GenServer.call(server(), message)
  defp server, do: __MODULE__

  def init(_), do: {:ok, %{}}
  def handle_call({:get, key}, _from, state), do: {:reply, state[key], state}
  def handle_call(:size, _from, state), do: {:reply, map_size(state), state}
  def handle_cast({:put, key, value}, state), do: {:noreply, Map.put(state, key, value)}
end
`;

test("a call through private wrappers is one message of the outermost function that knows the message, with the way down", () => {
  const { messages } = linkWorkspace(cache);
  const get = messages.find((m) => m.from === "Elixir.Cache.get/1");
  assert.ok(get);
  assert.deepEqual(get.to, ["Elixir.Cache"]);
  assert.equal(get.tag, "get");
  assert.equal(get.pattern, "{:get, _}");
  assert.equal(get.handler?.fn, "Elixir.Cache.handle_call/3");
  assert.equal(get.handler?.clause, 0);
  assert.equal(get.via.length, 1);
  assert.equal(
    messages.some((m) => m.from === "Elixir.Cache.call/1"),
    false,
  );
});

test("a server parameter in the module's own interface means its own process, probably", () => {
  const { messages } = linkWorkspace(cache);
  const peek = messages.find((m) => m.from === "Elixir.Cache.peek/2");
  assert.deepEqual(peek?.to, ["Elixir.Cache"]);
  assert.equal(peek?.certainty, "probable");
});

test("casts, sends to self and timers find their clauses", () => {
  const { messages } = linkWorkspace(`
defmodule Clock do
  use GenServer
  def start_link(_), do: GenServer.start_link(__MODULE__, nil)
  def init(_) do
    schedule()
    {:ok, 0}
  end
  def handle_info(:tick, n) do
    send(self(), {:done, n})
    schedule()
    {:noreply, n + 1}
  end
  def handle_info({:done, _}, n), do: {:noreply, n}
  defp schedule, do: Process.send_after(self(), :tick, 1_000)
end
`);
  assert.deepEqual(printMessages(messages).sort(), [
    "Clock.handle_info/2 info {:done, _} -> Clock",
    "Clock.schedule/0 info :tick -> Clock",
  ]);
  assert.equal(messages.find((m) => m.tag === "done")?.handler?.clause, 1);
});

test("self() bound outside a task is the process outside, not the task", () => {
  const { messages } = linkWorkspace(`
defmodule Worker do
  use GenServer
  def init(_), do: {:ok, nil}
  def handle_cast(:work, state) do
    parent = self()
    Task.start(fn -> send(parent, {:done, 1}) end)
    {:noreply, state}
  end
  def handle_info({:done, _}, state), do: {:noreply, state}
end
`);
  const done = messages.find((m) => m.tag === "done");
  assert.deepEqual(done?.to, ["Elixir.Worker"]);
  assert.match(done?.from ?? "", /^Elixir\.Worker\.handle_cast\/2#fn\d+$/);
});

test("a target in the state is looked up in what the module puts there", () => {
  const { messages } = linkWorkspace(`
defmodule Worker do
  use GenServer
  def start_link(arg), do: GenServer.start_link(__MODULE__, arg)
  def init(arg), do: {:ok, arg}
  def handle_call(:run, _from, state), do: {:reply, :ok, state}
end
defmodule Boss do
  use GenServer
  def init(_) do
    {:ok, worker} = Worker.start_link(nil)
    {:ok, %{worker: worker}}
  end
  def handle_info(:go, state) do
    run(state)
    {:noreply, state}
  end
  defp run(%{worker: worker}), do: GenServer.call(worker, :run)
end
`);
  assert.deepEqual(printMessages(messages), ["Boss.handle_info/2 call :run -> Worker"]);
});

test("what cannot be followed has no target and is unknown", () => {
  const { messages } = linkWorkspace(`
defmodule Elsewhere do
  def ask(pid), do: GenServer.call(pid, :question)
  def tell(pids), do: Enum.each(pids, &send(&1, :news))
end
`);
  assert.deepEqual(printMessages(messages).sort(), ["Elsewhere.ask/1 call :question -> ?", "Elsewhere.tell/1 info :news -> ?"]);
  assert.ok(messages.every((m) => m.certainty === "unknown"));
});

test("a registered name of another module, and a name with an alias", () => {
  const { messages } = linkWorkspace({
    "lib/bank.ex": `
defmodule Bank.Vault do
  use GenServer
  def start_link(_), do: GenServer.start_link(__MODULE__, nil, name: :vault)
  def init(_), do: {:ok, 0}
  def handle_call(:balance, _from, n), do: {:reply, n, n}
end
`,
    "lib/teller.ex": `
defmodule Bank.Teller do
  @vault :vault
  def balance, do: GenServer.call(@vault, :balance)
end
`,
  });
  assert.deepEqual(printMessages(messages), ["Bank.Teller.balance/0 call :balance -> Bank.Vault"]);
  assert.equal(messages[0]?.certainty, "certain");
});

test("an Agent's function runs in the Agent, and is a message to it", () => {
  const topology = linkWorkspace(`
defmodule Counter do
  use Agent
  def start_link(_), do: Agent.start_link(fn -> 0 end, name: __MODULE__)
  def value, do: Agent.get(__MODULE__, fn n -> helper(n) end)
  def bump, do: Agent.update(__MODULE__, &(&1 + 1))
  defp helper(n), do: n
end
`);
  assert.deepEqual(printMessages(topology.messages).sort(), [
    "Counter.bump/0 call update -> Counter",
    "Counter.value/0 call get -> Counter",
  ]);
  assert.deepEqual(topology.functions.get("Elixir.Counter.helper/1")?.contexts, ["process:Elixir.Counter"]);
});

test("a name that ordinary code registers", () => {
  const { messages } = linkWorkspace(`
defmodule Vault do
  use GenServer
  def init(_), do: {:ok, 0}
  def handle_call(:balance, _from, n), do: {:reply, n, n}
end
defmodule Boot do
  def run, do: GenServer.start_link(Vault, nil, name: :safe)
  def balance, do: GenServer.call(:safe, :balance)
end
`);
  assert.deepEqual(printMessages(messages), ["Boot.balance/0 call :balance -> Vault"]);
});

test("a closure that is handed out does not run where it stands: no process calls itself by it", () => {
  const topology = linkWorkspace(`
defmodule Login do
  use GenServer
  def start_link(_), do: GenServer.start_link(__MODULE__, nil, name: __MODULE__)
  def init(_), do: {:ok, nil}
  def handle_call(:start, _from, state) do
    again = fn code -> GenServer.call(__MODULE__, {:code, code}) end
    {:reply, {:ok, again}, state}
  end
  def handle_call({:code, _}, _from, state), do: {:reply, :ok, state}
end
`);
  const [message] = topology.messages;
  assert.match(message?.from ?? "", /#fn\d+$/);
  assert.deepEqual(topology.functions.get(message?.from ?? "")?.contexts, []);
  assert.deepEqual(
    topology.definitions.get("Elixir.Login")?.callbacks.flatMap((c) => c.effects.blocks),
    [],
  );
});

test("a client function of a server whose handler has only a guard", () => {
  const { messages } = linkWorkspace(`
defmodule Fake do
  use GenServer
  def get(name, _id), do: GenServer.call(name, :get)
  def init(_), do: {:ok, nil}
  def handle_call(action, _from, state) when action in [:get, :put], do: {:reply, action, state}
end
`);
  assert.deepEqual(printMessages(messages), ["Fake.get/2 call :get -> Fake"]);
});

test("recursion and wrappers that call each other come to an end", () => {
  const { messages } = linkWorkspace(`
defmodule Loop do
  def a(pid, m), do: b(pid, m)
  def b(pid, m) do
    GenServer.call(pid, m)
    a(pid, m)
  end
  def c(pid), do: a(pid, {:x, pid})
end
`);
  assert.ok(messages.length > 0);
});

describe("the clauses that may take a message", () => {
  /** The clauses of `handle_*` that take the message with the tag, from 0. */
  const clausesFor = (callbacks: string, tag: string): number[] | undefined => {
    const { messages } = linkWorkspace(`
defmodule Server do
  use GenServer
  def start_link(_), do: GenServer.start_link(__MODULE__, nil, name: __MODULE__)
  def ask(x), do: GenServer.call(__MODULE__, {:ask, x})
  def stop, do: GenServer.call(__MODULE__, :stop)
  def init(_), do: {:ok, %{}}
${callbacks}
end
`);
    return messages.find((message) => message.tag === tag)?.handlers.map(({ clause }) => clause);
  };

  test("all up to the first that nothing can keep from taking it", () => {
    const callbacks = `
  def handle_call({:ask, _}, _from, %{open: false} = state), do: {:reply, :closed, state}
  def handle_call({:ask, x}, _from, state) when is_map_key(state, x), do: {:reply, x, state}
  def handle_call(:stop, _from, state), do: {:stop, :normal, :ok, state}
  def handle_call({:ask, _x}, _from, %{} = state), do: {:reply, nil, state}
  def handle_call({:ask, x}, _from, state), do: {:reply, x, state}`;
    assert.deepEqual(clausesFor(callbacks, "ask"), [0, 1, 3]);
    assert.deepEqual(clausesFor(callbacks, "stop"), [2]);
  });

  test("those that take anything count only where none is written for it", () => {
    const callbacks = `
  def handle_call(_any, _from, %{open: false} = state), do: {:reply, :closed, state}
  def handle_call(:stop, _from, state), do: {:stop, :normal, :ok, state}
  def handle_call(_any, _from, state), do: {:reply, nil, state}`;
    assert.deepEqual(clausesFor(callbacks, "stop"), [1]);
    assert.deepEqual(clausesFor(callbacks, "ask"), [0, 2]);
  });

  test("a state machine's clauses for other event types do not", () => {
    const { messages } = linkWorkspace(`
defmodule Door do
  @behaviour :gen_statem
  def start_link, do: :gen_statem.start_link({:local, __MODULE__}, __MODULE__, [], [])
  def open, do: :gen_statem.call(__MODULE__, :open)
  def knock, do: :gen_statem.cast(__MODULE__, :open)
  def callback_mode, do: :handle_event_function
  def init(_), do: {:ok, :closed, nil}
  def handle_event(:cast, :open, _state, _data), do: :keep_state_and_data
  def handle_event({:call, from}, :open, :closed, data), do: {:next_state, :open, data, [{:reply, from, :ok}]}
  def handle_event({:call, from}, :open, _state, _data), do: {:keep_state_and_data, [{:reply, from, :open}]}
end
`);
    const clauses = (from: string): number[] | undefined =>
      messages.find((message) => message.from === `Elixir.Door.${from}/0`)?.handlers.map(({ clause }) => clause);
    assert.deepEqual(clauses("open"), [1, 2]);
    assert.deepEqual(clauses("knock"), [0]);
  });
});
