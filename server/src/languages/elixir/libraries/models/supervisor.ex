# The standard library's supervisors. Supervisor.start_link, Supervisor.init, Supervisor.child_spec, DynamicSupervisor.start_link
# and DynamicSupervisor.init are built into the evaluator.

defmodule Supervisor do
  defmacro __using__(opts) do
    quote do
      import Supervisor.Spec
      @behaviour Supervisor

      def child_spec(init_arg) do
        Supervisor.child_spec(
          %{id: __MODULE__, start: {__MODULE__, :start_link, [init_arg]}, type: :supervisor},
          unquote(opts)
        )
      end

      defoverridable child_spec: 1
    end
  end
end

defmodule DynamicSupervisor do
  defmacro __using__(opts) do
    quote do
      @behaviour DynamicSupervisor

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
    id =
      case Keyword.get(options, :name, DynamicSupervisor) do
        {:global, name} -> name
        {:via, _module, name} -> name
        name -> name
      end

    %{id: id, start: {DynamicSupervisor, :start_link, [options]}, type: :supervisor}
  end
end

defmodule Task.Supervisor do
  @supervisor_options [:max_children, :max_seconds, :max_restarts]

  def child_spec(options) do
    id =
      case Keyword.get(options, :name, Task.Supervisor) do
        {:global, name} -> name
        {:via, _module, name} -> name
        name -> name
      end

    %{id: id, start: {Task.Supervisor, :start_link, [options]}, type: :supervisor}
  end

  def start_link(), do: start_link([])

  def start_link(options) do
    start_options = Keyword.drop(options, [:restart, :shutdown | @supervisor_options])
    DynamicSupervisor.start_link(Task.Supervisor, Keyword.take(options, @supervisor_options), start_options)
  end

  def init(options) do
    DynamicSupervisor.init([strategy: :one_for_one] ++ options)
  end
end

defmodule PartitionSupervisor do
  @supervisor_options [:strategy, :max_seconds, :max_restarts, :auto_shutdown]

  def child_spec(options) do
    id =
      case Keyword.get(options, :name, PartitionSupervisor) do
        {:via, _module, name} -> name
        name -> name
      end

    %{id: id, start: {PartitionSupervisor, :start_link, [options]}, type: :supervisor}
  end

  def start_link(options) do
    name = Keyword.get(options, :name)
    partitions = Keyword.get(options, :partitions, System.schedulers_online())
    with_arguments = Keyword.get(options, :with_arguments, fn args, _partition -> args end)
    spec = Supervisor.child_spec(Keyword.get(options, :child_spec), [])
    {module, function, args} = spec.start

    children =
      for partition <- 0..(partitions - 1) do
        partition_args = with_arguments.(args, partition)
        start = {PartitionSupervisor, :start_child, [module, function, partition_args, name, partition]}
        Map.merge(spec, %{id: partition, start: start})
      end

    start_options = Keyword.drop(options, [:child_spec, :partitions, :with_arguments | @supervisor_options])
    argument = {children, Keyword.take(options, @supervisor_options)}
    Supervisor.start_link(PartitionSupervisor, argument, start_options)
  end

  # Elixir 1.14 to 1.17 hand the name over; later versions do without.
  def start_child(module, function, args, _name, _partition) do
    apply(module, function, args)
  end

  def init({children, options}) do
    Supervisor.init(children, Keyword.put_new(options, :strategy, :one_for_one))
  end
end
