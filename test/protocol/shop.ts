/** A small project for tests of the server: one supervised cache with callers, and a module that only looks like a process. */

export const application = `defmodule Shop.Application do
  use Application

  def start(_type, _args) do
    children = [Shop.Cache]
    Supervisor.start_link(children, strategy: :one_for_one, name: Shop.Supervisor)
  end
end
`;

export const cache = `defmodule Shop.Cache do
  use GenServer

  def start_link(opts), do: GenServer.start_link(__MODULE__, opts, name: __MODULE__)

  def get(key), do: GenServer.call(__MODULE__, {:get, key})

  def put(key, value), do: GenServer.cast(__MODULE__, {:put, key, value})

  @impl true
  def init(_opts) do
    Process.send_after(self(), :sweep, 1_000)
    {:ok, %{}}
  end

  @impl true
  def handle_call({:get, key}, _from, state), do: {:reply, Map.get(state, key), state}

  @impl true
  def handle_cast({:put, key, value}, state), do: {:noreply, Map.put(state, key, value)}

  @impl true
  def handle_info(:sweep, _state) do
    Process.send_after(self(), :sweep, 1_000)
    {:noreply, %{}}
  end
end
`;

export const prices = `defmodule Shop.Prices do
  def price(product) do
    Shop.Cache.get(product) || 0
  end
end
`;

/** \`process-as-object\`, variant \`shell\`. */
export const shell = `defmodule Shop.Clock do
  use GenServer

  def now, do: DateTime.utc_now()
end
`;

export const mix = `defmodule Shop.MixProject do
  use Mix.Project

  def project, do: [app: :shop, version: "0.1.0"]

  def application, do: [mod: {Shop.Application, []}]
end
`;

export const shop: Readonly<Record<string, string>> = {
  "mix.exs": mix,
  "lib/shop/application.ex": application,
  "lib/shop/cache.ex": cache,
  "lib/shop/prices.ex": prices,
  "lib/shop/clock.ex": shell,
};
