# ConCache and Nebulex.

defmodule ConCache do
  def child_spec(options) do
    %{id: ConCache, start: {ConCache, :start_link, [options]}, type: :supervisor}
  end

  def start_link(options) do
    partitions = Keyword.get(options, :n_lock_partitions, System.schedulers_online())
    children = [{ConCache.LockSupervisor, partitions}, {ConCache.Owner, options}]
    Supervisor.start_link(children, [strategy: :one_for_all] ++ Keyword.take(options, [:name]))
  end
end

defmodule ConCache.LockSupervisor do
  def child_spec(partitions) do
    %{
      id: ConCache.LockSupervisor,
      start: {ConCache.LockSupervisor, :start_link, [partitions]},
      type: :supervisor
    }
  end

  def start_link(partitions) do
    children = for number <- 1..partitions, do: Supervisor.child_spec(ConCache.Lock, id: number)
    Supervisor.start_link(children, strategy: :one_for_all, max_restarts: 1)
  end
end

defmodule ConCache.Lock do
  use GenServer

  def start_link(_options), do: GenServer.start_link(__MODULE__, nil)
end

defmodule ConCache.Owner do
  use GenServer

  def start_link(options), do: GenServer.start_link(__MODULE__, options)
end

# What stands below a Nebulex cache is the adapter's business.
defmodule Nebulex.Cache do
  defmacro __using__(opts) do
    quote do
      @behaviour Nebulex.Cache

      def child_spec(options) do
        %{id: __MODULE__, start: {__MODULE__, :start_link, [options]}, type: :supervisor}
      end

      def start_link(options \\ []) do
        Nebulex.Cache.Supervisor.start_link(
          __MODULE__,
          Keyword.get(unquote(opts), :otp_app),
          Keyword.get(unquote(opts), :adapter),
          options
        )
      end

      defoverridable child_spec: 1
    end
  end
end

defmodule Nebulex.Cache.Supervisor do
  use Supervisor

  def start_link(cache, otp_app, adapter, options) do
    name = Keyword.get(options, :name, cache)
    Supervisor.start_link(__MODULE__, {name, cache, otp_app, adapter, options}, name: name)
  end

  def init({_name, cache, _otp_app, adapter, options}) do
    {:ok, child, _meta} = adapter.init([cache: cache] ++ options)
    Supervisor.init([child], strategy: :one_for_one, max_restarts: 0)
  end
end
