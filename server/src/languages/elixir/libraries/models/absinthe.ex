# Absinthe's subscriptions: a registry of documents and one proxy per shard. After absinthe 1.7.

defmodule Absinthe.Subscription do
  def child_spec(options) when is_list(options) do
    %{
      id: Absinthe.Subscription,
      start: {Absinthe.Subscription.Supervisor, :start_link, [options]},
      type: :supervisor
    }
  end

  def child_spec(pubsub), do: child_spec(pubsub: pubsub)
end

defmodule Absinthe.Subscription.Supervisor do
  use Supervisor

  def start_link(options) when is_list(options) do
    pubsub = Keyword.get(options, :pubsub)
    Supervisor.start_link(__MODULE__, {pubsub, Keyword.get(options, :pool_size, System.schedulers_online() * 2)})
  end

  def start_link(pubsub), do: start_link(pubsub: pubsub)

  def init({pubsub, pool_size}) do
    registry = Module.concat(pubsub, :Registry)

    children = [
      {Registry, keys: :duplicate, name: registry, partitions: System.schedulers_online()},
      {Absinthe.Subscription.ProxySupervisor, [pubsub, registry, pool_size]}
    ]

    Supervisor.init(children, strategy: :one_for_one)
  end
end

defmodule Absinthe.Subscription.ProxySupervisor do
  use Supervisor

  def start_link(argument), do: Supervisor.start_link(__MODULE__, argument)

  def init([pubsub, registry, pool_size]) do
    tasks = Module.concat(registry, TaskSuper)
    proxies = for shard <- 0..(pool_size - 1), do: {Absinthe.Subscription.Proxy, [tasks, pubsub, shard]}
    children = [{PartitionSupervisor, child_spec: Task.Supervisor, name: tasks} | proxies]
    Supervisor.init(children, strategy: :one_for_one)
  end
end

defmodule Absinthe.Subscription.Proxy do
  use GenServer

  def child_spec([_tasks, _pubsub, shard] = args) do
    %{id: {Absinthe.Subscription.Proxy, shard}, start: {Absinthe.Subscription.Proxy, :start_link, [args]}}
  end

  def start_link(args), do: GenServer.start_link(__MODULE__, args)
end
