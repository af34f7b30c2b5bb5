# Bandit and ThousandIsland: a listener, and a supervisor of acceptors with one supervisor of connections each. After thousand_island 1.x.

defmodule Bandit do
  def child_spec(options) do
    %{id: {Bandit, make_ref()}, start: {Bandit, :start_link, [options]}, type: :supervisor, restart: :permanent}
  end

  def start_link(options) do
    ThousandIsland.start_link(Keyword.get(options, :thousand_island_options, []))
  end
end

defmodule ThousandIsland do
  def child_spec(options) do
    %{
      id: {ThousandIsland, make_ref()},
      start: {ThousandIsland, :start_link, [options]},
      type: :supervisor,
      restart: :permanent
    }
  end

  def start_link(options), do: ThousandIsland.Server.start_link(options)
end

defmodule ThousandIsland.Server do
  use Supervisor

  def start_link(options) do
    Supervisor.start_link(__MODULE__, options, Keyword.get(options, :supervisor_options, []))
  end

  def init(options) do
    children = [
      Supervisor.child_spec({ThousandIsland.Listener, options}, id: :listener),
      Supervisor.child_spec({ThousandIsland.AcceptorPoolSupervisor, options}, id: :acceptor_pool_supervisor),
      Supervisor.child_spec({ThousandIsland.ShutdownListener, options}, id: :shutdown_listener)
    ]

    Supervisor.init(children, strategy: :rest_for_one)
  end
end

defmodule ThousandIsland.Listener do
  use GenServer, restart: :transient

  def start_link(options), do: GenServer.start_link(__MODULE__, options)
end

defmodule ThousandIsland.ShutdownListener do
  use GenServer

  def start_link(options), do: GenServer.start_link(__MODULE__, options)
end

defmodule ThousandIsland.AcceptorPoolSupervisor do
  use Supervisor

  def start_link(options), do: Supervisor.start_link(__MODULE__, options)

  def init(options) do
    children =
      for number <- 1..Keyword.get(options, :num_acceptors, 100) do
        Supervisor.child_spec({ThousandIsland.AcceptorSupervisor, options}, id: "acceptor-#{number}")
      end

    Supervisor.init(children, strategy: :one_for_one)
  end
end

defmodule ThousandIsland.AcceptorSupervisor do
  use Supervisor

  def start_link(options), do: Supervisor.start_link(__MODULE__, options)

  def init(options) do
    children = [
      Supervisor.child_spec({DynamicSupervisor, strategy: :one_for_one}, id: :connection_sup),
      Supervisor.child_spec({ThousandIsland.Acceptor, options}, id: :acceptor)
    ]

    Supervisor.init(children, strategy: :rest_for_one)
  end
end

defmodule ThousandIsland.Acceptor do
  use Task, restart: :transient

  def start_link(options), do: Task.start_link(__MODULE__, :run, [options])

  def run(_options), do: :ok
end

defmodule ThousandIsland.Handler do
  defmacro __using__(_opts) do
    quote do
      @behaviour ThousandIsland.Handler
      use GenServer, restart: :temporary

      def start_link({handler_options, options}) do
        GenServer.start_link(__MODULE__, handler_options, options)
      end

      def start_link(argument), do: GenServer.start_link(__MODULE__, argument)
    end
  end
end
