defmodule ElixirShop.Product do
  @moduledoc """
  A product of the catalogue.

  A struct would do: an Agent for each product only gets and sets its fields.
  """
  use Agent

  def start_link(attributes) do
    Agent.start_link(fn -> Map.new(attributes) end)
  end

  def title(product), do: Agent.get(product, & &1.title)

  def description(product), do: Agent.get(product, & &1.description)

  def describe(product, description), do: Agent.update(product, &Map.put(&1, :description, description))
end
