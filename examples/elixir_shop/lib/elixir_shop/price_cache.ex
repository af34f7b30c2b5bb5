defmodule ElixirShop.PriceCache do
  @moduledoc """
  Prices, read from a file every minute.

  The process is right to keep the clock, and wrong to hand out every price itself: all requests queue up here to read a map.
  `ElixirShop.ExchangeRates` is the same thing done well.
  """
  use GenServer

  @refresh :timer.minutes(1)

  def start_link(_options) do
    GenServer.start_link(__MODULE__, :ok, name: __MODULE__)
  end

  def get(sku) do
    GenServer.call(__MODULE__, {:get, sku})
  end

  def all do
    GenServer.call(__MODULE__, :all)
  end

  @impl true
  def init(:ok) do
    {:ok, %{prices: %{}}, {:continue, :load}}
  end

  @impl true
  def handle_continue(:load, state) do
    Process.send_after(self(), :refresh, @refresh)
    {:noreply, %{state | prices: load()}}
  end

  @impl true
  def handle_call({:get, sku}, _from, state) do
    {:reply, Map.fetch(state.prices, sku), state}
  end

  def handle_call(:all, _from, state) do
    {:reply, state.prices, state}
  end

  @impl true
  def handle_info(:refresh, state) do
    Process.send_after(self(), :refresh, @refresh)
    {:noreply, %{state | prices: load()}}
  end

  defp load do
    :elixir_shop
    |> Application.fetch_env!(:prices_file)
    |> File.stream!()
    |> Map.new(fn line ->
      [sku, cents] = line |> String.trim() |> String.split(",")
      {sku, String.to_integer(cents)}
    end)
  end
end
