defmodule ElixirShop.Fulfilment.Inventory do
  @moduledoc """
  What is in stock, and on which shelf.

  To reserve, it asks `ElixirShop.Fulfilment.Shipping` for the carton, and that asks back where the goods are: both wait for ever.
  """
  use GenServer

  alias ElixirShop.Fulfilment.Shipping

  def start_link(_options) do
    GenServer.start_link(__MODULE__, %{}, name: __MODULE__)
  end

  def reserve(sku, quantity), do: GenServer.call(__MODULE__, {:reserve, sku, quantity})

  def shelf(sku), do: GenServer.call(__MODULE__, {:shelf, sku})

  @impl true
  def init(stock), do: {:ok, stock}

  @impl true
  def handle_call({:reserve, sku, quantity}, _from, stock) do
    carton = Shipping.carton_for(sku, quantity)
    {:reply, {:ok, carton}, Map.update(stock, sku, -quantity, &(&1 - quantity))}
  end

  def handle_call({:shelf, sku}, _from, stock) do
    {:reply, :erlang.phash2(sku, 40), stock}
  end
end
