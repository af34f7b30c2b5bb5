/** An umbrella for tests of navigation: client functions with wrappers in one application, their callers in another. */

export const stock = `defmodule Stock.Shelf do
  use GenServer

  def start_link(opts), do: GenServer.start_link(__MODULE__, opts, name: __MODULE__)

  def take(item, count), do: request({:take, item, count})
  def put(server, item), do: GenServer.cast(server, {:put, item})
  def refresh, do: ask_again()
  def whole(item), do: {take(item, 1), put(__MODULE__, item)}

  defp request(message), do: message |> ask(5_000)
  defp ask(message, timeout), do: GenServer.call(__MODULE__, message, timeout)
  defp ask_again, do: send(__MODULE__, :refresh)

  @impl true
  def init(_opts) do
    schedule()
    {:ok, %{}}
  end

  @impl true
  def handle_call({:take, item, _count}, _from, %{closed: true} = state), do: {:reply, {:closed, item}, state}

  def handle_call({:take, item, count}, _from, state) when count > 0 do
    {:reply, Map.get(state, item), Map.delete(state, item)}
  end

  @impl true
  def handle_cast({:put, item}, state), do: {:noreply, Map.put(state, item, 1)}

  @impl true
  def handle_info(:refresh, state) do
    schedule()
    {:noreply, state}
  end

  defp schedule, do: Process.send_after(self(), :refresh, 1_000)
end
`;

const facade = `defmodule Stock do
  defdelegate take(item, count), to: Stock.Shelf

  def order(item) do
    log = "order of " <> item
    Stock.take(item, 2)
    Stock.Shelf.put(Stock.Shelf, item)
    Stock.Watcher.note(log)
  end

  def note(text), do: Stock.Watcher.note(text)

  def later(item) do
    Task.start(fn -> Stock.take(item, 1) end)
  end

  # Stock.Shelf.take(item, 3)
end
`;

const watcher = `defmodule Stock.Watcher do
  use GenServer

  def start_link(shelf), do: GenServer.start_link(__MODULE__, shelf)
  def note(text), do: GenServer.cast(:watcher, {:note, text})

  @impl true
  def init(shelf) do
    {:ok, pid} = Stock.Counter.start_link(shelf)
    {:ok, %{counter: pid}}
  end

  @impl true
  def handle_cast({:note, _text}, state) do
    GenServer.call(state.counter, :increment)
    {:noreply, state}
  end
end
`;

const counter = `defmodule Stock.Counter do
  use GenServer

  def start_link(_), do: GenServer.start_link(__MODULE__, 0)

  @impl true
  def init(n), do: {:ok, n}

  @impl true
  def handle_call(:increment, _from, n), do: {:reply, n + 1, n + 1}
end
`;

const total = `defmodule Stock.Total do
  use Agent

  def start_link(_), do: Agent.start_link(fn -> 0 end, name: __MODULE__)
  def read, do: Agent.get(__MODULE__, fn n -> n end)
end
`;

const application = `defmodule Stock.Application do
  use Application

  def start(_type, _args) do
    watcher = %{id: :watcher, start: {Stock.Watcher, :start_link, [[]]}}
    children = [Stock.Shelf, watcher, Stock.Total]
    Supervisor.start_link(children, strategy: :one_for_one, name: Stock.Supervisor)
  end
end
`;

export const files: Readonly<Record<string, string>> = {
  "mix.exs": `defmodule Umbrella.MixProject do
  use Mix.Project

  def project, do: [apps_path: "apps"]
end
`,
  "apps/stock/mix.exs": `defmodule Stock.MixProject do
  use Mix.Project

  def project, do: [app: :stock, version: "0.1.0"]
  def application, do: [mod: {Stock.Application, []}]
end
`,
  "apps/stock/lib/application.ex": application,
  "apps/stock/lib/shelf.ex": stock,
  "apps/stock/lib/watcher.ex": watcher,
  "apps/stock/lib/counter.ex": counter,
  "apps/stock/lib/total.ex": total,
  "apps/web/mix.exs": `defmodule Web.MixProject do
  use Mix.Project

  def project, do: [app: :web, version: "0.1.0", deps: [{:stock, in_umbrella: true}]]
end
`,
  "apps/web/lib/stock.ex": facade,
};
