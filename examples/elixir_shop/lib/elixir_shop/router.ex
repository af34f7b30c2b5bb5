defmodule ElixirShop.Router do
  @moduledoc "The shop's pages. Each request is a process of its own."
  @behaviour Plug

  import Plug.Conn

  alias ElixirShop.{Cart, Carts, Checkout, ClickTracker, PriceCache, ViewCounter}

  @impl true
  def init(options), do: options

  @impl true
  def call(%{method: "GET", path_info: []} = conn, _options) do
    ViewCounter.count("/")
    send_resp(conn, 200, "Tea, coffee, cups: see /prices.\n")
  end

  def call(%{method: "GET", path_info: ["prices"]} = conn, _options) do
    ViewCounter.count("/prices")
    lines = Enum.map(PriceCache.all(), fn {sku, cents} -> "#{sku} #{cents}\n" end)
    send_resp(conn, 200, lines)
  end

  def call(%{method: "POST", path_info: ["cart", session, sku]} = conn, _options) do
    ClickTracker.track(conn.request_path)
    {:ok, _pid} = Carts.ensure(session)
    :ok = Cart.add(session, sku, 1)
    send_resp(conn, 204, "")
  end

  def call(%{method: "POST", path_info: ["checkout", session]} = conn, _options) do
    %{query_params: query} = fetch_query_params(conn)

    case Checkout.complete(session, %{country: query["country"], email: query["email"]}) do
      {:ok, receipt} -> send_resp(conn, 201, receipt)
      {:error, _reason} -> send_resp(conn, 502, "The payment did not go through.")
    end
  end

  def call(conn, _options) do
    send_resp(conn, 404, "")
  end
end
