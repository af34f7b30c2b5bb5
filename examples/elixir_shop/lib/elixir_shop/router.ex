defmodule ElixirShop.Router do
  @moduledoc "The shop's pages. Each request is a process of its own."
  use Plug.Router

  alias ElixirShop.{Cart, Carts, Catalogue, Checkout, ClickTracker, PriceCache, ViewCounter}

  plug :match
  plug Plug.Parsers, parsers: [:urlencoded]
  plug :dispatch

  get "/" do
    ViewCounter.count("/")
    send_resp(conn, 200, Catalogue.page())
  end

  get "/prices" do
    ViewCounter.count("/prices")
    lines = Enum.map(PriceCache.all(), fn {sku, cents} -> "#{sku} #{cents}\n" end)
    send_resp(conn, 200, lines)
  end

  post "/cart/:session/:sku" do
    ClickTracker.track(conn.request_path)
    {:ok, _pid} = Carts.ensure(session)
    :ok = Cart.add(session, sku, 1)
    send_resp(conn, 204, "")
  end

  post "/checkout/:session" do
    customer = %{country: conn.params["country"], email: conn.params["email"]}

    case Checkout.complete(session, customer) do
      {:ok, receipt} -> send_resp(conn, 201, receipt)
      {:error, _reason} -> send_resp(conn, 502, "The payment did not go through.")
    end
  end

  match _ do
    send_resp(conn, 404, "")
  end
end
