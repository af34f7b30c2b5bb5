import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { engine } from "../../../server/src/analysis/engine.ts";
import { offersFor, outcomesOf } from "../../support/fix-pages.ts";

const prices = `defmodule Shop.Prices do
  use GenServer

  def start_link(opts), do: GenServer.start_link(__MODULE__, opts, name: __MODULE__)

  @doc "Nil for what is not sold."
  def price(sku, default \\\\ nil), do: GenServer.call(__MODULE__, {:price, sku, default})
  def sold?(sku), do: GenServer.call(__MODULE__, {:sold?, sku})
  def set(sku, cents), do: GenServer.call(__MODULE__, {:set, sku, cents})

  @impl true
  def init(opts) do
    :ets.new(__MODULE__, [:named_table, :protected, read_concurrency: true])
    :ets.insert(__MODULE__, {:gift, 0})
    :timer.send_interval(60_000, :expire)
    {:ok, opts}
  end

  @impl true
  def handle_call({:set, sku, cents}, _from, state) do
    :ets.insert(__MODULE__, {sku, cents})
    {:reply, :ok, state}
  end

  # One look.
  def handle_call({:price, sku, default}, _from, state) do
    cents = read(:ets.lookup(__MODULE__, sku), default)
    {:reply, cents, state}
  end

  def handle_call({:sold?, sku}, _from, state), do: {:reply, :ets.member(__MODULE__, sku), state}

  @impl true
  def handle_info(:expire, state) do
    :ets.delete_all_objects(__MODULE__)
    {:noreply, state}
  end

  defp read([{_, cents}], _default), do: cents
  defp read([], default), do: default
end
`;

const files: Readonly<Record<string, string>> = {
  "mix.exs": `defmodule Shop.MixProject do
  use Mix.Project

  def project, do: [app: :shop, version: "0.1.0"]
  def application, do: [mod: {Shop.Application, []}]
end
`,
  "lib/shop/application.ex": `defmodule Shop.Application do
  use Application

  def start(_type, _args), do: Supervisor.start_link([Shop.Prices], strategy: :one_for_one)
end
`,
  "lib/shop/prices.ex": prices,
  "lib/shop_web/price_controller.ex": `defmodule ShopWeb.PriceController do
  use Phoenix.Controller

  def show(conn, %{"sku" => sku}), do: text(conn, inspect(Shop.Prices.price(sku)))
  def index(conn, %{"sku" => sku}), do: text(conn, inspect({Shop.Prices.price(sku, 0), Shop.Prices.sold?(sku)}))
  def update(conn, %{"sku" => sku, "cents" => cents}), do: text(conn, inspect(Shop.Prices.set(sku, cents)))
end
`,
  "test/shop/prices_test.exs": `defmodule Shop.PricesTest do
  use ExUnit.Case

  test "unknown" do
    assert Shop.Prices.price("x") == nil
  end
end
`,
};

function outcomes(): ReadonlyMap<string, ReadonlyMap<string, string>> {
  return outcomesOf("read-table", files, engine);
}

/** One change to the owner, or to another file. */
function changed(from: string, to: string, file = "lib/shop/prices.ex"): Readonly<Record<string, string>> {
  const text = files[file]?.replace(from, to) ?? "";
  assert.ok(text !== files[file]);
  return { [file]: text };
}

describe("reading a table in the caller", () => {
  test("the clause leaves with its comment, others stay, and the client function keeps its head", () => {
    const outcome = outcomes().get("Read Shop.Prices in the caller instead of calling Shop.Prices");
    assert.deepEqual(
      [...(outcome ?? [])],
      [
        [
          "lib/shop/prices.ex",
          prices
            .replace(/ {2}# One look\.\n.*?\n {2}end\n\n/s, "")
            .replace(
              "  def price(sku, default \\\\ nil), do: GenServer.call(__MODULE__, {:price, sku, default})\n",
              "  # One look.\n  def price(sku, default \\\\ nil) do\n    cents = read(:ets.lookup(__MODULE__, sku), default)\n    cents\n  end\n\n",
            ),
        ],
      ],
    );
  });

  const expire = "    :ets.delete_all_objects(__MODULE__)\n";
  const refused: Record<string, Readonly<Record<string, string>>> = {
    "the table is private": changed(":protected", ":private"),
    "the table has no name": changed(":named_table, ", ""),
    "options of the table that are not written out": changed("[:named_table, :protected, read_concurrency: true]", "options()"),
    "a table that is made later": changed(
      "{:ok, opts}\n",
      "{:ok, opts, {:continue, :load}}\n  end\n\n  @impl true\n  def handle_continue(:load, opts) do\n    :ets.insert(__MODULE__, {:a, 1})\n    {:noreply, opts}\n",
    ),
    "a table that gets another owner": changed(expire, `${expire}    :ets.give_away(__MODULE__, self(), nil)\n`),
    "the table is deleted": changed(expire, "    :ets.delete(__MODULE__)\n"),
    "a change in two steps": changed(expire, `${expire}    :ets.insert(__MODULE__, {:gift, 0})\n`),
    "a change of unknown many steps": changed(expire, "    for sku <- [1, 2], do: :ets.delete(__MODULE__, sku)\n"),
    "a change in another function": {
      "lib/shop/prices.ex": prices
        .replace(expire, "    clear()\n")
        .replace(/end\n$/, "\n  defp clear, do: :ets.delete_all_objects(__MODULE__)\nend\n"),
    },
    "a cast that changes it": changed(
      "  @impl true\n  def handle_info",
      "  @impl true\n  def handle_cast({:set, sku}, state) do\n    :ets.insert(__MODULE__, {sku, 1})\n    {:noreply, state}\n  end\n\n  @impl true\n  def handle_info",
    ),
    "a message that somebody sends changes it": changed(
      "  @impl true\n  def init",
      "  def expire, do: send(__MODULE__, :expire)\n\n  @impl true\n  def init",
    ),
    "two looks": changed("    {:reply, cents, state}", "    {:reply, {cents, :ets.member(__MODULE__, :gift)}, state}"),
    "a look at more than one entry": changed(":ets.lookup(__MODULE__, sku)", ":ets.match_object(__MODULE__, {sku, :_})"),
    "a look in another function": {
      "lib/shop/prices.ex": prices
        .replace("read(:ets.lookup(__MODULE__, sku), default)", "read(:ets.lookup(__MODULE__, sku), gift())")
        .replace(/end\n$/, "\n  defp gift, do: :ets.lookup(__MODULE__, :gift)\nend\n"),
    },
    "a server that is handed over": changed(
      "def price(sku, default \\\\ nil), do: GenServer.call(__MODULE__,",
      "def price(server \\\\ __MODULE__, sku, default), do: GenServer.call(server,",
    ),
    "somebody else asks": changed(
      "  def update",
      "  def raw(conn, _), do: text(conn, GenServer.call(Shop.Prices, {:price, 1, nil}))\n  def update",
      "lib/shop_web/price_controller.ex",
    ),
    "a test may ask": changed(
      "    assert",
      '    assert GenServer.call(Shop.Prices, {:price, "x", nil}) == nil\n    assert',
      "test/shop/prices_test.exs",
    ),
  };

  for (const [why, changes] of Object.entries(refused))
    test(`is not offered: ${why}`, () =>
      assert.deepEqual(
        offersFor("read-table", ({ variant }) => variant === "reads-through-owner", { ...files, ...changes }, engine),
        [],
      ));
});
