defmodule ElixirShop.PaymentGateway do
  @moduledoc """
  Charges cards at the payment provider.

  One charge at a time for the whole shop: the HTTP request is made inside `handle_call/3`, so that when the provider takes three seconds,
  the tenth customer waits for half a minute.
  """
  use GenServer

  def start_link(_options) do
    GenServer.start_link(__MODULE__, :ok, name: __MODULE__)
  end

  def charge(order_id, cents) do
    GenServer.call(__MODULE__, {:charge, order_id, cents}, 30_000)
  end

  @impl true
  def init(:ok) do
    {:ok, %{url: Application.fetch_env!(:elixir_shop, :payments_url), failures: 0}}
  end

  @impl true
  def handle_call({:charge, order_id, cents}, _from, state) do
    case post(state.url, order_id, cents) do
      {:ok, receipt} -> {:reply, {:ok, receipt}, %{state | failures: 0}}
      {:error, reason} -> {:reply, {:error, reason}, %{state | failures: state.failures + 1}}
    end
  end

  defp post(url, order_id, cents) do
    case Req.post(url, json: %{order: order_id, cents: cents}) do
      {:ok, %{status: 201, body: body}} -> {:ok, body["receipt"]}
      {:ok, %{status: status}} -> {:error, {:status, status}}
      {:error, exception} -> {:error, exception}
    end
  end
end
