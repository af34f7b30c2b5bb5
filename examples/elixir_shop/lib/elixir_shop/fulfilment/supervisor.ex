defmodule ElixirShop.Fulfilment.Supervisor do
  @moduledoc "Stock first, then who ships from it, then who works through the orders: a later one is lost without an earlier one."
  use Supervisor

  def start_link(options) do
    Supervisor.start_link(__MODULE__, options, name: __MODULE__)
  end

  @impl true
  def init(_options) do
    children = [
      ElixirShop.Fulfilment.Inventory,
      ElixirShop.Fulfilment.Shipping,
      ElixirShop.Fulfilment.Packer
    ]

    Supervisor.init(children, strategy: :rest_for_one, max_restarts: 5, max_seconds: 30)
  end
end
