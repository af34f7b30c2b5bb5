defmodule ElixirShop.Fulfilment.Packer do
  @moduledoc "Works through the orders, a batch every few seconds. A process for its clock, and so that a bad order stops no request."
  use GenServer

  alias ElixirShop.Fulfilment.Inventory

  @tick :timer.seconds(5)

  def start_link(_options) do
    GenServer.start_link(__MODULE__, :ok, name: __MODULE__)
  end

  def enqueue(order), do: GenServer.cast(__MODULE__, {:enqueue, order})

  @impl true
  def init(:ok) do
    schedule()
    {:ok, :queue.new()}
  end

  @impl true
  def handle_cast({:enqueue, order}, queue) do
    {:noreply, :queue.in(order, queue)}
  end

  @impl true
  def handle_info(:tick, queue) do
    schedule()

    case :queue.out(queue) do
      {{:value, order}, rest} ->
        Enum.each(order.items, fn {sku, quantity} -> {:ok, _carton} = Inventory.reserve(sku, quantity) end)
        {:noreply, rest}

      {:empty, queue} ->
        {:noreply, queue}
    end
  end

  defp schedule, do: Process.send_after(self(), :tick, @tick)
end
