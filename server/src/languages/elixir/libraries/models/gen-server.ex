# What `use GenServer` and its relatives bring into a module, as far as supervision is concerned.
# Starting (GenServer.start_link, Agent.start_link, Task.start_link …) is built into the evaluator.

defmodule GenServer do
  defmacro __using__(opts) do
    quote do
      @behaviour GenServer

      def child_spec(init_arg) do
        Supervisor.child_spec(%{id: __MODULE__, start: {__MODULE__, :start_link, [init_arg]}}, unquote(opts))
      end

      defoverridable child_spec: 1
    end
  end
end

defmodule Agent do
  defmacro __using__(opts) do
    quote do
      def child_spec(arg) do
        Supervisor.child_spec(%{id: __MODULE__, start: {__MODULE__, :start_link, [arg]}}, unquote(opts))
      end

      defoverridable child_spec: 1
    end
  end

  def child_spec(arg) do
    %{id: Agent, start: {Agent, :start_link, [arg]}}
  end
end

defmodule Task do
  defmacro __using__(opts) do
    quote do
      def child_spec(arg) do
        Supervisor.child_spec(
          %{id: __MODULE__, start: {__MODULE__, :start_link, [arg]}, restart: :temporary},
          unquote(opts)
        )
      end

      defoverridable child_spec: 1
    end
  end

  def child_spec(arg) do
    %{id: Task, start: {Task, :start_link, [arg]}, restart: :temporary}
  end
end

defmodule Application do
  defmacro __using__(_opts) do
    quote do
      @behaviour Application

      def stop(_state), do: :ok

      defoverridable stop: 1
    end
  end
end
