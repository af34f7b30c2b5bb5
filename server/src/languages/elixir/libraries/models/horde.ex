# Horde: a registry and a dynamic supervisor over a replicated map, each with its helpers below one supervisor. After horde 0.9.

defmodule DeltaCrdt do
  def child_spec(options) do
    %{
      id: Keyword.get(options, :name, DeltaCrdt),
      start: {DeltaCrdt, :start_link, [Keyword.get(options, :crdt), options]},
      shutdown: Keyword.get(options, :shutdown, 5000)
    }
  end

  def start_link(crdt, options) do
    GenServer.start_link(DeltaCrdt.CausalCrdt, {crdt, options}, Keyword.take(options, [:name]))
  end
end

defmodule Horde.Registry do
  defmacro __using__(opts) do
    quote do
      @behaviour Horde.Registry

      def child_spec(arg) do
        Supervisor.child_spec(
          %{id: __MODULE__, start: {__MODULE__, :start_link, [arg]}, type: :supervisor},
          unquote(opts)
        )
      end

      defoverridable child_spec: 1
    end
  end

  def child_spec(options) do
    %{
      id: Keyword.get(options, :name, Horde.Registry),
      start: {Horde.Registry, :start_link, [options]},
      type: :supervisor
    }
  end

  def start_link(options) do
    name = Keyword.get(options, :name)
    Supervisor.start_link(Horde.Registry, {name, options}, name: :"#{name}.Supervisor")
  end

  def start_link(module, argument), do: start_link(module, argument, [])

  def start_link(module, argument, options) do
    name = Keyword.get(options, :name)
    Supervisor.start_link(Horde.Registry, {module, argument, name}, name: :"#{name}.Supervisor")
  end

  def init({module, argument, name}) do
    {:ok, options} = module.init(argument)
    init({name, options})
  end

  def init({name, options}) do
    children =
      [
        {DeltaCrdt, crdt: DeltaCrdt.AWLWWMap, name: :"#{name}.Crdt", shutdown: Horde.NodeListener.shutdown(options)},
        {Horde.RegistryImpl, name: name}
      ] ++ Horde.NodeListener.children(name, options)

    Supervisor.init(children, strategy: :one_for_all)
  end

  # What a module's own init/1 hands on.
  def init(options), do: {:ok, options}
end

defmodule Horde.RegistryImpl do
  use GenServer

  def child_spec(options) do
    %{id: Keyword.get(options, :name, Horde.RegistryImpl), start: {Horde.RegistryImpl, :start_link, [options]}}
  end

  def start_link(options), do: GenServer.start_link(__MODULE__, options, Keyword.take(options, [:name]))
end

defmodule Horde.DynamicSupervisor do
  defmacro __using__(opts) do
    quote do
      @behaviour Horde.DynamicSupervisor

      def child_spec(arg) do
        Supervisor.child_spec(
          %{id: __MODULE__, start: {__MODULE__, :start_link, [arg]}, type: :supervisor},
          unquote(opts)
        )
      end

      defoverridable child_spec: 1
    end
  end

  def child_spec(options) do
    %{
      id: Keyword.get(options, :name, Horde.DynamicSupervisor),
      start: {Horde.DynamicSupervisor, :start_link, [options]},
      type: :supervisor
    }
  end

  def start_link(options) do
    name = Keyword.get(options, :name)
    Supervisor.start_link(Horde.DynamicSupervisor, {name, options}, name: :"#{name}.Supervisor")
  end

  def start_link(module, argument), do: start_link(module, argument, [])

  def start_link(module, argument, options) do
    name = Keyword.get(options, :name)
    Supervisor.start_link(Horde.DynamicSupervisor, {module, argument, name}, name: :"#{name}.Supervisor")
  end

  def init({module, argument, name}) do
    {:ok, options} = module.init(argument)
    init({name, options})
  end

  def init({name, options}) do
    limits = Keyword.take(options, [:strategy, :max_restarts, :max_seconds])

    children =
      [
        {DeltaCrdt, crdt: DeltaCrdt.AWLWWMap, name: :"#{name}.Crdt", shutdown: Horde.NodeListener.shutdown(options)},
        {Horde.DynamicSupervisorImpl, name: name},
        {Horde.ProcessesSupervisor, Keyword.put(limits, :name, :"#{name}.ProcessesSupervisor")},
        {Horde.SignalShutdown, signal_to: [name]},
        %{
          id: :"#{name}_telemetry_poller",
          start: {:telemetry_poller, :start_link, [[period: 5_000, name: :"#{name}_telemetry_poller"]]}
        }
      ] ++ Horde.NodeListener.children(name, options)

    Supervisor.init(children, strategy: :one_for_all, max_restarts: 0)
  end

  # What a module's own init/1 hands on.
  def init(options), do: {:ok, options}
end

defmodule Horde.DynamicSupervisorImpl do
  use GenServer

  def start_link(options), do: GenServer.start_link(__MODULE__, options, Keyword.take(options, [:name]))
end

defmodule Horde.ProcessesSupervisor do
  def child_spec(options) do
    %{
      id: Keyword.get(options, :name, DynamicSupervisor),
      start: {Horde.ProcessesSupervisor, :start_link, [options]},
      type: :supervisor
    }
  end

  def start_link(options), do: DynamicSupervisor.start_link(options)
end

defmodule Horde.SignalShutdown do
  use GenServer

  def child_spec(options) do
    %{
      id: Horde.SignalShutdown,
      start: {GenServer, :start_link, [Horde.SignalShutdown, Keyword.get(options, :signal_to)]}
    }
  end
end

defmodule Horde.NodeListener do
  use GenServer

  def start_link(name), do: GenServer.start_link(__MODULE__, name, name: Module.concat(name, "NodeListener"))

  # It is there only where the members of the cluster are followed automatically.
  def children(name, options) do
    case Keyword.get(options, :members, []) do
      :auto -> [{Horde.NodeListener, name}]
      _members -> []
    end
  end

  def shutdown(options) do
    Keyword.get(Keyword.get(options, :delta_crdt_options, []), :shutdown, 30_000)
  end
end
