# Libraries that put one process into a tree: Redix, Goth, WebSockex, GenStateMachine, Guardian.DB's sweeper.

defmodule Redix do
  def child_spec({uri, options}), do: child_spec_with([uri, options])
  def child_spec(options), do: child_spec_with([options])

  defp child_spec_with(args), do: %{id: Redix, type: :worker, start: {Redix, :start_link, args}}

  def start_link(), do: start_link([])

  def start_link(uri) when is_binary(uri), do: start_link([])

  def start_link(options) do
    case Keyword.get(options, :name) do
      nil -> :gen_statem.start_link(Redix.Connection, options, [])
      {_scope, _term} = name -> :gen_statem.start_link(name, Redix.Connection, options, [])
      {:via, _module, _term} = name -> :gen_statem.start_link(name, Redix.Connection, options, [])
      name -> :gen_statem.start_link({:local, name}, Redix.Connection, options, [])
    end
  end

  def start_link(_uri, options), do: start_link(options)
end

defmodule Redix.PubSub do
  def start_link(), do: start_link([])

  def start_link(uri) when is_binary(uri), do: start_link([])

  def start_link(options) do
    case Keyword.get(options, :name) do
      nil -> :gen_statem.start_link(Redix.PubSub.Connection, options, [])
      {_scope, _term} = name -> :gen_statem.start_link(name, Redix.PubSub.Connection, options, [])
      {:via, _module, _term} = name -> :gen_statem.start_link(name, Redix.PubSub.Connection, options, [])
      name -> :gen_statem.start_link({:local, name}, Redix.PubSub.Connection, options, [])
    end
  end

  def start_link(_uri, options), do: start_link(options)
end

defmodule Goth do
  use GenServer

  def start_link(options) do
    GenServer.start_link(__MODULE__, options, name: {:via, Registry, {Goth.Registry, Keyword.get(options, :name)}})
  end
end

defmodule WebSockex do
  defmacro __using__(opts) do
    quote do
      @behaviour WebSockex

      def child_spec(state) do
        Supervisor.child_spec(%{id: __MODULE__, start: {__MODULE__, :start_link, [state]}}, unquote(opts))
      end

      def child_spec(connection, state) do
        Supervisor.child_spec(%{id: __MODULE__, start: {__MODULE__, :start_link, [connection, state]}}, unquote(opts))
      end

      defoverridable child_spec: 1, child_spec: 2
    end
  end

  def start_link(connection, module, state), do: start_link(connection, module, state, [])

  def start_link(_connection, module, state, options) do
    GenServer.start_link(module, state, Keyword.take(options, [:name]))
  end
end

defmodule GenStateMachine do
  defmacro __using__(opts) do
    quote do
      @behaviour GenStateMachine

      def child_spec(init_arg) do
        Supervisor.child_spec(
          %{id: __MODULE__, start: {__MODULE__, :start_link, [init_arg]}},
          Keyword.delete(unquote(opts), :callback_mode)
        )
      end

      defoverridable child_spec: 1
    end
  end

  def start_link(module, args), do: start_link(module, args, [])

  def start_link(module, args, options) do
    case Keyword.get(options, :name) do
      nil -> :gen_statem.start_link(module, args, [])
      {_scope, _term} = name -> :gen_statem.start_link(name, module, args, [])
      {:via, _module, _term} = name -> :gen_statem.start_link(name, module, args, [])
      name -> :gen_statem.start_link({:local, name}, module, args, [])
    end
  end
end

defmodule Guardian.DB.Sweeper do
  use GenServer

  def start_link(options), do: GenServer.start_link(__MODULE__, options, name: __MODULE__)
end
