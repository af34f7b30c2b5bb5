defmodule ElixirShop.Checkout do
  @moduledoc "From a cart to an order: plain functions, which run in the request that calls them."

  alias ElixirShop.{Cart, ExchangeRates, Mailer, PaymentGateway, PriceCache, TaxCalculator}
  alias ElixirShop.Fulfilment.Packer

  def total(items, country) do
    net = Enum.reduce(items, 0, fn {sku, quantity}, sum -> sum + price(sku) * quantity end)
    net + TaxCalculator.tax(net, country)
  end

  def complete(session, %{country: country, email: email}) do
    items = Cart.items(session)
    order_id = System.unique_integer([:positive])

    with {:ok, cents} <- items |> total(country) |> ExchangeRates.convert("EUR"),
         {:ok, receipt} <- PaymentGateway.charge(order_id, cents) do
      Mailer.send_receipt(email, receipt)
      Packer.enqueue(%{id: order_id, items: items})
      Cart.close(session)
      {:ok, receipt}
    end
  end

  defp price(sku) do
    case PriceCache.get(sku) do
      {:ok, cents} -> cents
      :error -> raise ArgumentError, "no price for #{sku}"
    end
  end
end
