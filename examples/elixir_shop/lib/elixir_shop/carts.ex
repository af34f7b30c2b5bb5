defmodule ElixirShop.Carts do
  @moduledoc "Finds the cart of a session, and starts one for a new visitor."

  alias ElixirShop.{Cart, CartRegistry, CartSupervisor}

  def ensure(session) do
    case Registry.lookup(CartRegistry, session) do
      [{pid, _value}] -> {:ok, pid}
      [] -> start(session)
    end
  end

  defp start(session) do
    case DynamicSupervisor.start_child(CartSupervisor, {Cart, session}) do
      {:ok, pid} -> {:ok, pid}
      {:error, {:already_started, pid}} -> {:ok, pid}
    end
  end
end
