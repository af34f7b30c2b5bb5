# NimblePool, poolboy, hackney's pools and FLAME.

defmodule NimblePool do
  def child_spec(options) do
    {worker, _argument} = Keyword.get(options, :worker)

    %{
      id: worker,
      start: {NimblePool, :start_link, [Keyword.drop(options, [:restart, :shutdown])]},
      shutdown: Keyword.get(options, :shutdown, 5_000),
      restart: Keyword.get(options, :restart, :permanent)
    }
  end

  def start_link(options) do
    {worker, argument} = Keyword.get(options, :worker)
    GenServer.start_link(NimblePool, {worker, argument}, Keyword.take(options, [:name]))
  end
end

defmodule :poolboy do
  def child_spec(id, pool), do: child_spec(id, pool, [])

  def child_spec(id, pool, worker) do
    {id, {:poolboy, :start_link, [pool, worker]}, :permanent, 5000, :worker, [:poolboy]}
  end

  def child_spec(id, pool, worker, :tuple), do: child_spec(id, pool, worker)

  def child_spec(id, pool, worker, :map) do
    %{id: id, start: {:poolboy, :start_link, [pool, worker]}, restart: :permanent, shutdown: 5000, type: :worker}
  end

  def start_link(pool), do: start_link(pool, pool)

  def start_link(pool, worker) do
    case Keyword.get(pool, :name) do
      nil -> :gen_server.start_link(:poolboy, {pool, worker}, [])
      name -> :gen_server.start_link(name, :poolboy, {pool, worker}, [])
    end
  end

  # The pool's own process links a supervisor of the workers.
  def init({pool, worker}) do
    :poolboy_sup.start_link(Keyword.get(pool, :worker_module), worker)
  end
end

defmodule :poolboy_sup do
  def start_link(module, argument) do
    :supervisor.start_link(:poolboy_sup, {module, argument})
  end

  def init({module, argument}) do
    template = {module, {module, :start_link, [argument]}, :temporary, 5000, :worker, [module]}
    {:ok, {{:simple_one_for_one, 0, 1}, [template]}}
  end
end

defmodule :hackney_pool do
  def child_spec(name, options) do
    start = {:hackney_pool, :start_link, [name, [{:name, name} | options]]}
    {name, start, :permanent, 10_000, :worker, [:hackney_pool]}
  end

  def start_link(name, options), do: :gen_server.start_link(:hackney_pool, [name, options], [])
end

defmodule FLAME.Pool do
  use GenServer

  def child_spec(options) do
    %{
      id: {FLAME.Pool, Keyword.get(options, :name)},
      start: {FLAME.Pool.Supervisor, :start_link, [options]},
      type: :supervisor
    }
  end

  def start_link(options), do: GenServer.start_link(__MODULE__, options, Keyword.take(options, [:name]))
end

defmodule FLAME.Pool.Supervisor do
  use Supervisor

  def start_link(options) do
    Supervisor.start_link(__MODULE__, options, name: FLAME.Pool.Supervisor)
  end

  def init(options) do
    name = Keyword.get(options, :name)

    children = [
      {Task.Supervisor, name: Module.concat(name, "TaskSup")},
      {DynamicSupervisor, name: Module.concat(name, "RunnerSup"), strategy: :one_for_one},
      {DynamicSupervisor, name: Module.concat(name, "TerminatorSup"), strategy: :one_for_one},
      %{id: {FLAME.Pool, name}, start: {FLAME.Pool, :start_link, [options]}, type: :worker}
    ]

    Supervisor.init(children, strategy: :one_for_all)
  end
end
