# telemetry_poller and PromEx.

defmodule :telemetry_poller do
  def child_spec(options) do
    id =
      case Keyword.get(options, :name) do
        nil -> :telemetry_poller
        {:global, name} -> name
        {:via, _module, name} -> name
        name -> name
      end

    %{id: id, start: {:telemetry_poller, :start_link, [options]}}
  end

  def start_link(options) do
    case Keyword.get(options, :name) do
      nil -> :gen_server.start_link(:telemetry_poller, options, [])
      {_scope, _name} = name -> :gen_server.start_link(name, :telemetry_poller, options, [])
      {:via, _module, _name} = name -> :gen_server.start_link(name, :telemetry_poller, options, [])
      name -> :gen_server.start_link({:local, name}, :telemetry_poller, options, [])
    end
  end
end

# Further children depend on the plugins and on the configuration: pollers, the Grafana client and agent, the metrics server.
defmodule PromEx do
  defmacro __using__(opts) do
    quote do
      @behaviour PromEx
      use Supervisor

      def start_link(_options) do
        Supervisor.start_link(__MODULE__, unquote(opts), name: __MODULE__)
      end

      def init(_options) do
        children = [
          {PromEx.ETSCronFlusher, name: Module.concat(__MODULE__, ETSCronFlusher)},
          {PromEx.ManualMetricsManager, name: Module.concat(__MODULE__, ManualMetricsManager)}
        ]

        Supervisor.init(children, strategy: :one_for_one)
      end
    end
  end
end

defmodule PromEx.ETSCronFlusher do
  use GenServer

  def start_link(options), do: GenServer.start_link(__MODULE__, options, Keyword.take(options, [:name]))
end

defmodule PromEx.ManualMetricsManager do
  use GenServer

  def start_link(options), do: GenServer.start_link(__MODULE__, options, Keyword.take(options, [:name]))
end
