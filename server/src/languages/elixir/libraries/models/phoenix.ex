# Phoenix: PubSub, Presence, Endpoint, Channel. After phoenix 1.7/1.8 and phoenix_pubsub 2.1.

defmodule Phoenix.PubSub do
  def child_spec(options), do: Phoenix.PubSub.Supervisor.child_spec(options)
end

defmodule Phoenix.PubSub.Supervisor do
  use Supervisor

  def start_link(options) do
    name = Keyword.get(options, :name)
    Supervisor.start_link(__MODULE__, options, name: Module.concat(name, "Supervisor"))
  end

  def init(options) do
    name = Keyword.get(options, :name)
    adapter = Keyword.get(options, :adapter, Phoenix.PubSub.PG2)
    pool_size = Keyword.get(options, :pool_size, div(System.schedulers_online() + 3, 4))
    partitions = Keyword.get(options, :registry_size, pool_size)
    adapter_options = Keyword.put(options, :adapter_name, Module.concat(name, "Adapter"))

    children = [
      {Registry, keys: :duplicate, name: name, partitions: partitions},
      {adapter, adapter_options}
    ]

    Supervisor.init(children, strategy: :rest_for_one)
  end
end

defmodule Phoenix.PubSub.PG2 do
  use Supervisor

  def start_link(options) do
    adapter = Keyword.get(options, :adapter_name)
    argument = {Keyword.get(options, :name), adapter, Keyword.get(options, :pool_size, 1)}
    Supervisor.start_link(__MODULE__, argument, name: :"#{adapter}_supervisor")
  end

  def init({name, adapter, pool_size}) do
    further = for number <- 2..pool_size//1, do: :"#{adapter}_#{number}"

    children =
      for group <- [adapter | further] do
        Supervisor.child_spec({Phoenix.PubSub.PG2Worker, {name, group}}, id: group)
      end

    Supervisor.init(children, strategy: :one_for_one)
  end
end

defmodule Phoenix.PubSub.PG2Worker do
  use GenServer

  def start_link({name, group}) do
    GenServer.start_link(__MODULE__, {name, group}, name: group)
  end
end

defmodule Phoenix.Tracker do
  defmacro __using__(_opts) do
    quote do
      @behaviour Phoenix.Tracker

      def child_spec(init_arg) do
        %{id: __MODULE__, start: {__MODULE__, :start_link, [init_arg]}, type: :supervisor}
      end

      defoverridable child_spec: 1
    end
  end

  def start_link(tracker, argument, options) do
    Supervisor.start_link(Phoenix.Tracker, {tracker, argument, options}, name: Keyword.get(options, :name))
  end

  def init({tracker, argument, options}) do
    name = Keyword.get(options, :name)
    pool_size = Keyword.get(options, :pool_size, 1)

    shards =
      for number <- 0..(pool_size - 1) do
        shard = :"#{name}_shard#{number}"

        %{
          id: shard,
          start: {Phoenix.Tracker.Shard, :start_link, [tracker, argument, Keyword.put(options, :name, shard)]},
          restart: :transient
        }
      end

    Supervisor.init(shards, strategy: :one_for_one, max_restarts: pool_size * 2, max_seconds: 1)
  end
end

defmodule Phoenix.Tracker.Shard do
  use GenServer

  def start_link(tracker, argument, options) do
    GenServer.start_link(__MODULE__, {tracker, argument, options}, name: Keyword.get(options, :name))
  end
end

defmodule Phoenix.Presence do
  defmacro __using__(opts) do
    quote do
      @behaviour Phoenix.Presence

      def child_spec(options) do
        start_options = Keyword.merge(unquote(opts), options)
        task_supervisor = Module.concat(__MODULE__, "TaskSupervisor")

        %{
          id: __MODULE__,
          start: {Phoenix.Presence, :start_link, [__MODULE__, task_supervisor, start_options]},
          type: :supervisor
        }
      end
    end
  end

  def start_link(module, task_supervisor, options) do
    tracker_options = Keyword.put(options, :name, module)

    children = [
      {Task.Supervisor, name: task_supervisor},
      {Phoenix.Presence.Tracker, {module, task_supervisor, tracker_options}}
    ]

    Supervisor.start_link(children, strategy: :rest_for_one, name: Module.concat(module, "Supervisor"))
  end
