# Ecto.Repo over a SQL adapter: one supervisor above a connection pool. After ecto 3.12 and db_connection 2.7.

defmodule Ecto.Repo do
  defmacro __using__(opts) do
    quote do
      @behaviour Ecto.Repo

      def child_spec(options) do
        %{id: __MODULE__, start: {__MODULE__, :start_link, [options]}, type: :supervisor}
      end

      def start_link(options \\ []) do
        Ecto.Repo.Supervisor.start_link(
          __MODULE__,
          Keyword.get(unquote(opts), :otp_app),
          Keyword.get(unquote(opts), :adapter),
          options
        )
      end

      defoverridable child_spec: 1
    end
  end
end

defmodule Ecto.Repo.Supervisor do
  use Supervisor

  def start_link(repo, otp_app, adapter, options) do
    name = Keyword.get(options, :name, repo)
    Supervisor.start_link(__MODULE__, {name, repo, otp_app, adapter, options}, name: name)
  end

  def init({name, _repo, _otp_app, adapter, options}) do
    pool = DBConnection.ConnectionPool.child_spec({adapter, Keyword.delete(options, :name)})
    child = Map.put(pool, :start, {Ecto.Repo.Supervisor, :start_child, [pool.start, name, adapter, %{}]})
    Supervisor.init([child], strategy: :one_for_one, max_restarts: 0)
  end

  def start_child({module, function, args}, _name, _adapter, _meta) do
    apply(module, function, args)
  end
end

defmodule DBConnection do
  def child_spec(connection, options) do
    pool = Keyword.get(options, :pool, DBConnection.ConnectionPool)
    pool.child_spec({connection, options})
  end

  def start_link(connection, options) do
    DBConnection.ConnectionPool.start_link({connection, options})
  end
end

defmodule DBConnection.ConnectionPool do
  use GenServer

  def start_link({connection, options}) do
    GenServer.start_link(__MODULE__, {connection, options}, Keyword.take(options, [:name]))
  end
end

defmodule Postgrex do
  def child_spec(options), do: DBConnection.child_spec(Postgrex.Protocol, options)

  def start_link(options), do: DBConnection.start_link(Postgrex.Protocol, options)
end

defmodule MyXQL do
  def child_spec(options), do: DBConnection.child_spec(MyXQL.Connection, options)

  def start_link(options), do: DBConnection.start_link(MyXQL.Connection, options)
end

defmodule Postgrex.Notifications do
  def child_spec(options) do
    %{id: Postgrex.Notifications, start: {Postgrex.Notifications, :start_link, [options]}}
  end

  def start_link(options) do
    Postgrex.SimpleConnection.start_link(Postgrex.Notifications, [], options)
  end
end

defmodule Postgrex.SimpleConnection do
  def start_link(module, args, options) do
    case Keyword.get(options, :name) do
      nil -> :gen_statem.start_link(Postgrex.SimpleConnection, {module, args}, [])
      {_scope, _term} = name -> :gen_statem.start_link(name, Postgrex.SimpleConnection, {module, args}, [])
      {:via, _module, _term} = name -> :gen_statem.start_link(name, Postgrex.SimpleConnection, {module, args}, [])
      name -> :gen_statem.start_link({:local, name}, Postgrex.SimpleConnection, {module, args}, [])
    end
  end
end

defmodule Postgrex.ReplicationConnection do
  defmacro __using__(opts) do
    quote do
      @behaviour Postgrex.ReplicationConnection

      def child_spec(init_arg) do
        Supervisor.child_spec(%{id: __MODULE__, start: {__MODULE__, :start_link, [init_arg]}}, unquote(opts))
      end

      defoverridable child_spec: 1
    end
  end

  def start_link(module, args, options) do
    case Keyword.get(options, :name) do
      nil -> :gen_statem.start_link(module, args, [])
      {_scope, _term} = name -> :gen_statem.start_link(name, module, args, [])
      {:via, _module, _term} = name -> :gen_statem.start_link(name, module, args, [])
      name -> :gen_statem.start_link({:local, name}, module, args, [])
    end
  end
end
