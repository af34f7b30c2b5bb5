# Commanded 1.x: an application's own supervisor, event handlers and process managers.

defmodule Commanded.Application do
  defmacro __using__(opts) do
    quote do
      @behaviour Commanded.Application

      def child_spec(options) do
        %{id: __MODULE__, start: {__MODULE__, :start_link, [options]}, type: :supervisor}
      end

      def start_link(options \\ []) do
        name = Keyword.get(options, :name, __MODULE__)
        Commanded.Application.Supervisor.start_link(name, Keyword.merge(unquote(opts), options))
      end
    end
  end
end

defmodule Commanded.Application.Supervisor do
  use Supervisor

  def start_link(name, config) do
    Supervisor.start_link(__MODULE__, {name, config}, name: name)
  end

  def init({name, config}) do
    children =
      event_store_children(name, Keyword.get(config, :event_store)) ++
        pubsub_children(name, Keyword.get(config, :pubsub, :local)) ++
        registry_children(name, Keyword.get(config, :registry, :local)) ++
        [
          {Task.Supervisor, name: Module.concat(name, Commanded.Commands.TaskDispatcher)},
          {Commanded.Aggregates.Supervisor, name: Module.concat(name, Commanded.Aggregates.Supervisor)},
          {Commanded.Subscriptions.Registry, name: Module.concat(name, Commanded.Subscriptions.Registry)},
          {Commanded.Subscriptions, name: Module.concat(name, Commanded.Subscriptions)}
        ]

    Supervisor.init(children, strategy: :one_for_one)
  end

  # Any other event store brings its own children.
  defp event_store_children(name, [{:adapter, Commanded.EventStore.Adapters.InMemory} | options]) do
    store = Keyword.get(options, :name, Module.concat(name, EventStore))

    [
      {DynamicSupervisor, strategy: :one_for_one, name: Module.concat(store, SubscriptionsSupervisor)},
      %{id: store, start: {Commanded.EventStore.Adapters.InMemory, :start_link, [[name: store]]}}
    ]
  end

  defp event_store_children(_name, _event_store), do: []

  defp pubsub_children(name, :local) do
    [
      {Registry, keys: :duplicate, name: Module.concat(name, LocalPubSub), partitions: System.schedulers_online()},
      {Registry, keys: :duplicate, name: Module.concat(name, LocalPubSub.Tracker), partitions: 1}
    ]
  end

  defp pubsub_children(_name, _pubsub), do: []

  defp registry_children(name, :local), do: [{Registry, keys: :unique, name: Module.concat(name, LocalRegistry)}]
  defp registry_children(_name, _registry), do: []
end

defmodule Commanded.EventStore.Adapters.InMemory do
  use GenServer

  def start_link(options), do: GenServer.start_link(__MODULE__, options, Keyword.take(options, [:name]))
end

defmodule Commanded.Aggregates.Supervisor do
  use DynamicSupervisor

  def start_link(options), do: DynamicSupervisor.start_link(__MODULE__, options, Keyword.take(options, [:name]))

  def init(_options), do: DynamicSupervisor.init(strategy: :one_for_one)
end

defmodule Commanded.Subscriptions.Registry do
  use GenServer

  def start_link(options), do: GenServer.start_link(__MODULE__, options, Keyword.take(options, [:name]))
end

defmodule Commanded.Subscriptions do
  use GenServer

  def start_link(options), do: GenServer.start_link(__MODULE__, options, Keyword.take(options, [:name]))
end

defmodule Commanded.Event.Handler do
  defmacro __using__(opts) do
    quote do
      @behaviour Commanded.Event.Handler

      def child_spec(options) do
        start_options = Keyword.merge(unquote(opts), options)
        %{id: {__MODULE__, start_options}, start: {__MODULE__, :start_link, [start_options]}, restart: :permanent}
      end

      def start_link(options \\ []) do
        GenServer.start_link(__MODULE__, Keyword.merge(unquote(opts), options))
      end
    end
  end
end

defmodule Commanded.ProcessManagers.ProcessManager do
  defmacro __using__(opts) do
    quote do
      @behaviour Commanded.ProcessManagers.ProcessManager

      def child_spec(options) do
        start_options = Keyword.merge(unquote(opts), options)
        %{id: {__MODULE__, start_options}, start: {__MODULE__, :start_link, [start_options]}, restart: :permanent}
      end

      def start_link(options \\ []) do
        GenServer.start_link(__MODULE__, Keyword.merge(unquote(opts), options))
      end
    end
  end
end
