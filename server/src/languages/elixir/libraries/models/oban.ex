# Oban, in the shape that it had up to 2.16; later versions group the same processes under further supervisors.

defmodule Oban do
  defmacro __using__(opts) do
    quote do
      def child_spec(options) do
        Keyword.delete(unquote(opts), :otp_app)
        |> Keyword.merge(Application.get_env(Keyword.get(unquote(opts), :otp_app), __MODULE__, []))
        |> Keyword.merge(options)
        |> Keyword.put(:name, __MODULE__)
        |> Oban.child_spec()
      end
    end
  end

  def child_spec(options) do
    %{id: Keyword.get(options, :name, Oban), start: {Oban, :start_link, [options]}, type: :supervisor}
  end

  def start_link(options) do
    name = Keyword.get(options, :name, Oban)
    Supervisor.start_link(Oban, options, name: {:via, Registry, {Oban.Registry, name}})
  end

  def init(options) do
    name = Keyword.get(options, :name, Oban)
    {notifier, notifier_options} = with_options(Keyword.get(options, :notifier, Oban.Notifiers.Postgres))
    {peer, peer_options} = with_options(peer(options))

    children =
      [
        service(notifier, notifier_options, via(name, Oban.Notifier)),
        service(peer, peer_options, via(name, Oban.Peer)),
        {Oban.Stager, name: via(name, Oban.Stager)},
        {DynamicSupervisor, name: via(name, Foreman), strategy: :one_for_one},
        {Oban.Midwife, name: via(name, Oban.Midwife), oban: name, queues: Keyword.get(options, :queues, [])}
      ] ++
        plugin_children(name, Keyword.get(options, :plugins, [])) ++
        [Task.child_spec(fn -> :telemetry.execute([:oban, :supervisor, :init], %{}, %{}) end)]

    Supervisor.init(children, strategy: :one_for_one)
  end

  defp via(name, role), do: {:via, Registry, {Oban.Registry, {name, role}}}

  defp with_options({module, options}), do: {module, options}
  defp with_options(module), do: {module, []}

  defp peer(options) do
    case Keyword.get(options, :peer, Oban.Peers.Postgres) do
      false -> Oban.Peers.Isolated
      peer -> peer
    end
  end

  defp service(module, options, name) do
    %{id: name, start: {module, :start_link, [Keyword.put(options, :name, name)]}}
  end

  defp plugin_children(_name, false), do: []
  defp plugin_children(_name, nil), do: []

  # Oban starts them in the reverse of the order in which they are listed.
  defp plugin_children(name, plugins) do
    Enum.map(Enum.reverse(plugins), fn plugin -> plugin_child(name, with_options(plugin)) end)
  end

  defp plugin_child(name, {module, options}) do
    Supervisor.child_spec({module, Keyword.put(options, :name, via(name, {:plugin, module}))}, id: {:plugin, module})
  end
end

defmodule Oban.Midwife do
  use GenServer

  def start_link(options) do
    GenServer.start_link(__MODULE__, options, name: Keyword.get(options, :name))
  end

  def init(options) do
    foreman = {:via, Registry, {Oban.Registry, {Keyword.get(options, :oban), Foreman}}}

    for {queue, _limit} <- Keyword.get(options, :queues) do
      DynamicSupervisor.start_child(foreman, {Oban.Queue.Supervisor, oban: Keyword.get(options, :oban), queue: queue})
    end

    {:ok, options}
  end
end

defmodule Oban.Queue.Supervisor do
  use Supervisor

  def start_link(options) do
    Supervisor.start_link(__MODULE__, options)
  end

  def init(options) do
    name = Keyword.get(options, :oban)
    queue = to_string(Keyword.get(options, :queue))

    children = [
      {Task.Supervisor, name: {:via, Registry, {Oban.Registry, {name, {:foreman, queue}}}}},
      {Oban.Queue.Producer, name: {:via, Registry, {Oban.Registry, {name, {:producer, queue}}}}},
      {Oban.Queue.Watchman, name: {:via, Registry, {Oban.Registry, {name, {:watchman, queue}}}}}
    ]

    Supervisor.init(children, strategy: :one_for_all)
  end
end

defmodule Oban.Queue.Producer do
  use GenServer

  def start_link(options), do: GenServer.start_link(__MODULE__, options, name: Keyword.get(options, :name))
end

defmodule Oban.Queue.Watchman do
  use GenServer, shutdown: 15_000

  def start_link(options), do: GenServer.start_link(__MODULE__, options, name: Keyword.get(options, :name))
end

defmodule Oban.Stager do
  use GenServer

  def start_link(options), do: GenServer.start_link(__MODULE__, options, name: Keyword.get(options, :name))
end

defmodule Oban.Notifiers.Postgres do
  def start_link(options) do
    Postgrex.SimpleConnection.start_link(Oban.Notifiers.Postgres, [], options)
  end
end

defmodule Oban.Notifiers.PG do
  use GenServer

  def start_link(options), do: GenServer.start_link(__MODULE__, options, name: Keyword.get(options, :name))
end

defmodule Oban.Notifiers.Isolated do
  use GenServer

  def start_link(options), do: GenServer.start_link(__MODULE__, options, name: Keyword.get(options, :name))
end

defmodule Oban.Peers.Postgres do
  use GenServer

  def start_link(options), do: GenServer.start_link(__MODULE__, options, name: Keyword.get(options, :name))
end

defmodule Oban.Peers.Database do
  use GenServer

  def start_link(options), do: GenServer.start_link(__MODULE__, options, name: Keyword.get(options, :name))
end

defmodule Oban.Peers.Global do
  use GenServer

  def start_link(options), do: GenServer.start_link(__MODULE__, options, name: Keyword.get(options, :name))
end

defmodule Oban.Peers.Isolated do
  use Agent

  def start_link(options), do: Agent.start_link(fn -> true end, name: Keyword.get(options, :name))
end

defmodule Oban.Plugins.Cron do
  use GenServer

  def start_link(options), do: GenServer.start_link(__MODULE__, options, name: Keyword.get(options, :name))
end

defmodule Oban.Plugins.Pruner do
  use GenServer

  def start_link(options), do: GenServer.start_link(__MODULE__, options, name: Keyword.get(options, :name))
end

defmodule Oban.Plugins.Lifeline do
  use GenServer

  def start_link(options), do: GenServer.start_link(__MODULE__, options, name: Keyword.get(options, :name))
end

defmodule Oban.Plugins.Reindexer do
  use GenServer

  def start_link(options), do: GenServer.start_link(__MODULE__, options, name: Keyword.get(options, :name))
end

defmodule Oban.Plugins.Gossip do
  use GenServer

  def start_link(options), do: GenServer.start_link(__MODULE__, options, name: Keyword.get(options, :name))
end
