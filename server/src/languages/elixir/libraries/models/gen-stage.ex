# GenStage and ConsumerSupervisor.

defmodule GenStage do
  defmacro __using__(opts) do
    quote do
      @behaviour GenStage

      def child_spec(arg) do
        Supervisor.child_spec(%{id: __MODULE__, start: {__MODULE__, :start_link, [arg]}}, unquote(opts))
      end

      defoverridable child_spec: 1
    end
  end

  def start_link(module, args), do: GenServer.start_link(module, args, [])

  def start_link(module, args, options), do: GenServer.start_link(module, args, options)
end

# A ConsumerSupervisor has no children of its own accord: it starts one from its template for each event.
defmodule ConsumerSupervisor do
  defmacro __using__(opts) do
    quote do
      @behaviour ConsumerSupervisor

      def child_spec(arg) do
        Supervisor.child_spec(
          %{id: __MODULE__, start: {__MODULE__, :start_link, [arg]}, type: :supervisor},
          unquote(opts)
        )
      end

      defoverridable child_spec: 1
    end
  end

  def start_link(children, options) when is_list(children) do
    DynamicSupervisor.start_link(supervisor_options(options) ++ Keyword.take(options, [:name]))
  end

  def start_link(module, args), do: DynamicSupervisor.start_link(module, args, [])

  def start_link(module, args, options), do: DynamicSupervisor.start_link(module, args, options)

  def init(_template, options), do: DynamicSupervisor.init(supervisor_options(options))

  defp supervisor_options(options), do: Keyword.take(options, [:strategy, :max_restarts, :max_seconds])
end
