defmodule ElixirShop.Cart do
  @moduledoc """
  What one visitor means to buy.

  A process with reasons: a conversation of its own, many at once, and it ends by itself when the visitor goes away.
  """
  use GenServer, restart: :temporary

  @idle :timer.minutes(30)

  def start_link(session) do
    GenServer.start_link(__MODULE__, session, name: via(session))
  end

  def add(session, sku, quantity) do
    session |> via() |> GenServer.call({:add, sku, quantity})
  end

  def items(session) do
    GenServer.call(via(session), :items)
  end

  def close(session) do
    GenServer.cast(via(session), :close)
  end

  defp via(session), do: {:via, Registry, {ElixirShop.CartRegistry, session}}

  @impl true
  def init(session) do
    {:ok, %{session: session, items: %{}}, @idle}
  end

  @impl true
  def handle_call({:add, sku, quantity}, _from, cart) do
    items = Map.update(cart.items, sku, quantity, &(&1 + quantity))
    {:reply, :ok, %{cart | items: items}, @idle}
  end

  def handle_call(:items, _from, cart) do
    {:reply, cart.items, cart, @idle}
  end

  @impl true
  def handle_cast(:close, cart) do
    {:stop, :normal, cart}
  end

  @impl true
  def handle_info(:timeout, cart) do
    {:stop, :normal, cart}
  end
end
