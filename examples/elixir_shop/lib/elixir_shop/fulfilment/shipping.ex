defmodule ElixirShop.Fulfilment.Shipping do
  @moduledoc "Chooses cartons, and remembers the last one of each shelf."
  use GenServer

  alias ElixirShop.Fulfilment.Inventory

  def start_link(_options) do
    GenServer.start_link(__MODULE__, %{}, name: __MODULE__)
  end

  def carton_for(sku, quantity), do: GenServer.call(__MODULE__, {:carton, sku, quantity})

  @impl true
  def init(cartons), do: {:ok, cartons}

  @impl true
  def handle_call({:carton, sku, quantity}, _from, cartons) do
    shelf = Inventory.shelf(sku)
    size = if quantity > 3, do: :large, else: :small
    {:reply, {shelf, size}, Map.put(cartons, shelf, size)}
  end
end
