# Broadway: one process per pipeline, which starts a supervisor of its own and is shown as that supervisor's parent. After broadway 1.x.

defmodule Broadway do
  defmacro __using__(opts) do
    quote do
      @behaviour Broadway

      def child_spec(arg) do
        Supervisor.child_spec(
          %{id: __MODULE__, start: {__MODULE__, :start_link, [arg]}, shutdown: :infinity},
          unquote(opts)
        )
      end

      defoverridable child_spec: 1
    end
  end

  def start_link(module, options) do
    GenServer.start_link(Broadway.Topology, {module, options}, name: Keyword.get(options, :name))
  end
end

defmodule Broadway.Topology do
  use GenServer

  def init({module, options}) do
    name = Keyword.get(options, :name)
    shutdown = Keyword.get(options, :shutdown, 30_000)
    producer = Keyword.get(options, :producer)
    batchers = Keyword.get(options, :batchers, [])

    children =
      [
        {Broadway.Topology.RateLimiter,
         name: process_name(name, "RateLimiter"), rate_limiting: Keyword.get(producer, :rate_limiting)},
        producer_supervisor(name, producer, shutdown),
        processor_supervisor(name, module, Keyword.get(options, :processors), shutdown)
      ] ++ batcher_children(name, module, batchers, shutdown) ++ [terminator(name, shutdown)]

    Supervisor.start_link(children,
      name: process_name(name, "Supervisor"),
      strategy: :rest_for_one,
      max_restarts: Keyword.get(options, :max_restarts, 3),
      max_seconds: Keyword.get(options, :max_seconds, 5)
    )
  end

  defp process_name(name, suffix), do: :"#{name}.Broadway.#{suffix}"

  defp producer_supervisor(name, producer, shutdown) do
    children =
      for index <- 0..(Keyword.get(producer, :concurrency, 1) - 1) do
        stage = process_name(name, "Producer_#{index}")
        start = {Broadway.Topology.ProducerStage, :start_link, [producer, index, [name: stage]]}
        %{id: stage, start: start, shutdown: shutdown}
      end

    options = [
      name: process_name(name, "ProducerSupervisor"),
      strategy: :one_for_one,
      max_restarts: 2 * length(children),
      max_seconds: length(children)
    ]

    supervisor(children, options)
  end

  defp processor_supervisor(name, module, [{key, processor}], shutdown) do
    children =
      for index <- 0..(Keyword.get(processor, :concurrency, System.schedulers_online() * 2) - 1) do
        stage = process_name(name, "Processor_#{key}_#{index}")
        start = {Broadway.Topology.ProcessorStage, :start_link, [[module: module], [name: stage]]}
        %{id: stage, start: start, shutdown: shutdown}
      end

    supervisor(children, name: process_name(name, "ProcessorSupervisor"), strategy: :one_for_all, max_restarts: 0)
  end

  defp batcher_children(_name, _module, [], _shutdown), do: []

  defp batcher_children(name, module, batchers, shutdown) do
    children = for {key, batcher} <- batchers, do: batcher_supervisor(name, module, key, batcher, shutdown)

    options = [
      name: process_name(name, "BatchersSupervisor"),
      strategy: :one_for_one,
      max_restarts: 2 * length(children),
      max_seconds: length(children)
    ]

    [supervisor(children, options)]
  end

  defp batcher_supervisor(name, module, key, batcher, shutdown) do
    stage = process_name(name, "Batcher_#{key}")
    start = {Broadway.Topology.BatcherStage, :start_link, [[batcher: key], [name: stage]]}

    children = [
      %{id: stage, start: start, shutdown: shutdown},
      batch_processor_supervisor(name, module, key, batcher, shutdown)
    ]

    options = [
      name: process_name(name, "BatcherSupervisor_#{key}"),
      strategy: :rest_for_one,
      max_restarts: 4,
      max_seconds: 2
    ]

    supervisor(children, options)
  end

  defp batch_processor_supervisor(name, module, key, batcher, shutdown) do
    children =
      for index <- 0..(Keyword.get(batcher, :concurrency, 1) - 1) do
        stage = process_name(name, "BatchProcessor_#{key}_#{index}")
        start = {Broadway.Topology.BatchProcessorStage, :start_link, [[module: module], [name: stage]]}
        %{id: stage, start: start, shutdown: shutdown}
      end

    options = [
      name: process_name(name, "BatchProcessorSupervisor_#{key}"),
      strategy: :one_for_all,
      max_restarts: 0
    ]

    supervisor(children, options)
  end

  defp terminator(name, shutdown) do
    stage = process_name(name, "Terminator")

    %{
      id: stage,
      start: {Broadway.Topology.Terminator, :start_link, [[], [name: stage]]},
      shutdown: shutdown
    }
  end

  defp supervisor(children, options) do
    %{id: make_ref(), start: {Supervisor, :start_link, [children, options]}, type: :supervisor}
  end
end

defmodule Broadway.Topology.RateLimiter do
  use GenServer

  def start_link(options) do
    case Keyword.get(options, :rate_limiting) do
      nil -> :ignore
      _limits -> GenServer.start_link(__MODULE__, options, Keyword.take(options, [:name]))
    end
  end
end

defmodule Broadway.Topology.ProducerStage do
  use GenStage

  def start_link(args, _index, options), do: GenStage.start_link(__MODULE__, args, options)
end

defmodule Broadway.Topology.ProcessorStage do
  use GenStage

  def start_link(args, options), do: GenStage.start_link(__MODULE__, args, options)
end

defmodule Broadway.Topology.BatcherStage do
  use GenStage

  def start_link(args, options), do: GenStage.start_link(__MODULE__, args, options)
end

defmodule Broadway.Topology.BatchProcessorStage do
  use GenStage

  def start_link(args, options), do: GenStage.start_link(__MODULE__, args, options)
end

defmodule Broadway.Topology.Terminator do
  use GenServer

  def start_link(args, options), do: GenServer.start_link(__MODULE__, args, options)
end
