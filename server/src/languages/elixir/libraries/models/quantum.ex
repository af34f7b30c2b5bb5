# Quantum 3: a chain of stages from a clock to the supervisor of running jobs.

defmodule Quantum do
  defmacro __using__(opts) do
    quote do
      @behaviour Quantum

      def child_spec(options) do
        %{
          id: Keyword.get(unquote(opts), :id, __MODULE__),
          start: {__MODULE__, :start_link, [options]},
          restart: Keyword.get(unquote(opts), :restart, :permanent),
          type: :worker
        }
      end

      def start_link(options \\ []) do
        Application.get_env(Keyword.get(unquote(opts), :otp_app), __MODULE__, [])
        |> Keyword.merge(options)
        |> Keyword.put_new(:name, __MODULE__)
        |> Keyword.put(:scheduler, __MODULE__)
        |> Quantum.Supervisor.start_link()
      end

      defoverridable child_spec: 1
    end
  end
end

defmodule Quantum.Supervisor do
  use Supervisor

  def start_link(options) do
    Supervisor.start_link(__MODULE__, options, Keyword.take(options, [:name]))
  end

  def init(options) do
    scheduler = Keyword.get(options, :scheduler)
    storage = Keyword.get(options, :storage, Quantum.Storage.Noop)

    children = [
      {Task.Supervisor, name: Module.concat(scheduler, TaskSupervisor)},
      {storage, name: Module.concat(scheduler, Storage), scheduler: scheduler},
      {Quantum.ClockBroadcaster, name: Module.concat(scheduler, ClockBroadcaster)},
      {Quantum.TaskRegistry, name: Module.concat(scheduler, TaskRegistry)},
      {Quantum.JobBroadcaster, name: Module.concat(scheduler, JobBroadcaster)},
      {Quantum.ExecutionBroadcaster, name: Module.concat(scheduler, ExecutionBroadcaster)},
      {Quantum.NodeSelectorBroadcaster, name: Module.concat(scheduler, NodeSelectorBroadcaster)},
      {Quantum.ExecutorSupervisor, name: Module.concat(scheduler, ExecutorSupervisor)}
    ]

    Supervisor.init(children, strategy: :rest_for_one)
  end
end

defmodule Quantum.Storage.Noop do
  use GenServer

  def start_link(_options), do: :ignore
end

defmodule Quantum.TaskRegistry do
  def child_spec(options) do
    Map.put(Registry.child_spec([]), :start, {Quantum.TaskRegistry, :start_link, [options]})
  end

  def start_link(options), do: Registry.start_link(keys: :unique, name: Keyword.get(options, :name))
end

defmodule Quantum.ClockBroadcaster do
  use GenStage

  def start_link(options), do: GenStage.start_link(__MODULE__, options, Keyword.take(options, [:name]))
end

defmodule Quantum.JobBroadcaster do
  use GenStage

  def start_link(options), do: GenStage.start_link(__MODULE__, options, Keyword.take(options, [:name]))
end

defmodule Quantum.ExecutionBroadcaster do
  use GenStage

  def start_link(options), do: GenStage.start_link(__MODULE__, options, Keyword.take(options, [:name]))
end

defmodule Quantum.NodeSelectorBroadcaster do
  use GenStage

  def start_link(options), do: GenStage.start_link(__MODULE__, options, Keyword.take(options, [:name]))
end

defmodule Quantum.ExecutorSupervisor do
  use ConsumerSupervisor

  def start_link(options), do: ConsumerSupervisor.start_link(__MODULE__, options, Keyword.take(options, [:name]))

  def init(options), do: ConsumerSupervisor.init([{Quantum.Executor, options}], strategy: :one_for_one)
end

defmodule Quantum.Executor do
  use Task

  def start_link(options, event), do: Task.start_link(fn -> {options, event} end)
end
