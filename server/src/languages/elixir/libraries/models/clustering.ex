# DNSCluster and libcluster.

defmodule DNSCluster do
  use GenServer

  def start_link(options) do
    case Keyword.get(options, :query) do
      :ignore -> :ignore
      _query -> GenServer.start_link(__MODULE__, options, name: Keyword.get(options, :name, DNSCluster))
    end
  end
end

defmodule Cluster.Supervisor do
  use Supervisor

  def start_link([topologies]), do: start_link([topologies, []])

  def start_link([topologies, options]) do
    Supervisor.start_link(__MODULE__, [topologies, options], options)
  end

  def init([topologies, options]) do
    children =
      for {topology, spec} <- topologies do
        state = %{topology: topology, config: Keyword.get(spec, :config, [])}
        %{id: topology, start: {Keyword.get(spec, :strategy), :start_link, [[state]]}}
      end

    Supervisor.init(children, Keyword.put(options, :strategy, :one_for_one))
  end
end

defmodule Cluster.Strategy do
  defmacro __using__(_opts) do
    quote do
      @behaviour Cluster.Strategy

      def child_spec(args) do
        %{id: __MODULE__, type: :worker, start: {__MODULE__, :start_link, [args]}}
      end

      defoverridable child_spec: 1
    end
  end
end

# Without hosts it starts nothing.
defmodule Cluster.Strategy.Epmd do
  use Cluster.Strategy
  use GenServer

  def start_link([state]) do
    case Keyword.get(state.config, :hosts, []) do
      [] -> :ignore
      _hosts -> GenServer.start_link(__MODULE__, [state])
    end
  end
end

defmodule Cluster.Strategy.ErlangHosts do
  use Cluster.Strategy
  use GenServer

  def start_link(state), do: GenServer.start_link(__MODULE__, state)
end

defmodule Cluster.Strategy.Gossip do
  use Cluster.Strategy
  use GenServer

  def start_link(state), do: GenServer.start_link(__MODULE__, state)
end

# Connects once, and starts nothing.
defmodule Cluster.Strategy.LocalEpmd do
  use Cluster.Strategy

  def start_link(_state), do: :ignore
end

defmodule Cluster.Strategy.DNSPoll do
  use Cluster.Strategy
  use GenServer

  def start_link(state), do: GenServer.start_link(__MODULE__, state)
end

defmodule Cluster.Strategy.Kubernetes do
  use Cluster.Strategy
  use GenServer

  def start_link(state), do: GenServer.start_link(__MODULE__, state)
end

defmodule Cluster.Strategy.Kubernetes.DNS do
  use Cluster.Strategy
  use GenServer

  def start_link(state), do: GenServer.start_link(__MODULE__, state)
end

defmodule Cluster.Strategy.Kubernetes.DNSSRV do
  use Cluster.Strategy
  use GenServer

  def start_link(state), do: GenServer.start_link(__MODULE__, state)
end

defmodule Cluster.Strategy.Rancher do
  use Cluster.Strategy
  use GenServer

  def start_link(state), do: GenServer.start_link(__MODULE__, state)
end
