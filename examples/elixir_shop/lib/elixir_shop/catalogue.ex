defmodule ElixirShop.Catalogue do
  @moduledoc "What the shop sells. Worked on by hand, from a shell that is connected to the shop."

  alias ElixirShop.Product

  def open(titles) do
    for title <- titles do
      {:ok, product} = Product.start_link(title: title, description: "")
      product
    end
  end

  def advertise(products) do
    Enum.each(products, &Product.describe(&1, "The best #{Product.title(&1)} in town"))
  end

  def print(products) do
    Enum.each(products, &IO.puts("#{Product.title(&1)}: #{Product.description(&1)}"))
  end
end
