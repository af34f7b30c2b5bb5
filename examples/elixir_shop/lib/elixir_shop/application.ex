defmodule ElixirShop.Application do
  @moduledoc false
  use Application

  @impl true
  def start(_type, _args) do
    children =
      [
        {Registry, keys: :unique, name: ElixirShop.CartRegistry},
        ElixirShop.ExchangeRates,
        ElixirShop.PriceCache,
        ElixirShop.PaymentGateway,
        ElixirShop.TaxCalculator,
        {DynamicSupervisor, name: ElixirShop.CartSupervisor, strategy: :one_for_one},
        {Task.Supervisor, name: ElixirShop.MailTasks},
        {PartitionSupervisor, child_spec: ElixirShop.ViewCounter, name: ElixirShop.ViewCounters},
        ElixirShop.Fulfilment.Supervisor,
        {Bandit, plug: ElixirShop.Router, port: Application.fetch_env!(:elixir_shop, :port)}
      ] ++ demo_traffic()

    Supervisor.start_link(children, strategy: :one_for_one, name: ElixirShop.Supervisor)
  end

  # Only so that a developer sees something happen.
  defp demo_traffic do
    if Application.get_env(:elixir_shop, :demo_traffic, false) do
      [ElixirShop.DemoTraffic]
    else
      []
    end
  end
end
