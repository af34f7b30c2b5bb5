# Finch up to 0.20: pools are started on demand under one DynamicSupervisor.

defmodule Finch do
  def child_spec(options) do
    %{id: Keyword.get(options, :name), start: {Finch, :start_link, [options]}}
  end

  def start_link(options) do
    name = Keyword.get(options, :name)
    Supervisor.start_link(Finch, options, name: Module.concat(name, "Supervisor"))
  end

  def init(options) do
    name = Keyword.get(options, :name)

    children = [
      {DynamicSupervisor, name: Module.concat(name, "PoolSupervisor"), strategy: :one_for_one},
      {Registry, keys: :duplicate, name: name},
      {Finch.PoolManager, name: Module.concat(name, "PoolManager")}
    ]

    Supervisor.init(children, strategy: :one_for_all)
  end
end

defmodule Finch.PoolManager do
  use GenServer

  def start_link(options) do
    GenServer.start_link(__MODULE__, options, name: Keyword.get(options, :name))
  end
end
