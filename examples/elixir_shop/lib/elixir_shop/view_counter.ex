defmodule ElixirShop.ViewCounter do
  @moduledoc "Counts views of pages. One partition for each scheduler, told and not asked, so that nobody waits."
  use GenServer

  require Logger

  @flush :timer.seconds(10)

  def start_link(options) do
    GenServer.start_link(__MODULE__, options)
  end

  def count(path) do
    GenServer.cast({:via, PartitionSupervisor, {ElixirShop.ViewCounters, path}}, {:count, path})
  end

  @impl true
  def init(_options) do
    Process.send_after(self(), :flush, @flush)
    {:ok, %{}}
  end

  @impl true
  def handle_cast({:count, path}, counts) do
    {:noreply, Map.update(counts, path, 1, &(&1 + 1))}
  end

  @impl true
  def handle_info(:flush, counts) do
    Process.send_after(self(), :flush, @flush)
    Logger.info("views: #{inspect(counts)}")
    {:noreply, %{}}
  end
end
