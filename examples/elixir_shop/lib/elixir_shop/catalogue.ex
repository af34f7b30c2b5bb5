defmodule ElixirShop.Catalogue do
  @moduledoc "Adds products, and prints a page of them."

  alias ElixirShop.{Product, ProductSupervisor}

  def add(title, description) do
    DynamicSupervisor.start_child(ProductSupervisor, {Product, title: title, description: description})
  end

  def page do
    for {_id, pid, _type, _modules} <- DynamicSupervisor.which_children(ProductSupervisor), is_pid(pid) do
      "#{Product.title(pid)}: #{Product.description(pid)}\n"
    end
  end
end
