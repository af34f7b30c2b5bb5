# Registry: a supervisor of the processes that own its tables, one per partition.

defmodule Registry do
  def child_spec(options) do
    %{
      id: Keyword.get(options, :name, Registry),
      start: {Registry, :start_link, [options]},
      type: :supervisor
    }
  end

  def start_link(options) do
    keys = Keyword.get(options, :keys)
    name = Keyword.get(options, :name)
    partitions = Keyword.get(options, :partitions, 1)
    Supervisor.start_link(Registry.Supervisor, {keys, name, partitions}, name: name)
  end

  def start_link(keys, name), do: start_link(keys: keys, name: name)

  def start_link(keys, name, options), do: start_link([keys: keys, name: name] ++ options)
end

defmodule Registry.Supervisor do
  use Supervisor

  def init({keys, name, partitions}) do
    children =
      for i <- 0..(partitions - 1) do
        partition = Module.concat(name, "PIDPartition" <> Integer.to_string(i))
        %{id: partition, start: {Registry.Partition, :start_link, [partition, {keys, name, i}]}}
      end

    Supervisor.init(children, strategy: strategy(keys))
  end

  # Keys and processes of a unique registry live in different partitions, so that all of them fall together.
  defp strategy(:unique), do: :one_for_all
  defp strategy(:duplicate), do: :one_for_one
  defp strategy({:duplicate, _by}), do: :one_for_one
end

defmodule Registry.Partition do
  use GenServer

  def start_link(name, argument) do
    GenServer.start_link(__MODULE__, argument, name: name)
  end
end
