defmodule ElixirShop.ClickTracker do
  @moduledoc """
  Collects clicks and writes them away in bundles.

  Whichever request comes first starts it, outside every supervision tree: when it crashes, nobody starts it again until the next click,
  and what it had collected is gone without a word.
  """
  use GenServer

  @bundle 100

  def track(path) do
    ensure_started()
    GenServer.cast(__MODULE__, {:click, path})
  end

  defp ensure_started do
    if Process.whereis(__MODULE__) == nil do
      GenServer.start(__MODULE__, [], name: __MODULE__)
    end
  end

  @impl true
  def init(clicks) do
    Process.flag(:trap_exit, true)
    {:ok, clicks}
  end

  @impl true
  def handle_cast({:click, path}, clicks) when length(clicks) >= @bundle do
    write([path | clicks])
    {:noreply, []}
  end

  def handle_cast({:click, path}, clicks) do
    {:noreply, [path | clicks]}
  end

  @impl true
  def terminate(_reason, clicks), do: write(clicks)

  defp write(clicks) do
    File.write!("clicks.log", Enum.map(clicks, &[&1, ?\n]), [:append])
  end
end
