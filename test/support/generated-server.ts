/** A GenServer of about that many lines, with clients, callbacks and plain functions as people write them. */
export function generatedServer(lines: number, module = "ElixirShop.Generated"): string {
  const client = (i: number): string => `  @doc "Reads item ${i}."
  @spec item_${i}(GenServer.server()) :: term()
  def item_${i}(server \\\\ __MODULE__) do
    GenServer.call(server, {:item_${i}, []})
  end
`;
  const plain = (i: number): string => `  defp work_${i}(state, options) do
    case Map.fetch(state, :item_${i}) do
      {:ok, %{count: count} = item} when count > ${i} ->
        item
        |> Map.update!(:count, &(&1 + 1))
        |> Map.put(:label, "item #{count} of ${i}")

      _other ->
        Enum.reduce(options, state, fn {key, value}, acc -> Map.put(acc, key, value) end)
    end
  end
`;
  const handler = (i: number): string => `  def handle_call({:item_${i}, options}, _from, state) do
    {:reply, work_${i}(state, options), state}
  end
`;
  const each = (client(0) + plain(0) + handler(0)).split("\n").length + 2;
  const count = Math.max(1, Math.round((lines - 12) / each));
  const all = (part: (i: number) => string): string => Array.from({ length: count }, (_, i) => part(i)).join("\n");
  return `defmodule ${module} do
  use GenServer

  def start_link(options), do: GenServer.start_link(__MODULE__, options, name: __MODULE__)

${all(client)}
  @impl true
  def init(options), do: {:ok, Map.new(options)}

  @impl true
${all(handler)}
${all(plain)}end
`;
}