end

defmodule Phoenix.Presence.Tracker do
  use Phoenix.Tracker

  def start_link({module, task_supervisor, options}) do
    Phoenix.Tracker.start_link(Phoenix.Presence.Tracker, {module, task_supervisor}, options)
  end
end

defmodule Phoenix.Channel do
  defmacro __using__(opts) do
    quote do
      @behaviour Phoenix.Channel

      def child_spec(init_arg) do
        %{
          id: __MODULE__,
          start: {__MODULE__, :start_link, [init_arg]},
          shutdown: Keyword.get(unquote(opts), :shutdown, 5000),
          restart: :temporary
        }
      end

      def start_link(triplet) do
        GenServer.start_link(Phoenix.Channel.Server, triplet, [])
      end
    end
  end
end

defmodule Phoenix.Endpoint do
  defmacro __using__(opts) do
    quote do
      @behaviour Phoenix.Endpoint

      def child_spec(options) do
        %{id: __MODULE__, start: {__MODULE__, :start_link, [options]}, type: :supervisor}
      end

      def start_link(options \\ []) do
        Phoenix.Endpoint.Supervisor.start_link(Keyword.get(unquote(opts), :otp_app), __MODULE__, options)
      end

      defoverridable child_spec: 1, start_link: 1
    end
  end
end

defmodule Phoenix.Endpoint.Supervisor do
  use Supervisor

  def start_link(otp_app, endpoint, options) do
    Supervisor.start_link(__MODULE__, {otp_app, endpoint, options}, name: endpoint)
  end

  # The sockets' supervisors stand between `warmup` and the web server; they come from the endpoint's `socket` lines, which a
  # model cannot see.
  def init({otp_app, endpoint, options}) do
    config = Keyword.merge(Application.get_env(otp_app, endpoint, []), options)

    children =
      [
        {Phoenix.Config, {endpoint, config, [name: Module.concat(endpoint, "Config")]}},
        %{id: :warmup, start: {Phoenix.Endpoint.Supervisor, :warmup, [endpoint]}}
      ] ++ server_children(endpoint, config)

    Supervisor.init(children, strategy: :one_for_one)
  end

  def warmup(_endpoint), do: :ignore

  defp server_children(endpoint, config) do
    if Keyword.get(config, :server, Application.get_env(:phoenix, :serve_endpoints, false)) do
      adapter = Keyword.get(config, :adapter, Phoenix.Endpoint.Cowboy2Adapter)
      adapter.child_specs(endpoint, config)
    else
      []
    end
  end
end

defmodule Phoenix.Config do
  use GenServer

  def start_link({endpoint, config, options}) do
    GenServer.start_link(__MODULE__, {endpoint, config}, options)
  end
end

defmodule Phoenix.Endpoint.Cowboy2Adapter do
  def child_specs(endpoint, config) do
    listeners =
      for scheme <- [:http, :https], options = Keyword.get(config, scheme) do
        spec = Plug.Cowboy.child_spec(scheme: scheme, plug: {endpoint, []}, options: options)
        start = {Phoenix.Endpoint.Cowboy2Adapter, :start_link, [scheme, endpoint, spec.start]}
        Map.put(spec, :start, start)
      end

    listeners ++ [{Plug.Cowboy.Drainer, Keyword.get(config, :drainer, [])}]
  end

  def start_link(_scheme, _endpoint, {module, function, args}) do
    apply(module, function, args)
  end
end

defmodule Bandit.PhoenixAdapter do
  def child_specs(endpoint, config) do
    for scheme <- [:http, :https], options = Keyword.get(config, scheme) do
      Supervisor.child_spec(Bandit.child_spec([plug: endpoint, scheme: scheme] ++ options), id: {endpoint, scheme})
    end
  end
end
