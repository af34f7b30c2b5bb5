# Cachex 3 and 4: the table's two owners, and one process for each service of a cache.

defmodule Cachex do
  def child_spec(options) do
    %{id: Cachex, start: {Cachex, :start_link, [options]}, type: :supervisor}
  end

  def start_link([name, options]) when is_atom(name), do: start_link(name, options)
  def start_link([name]) when is_atom(name), do: start_link(name, [])
  def start_link(options) when is_list(options), do: start_link(Keyword.get(options, :name), options)
  def start_link(name), do: start_link(name, [])

  def start_link(name, options) do
    Supervisor.start_link(Cachex, {name, options}, name: name)
  end

  def init({name, options}) do
    children = [
      %{id: Eternal, start: {Eternal, :start_link, [name, [], [name: :"#{name}_eternal"]]}, type: :supervisor},
      %{id: Cachex.Services.Locksmith.Queue, start: {Cachex.Services.Locksmith.Queue, :start_link, [name]}},
      %{
        id: Cachex.Services.Informant,
        start: {Cachex.Services.Informant, :start_link, [Keyword.get(options, :hooks, [])]},
        type: :supervisor
      },
      %{
        id: Cachex.Services.Incubator,
        start: {Cachex.Services.Incubator, :start_link, [Keyword.get(options, :warmers, [])]},
        type: :supervisor
      },
      %{id: Cachex.Services.Courier, start: {Cachex.Services.Courier, :start_link, [name]}},
      %{id: Cachex.Services.Janitor, start: {Cachex.Services.Janitor, :start_link, [name]}}
    ]

    Supervisor.init(children, strategy: :one_for_one)
  end
end

# Both start nothing where the cache has no hooks and no warmers.
defmodule Cachex.Services.Informant do
  def start_link([]), do: :ignore
  def start_link(hooks), do: Supervisor.start_link(hooks, strategy: :one_for_one)
end

defmodule Cachex.Services.Incubator do
  def start_link([]), do: :ignore
  def start_link(warmers), do: Supervisor.start_link(warmers, strategy: :one_for_one)
end

defmodule Cachex.Services.Locksmith.Queue do
  use GenServer

  def start_link(cache), do: GenServer.start_link(__MODULE__, cache, name: :"#{cache}_locksmith")
end

defmodule Cachex.Services.Courier do
  use GenServer

  def start_link(cache), do: GenServer.start_link(__MODULE__, cache, name: :"#{cache}_courier")
end

defmodule Cachex.Services.Janitor do
  use GenServer

  def start_link(cache), do: GenServer.start_link(__MODULE__, cache, name: :"#{cache}_janitor")
end

defmodule Eternal do
  def start_link(table, _table_options, options) do
    Supervisor.start_link(Eternal.Supervisor, table, name: Keyword.get(options, :name))
  end
end

defmodule Eternal.Supervisor do
  use Supervisor

  def init(table) do
    children = [
      %{id: Server.One, start: {Eternal.Server, :start_link, [table]}},
      %{id: Server.Two, start: {Eternal.Server, :start_link, [table]}}
    ]

    Supervisor.init(children, strategy: :one_for_one)
  end
end

defmodule Eternal.Server do
  use GenServer

  def start_link(table), do: GenServer.start_link(__MODULE__, table)
end
