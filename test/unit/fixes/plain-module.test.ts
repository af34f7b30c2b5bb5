import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { engine } from "../../../server/src/analysis/engine.ts";
import { offersFor, outcomesOf } from "../../support/fix-pages.ts";

const tax = `defmodule Shop.Tax do
  @moduledoc "Knows the taxes."
  use GenServer # Not to be forgotten.

  alias Shop.Country

  @server __MODULE__
  @full 19

  def start_link(opts \\\\ []) do
    GenServer.start_link(__MODULE__, opts, name: Keyword.get(opts, :name, @server))
  end

  @doc "In cents."
  @spec tax(integer, atom) :: integer
  def tax(cents, kind), do: GenServer.call(@server, {:tax, kind, cents}, 10_000)

  def rate(country) do
    GenServer.call(@server, {:rate, country}, :infinity)
  end

  def full(server \\\\ @server, timeout), do: GenServer.call(server, :full, timeout)

  @impl true
  def init(_opts), do: {:ok, %{}}

  @impl true
  def handle_call({:tax, _kind, 0}, _from, state), do: {:reply, 0, state}
  # Books have a rate of their own.
  def handle_call({:tax, :book, cents}, _from, state), do: {:reply, div(cents * 7, 100), state}
  def handle_call({:tax, _, cents}, _, state) when cents > 0, do: {:reply, div(cents * @full, 100), state}

  # As the treaty says.
  def handle_call({:rate, %Country{code: code}}, _from, state) do
    # Not all are known.
    case code do
      :de ->
        {:reply, {:ok, @full}, state}

      other ->
        {:reply,
         {
           :error,
           other
         }, state}
    end
  end

  def handle_call(:full, _from, state), do: {:reply, @full, state}
  def handle_call(_message, _from, state), do: {:reply, :error, state}
end
`;

const plain = `defmodule Shop.Tax do
  @moduledoc "Knows the taxes."

  alias Shop.Country

  @server __MODULE__
  @full 19

  @doc "In cents."
  @spec tax(integer, atom) :: integer
  # Books have a rate of their own.
  def tax(0, _kind), do: 0
  def tax(cents, :book), do: div(cents * 7, 100)
  def tax(cents, _kind) when cents > 0, do: div(cents * @full, 100)
  def tax(_cents, _kind), do: :error

  # As the treaty says.
  def rate(%Country{code: code}) do
    # Not all are known.
    case code do
      :de ->
        {:ok, @full}

      other ->
        {
          :error,
          other
        }
    end
  end

  def rate(_country), do: :error

  def full(_server \\\\ @server, _timeout), do: @full
end
`;

const files = {
  "mix.exs": `defmodule Shop.MixProject do
  use Mix.Project

  def project, do: [app: :shop, version: "0.1.0"]
  def application, do: [mod: {Shop.Application, []}]
end
`,
  "lib/shop/application.ex": `defmodule Shop.Application do
  use Application

  def start(_type, _args) do
    children = [
      Shop.Repo,
      # Before what needs them.
      {Shop.Tax, name: Shop.Tax},
      Shop.Endpoint
    ]

    Supervisor.start_link(children, strategy: :one_for_one)
  end
end
`,
  "lib/shop/tax.ex": tax,
  "lib/shop/order.ex": `defmodule Shop.Order do
  alias Shop.Tax

  def gross(order), do: order.net + Tax.tax(order.net, order.kind)
  def rates(countries), do: Enum.map(countries, &Tax.rate/1)
end
`,
  "test/shop/tax_test.exs": `defmodule Shop.TaxTest do
  use ExUnit.Case

  test "books" do
    assert Shop.Tax.tax(100, :book) == 7
  end
end
`,
};

type File = keyof typeof files;

function outcomes(): ReadonlyMap<string, ReadonlyMap<string, string>> {
  return outcomesOf("plain-module", files, engine);
}

/** One change to one file after which the fix must not be offered any more. */
function changed(file: File, from: string | RegExp, to: string): Partial<Record<File, string>> {
  const text = files[file].replace(from, to);
  assert.notEqual(text, files[file]);
  return { [file]: text };
}

describe("turning a stateless GenServer into a plain module", () => {
  test("the bodies of its clauses become those of the client functions, comments with them; its child goes", () => {
    const outcome = outcomes().get("Make Shop.Tax a plain module");
    assert.equal(outcome?.get("lib/shop/tax.ex"), plain);
    assert.equal(
      outcome?.get("lib/shop/application.ex"),
      files["lib/shop/application.ex"].replace("      {Shop.Tax, name: Shop.Tax},\n", ""),
    );
    assert.deepEqual([...(outcome?.keys() ?? [])].sort(), ["lib/shop/application.ex", "lib/shop/tax.ex"]);
  });

  const order = "lib/shop/order.ex";
  const own = "lib/shop/tax.ex";
  const refused: Record<string, Partial<Record<File, string>>> = {
    "somebody else sends to it": changed(order, /end\n$/, "  def ask(c), do: GenServer.call(Tax, {:rate, c})\nend\n"),
    "somebody asks for its pid": changed(order, /end\n$/, "  def up?, do: Process.whereis(Tax) != nil\nend\n"),
    "somebody asks for its pid under another alias": {
      [order]: files[order]
        .replace("alias Shop.Tax\n", "alias Shop, as: S\n  alias Shop.Tax\n")
        .replace(/end\n$/, "  def up?, do: Process.whereis(S.Tax)\nend\n"),
    },
    "a test starts it": changed("test/shop/tax_test.exs", "    assert", "    start_supervised!(Shop.Tax)\n    assert"),
    "ordinary code starts it": changed(order, /end\n$/, "  def boot, do: Tax.start_link([])\nend\n"),
    "a file that may speak of it is broken": changed(order, "alias Shop.Tax", "alias Shop.Tax ("),
    "its child is not listed as such": {
      "lib/shop/application.ex": files["lib/shop/application.ex"]
        .replace("{Shop.Tax, name: Shop.Tax}", "tax()")
        .replace(/end\n$/, "\n  defp tax, do: {Shop.Tax, name: Shop.Tax}\nend\n"),
    },
    "the client works on the message": changed(own, "{:tax, kind, cents}", "{:tax, kind, abs(cents)}"),
    "the client works on the answer": changed(
      own,
      "GenServer.call(@server, {:rate, country}, :infinity)",
      "{:ok, GenServer.call(@server, {:rate, country}, :infinity)}",
    ),
    "a client of several clauses": changed(own, "  def rate(", "  def rate(nil), do: nil\n\n  def rate("),
    "a default beside several clauses": changed(own, "def tax(cents, kind)", "def tax(cents, kind \\\\ :other)"),
    "a clause that answers nobody who is known": changed(
      own,
      "  def handle_call(_message",
      "  def handle_call(:spare, _from, state), do: {:reply, 0, state}\n  def handle_call(_message",
    ),
    "a clause that asks for its own pid": changed(own, "    # Not all are known.", "    IO.inspect(self())"),
    "a clause that throws its answer": changed(own, "    # Not all are known.", "    if code == :xx, do: throw({:reply, :no, state})"),
    "init that works": changed(own, "{:ok, %{}}", "{:ok, Enum.to_list(1..3)}"),
    "a start that does more": changed(own, "  def start_link(opts \\\\ []) do\n", '  def start_link(opts \\\\ []) do\n    IO.puts("up")\n'),
    "another callback": changed(own, /end\n$/, "\n  @impl true\n  def handle_info(_, state), do: {:noreply, state}\nend\n"),
    "a function that speaks of the process": changed(
      own,
      "  @impl true\n  def init",
      "  def up?, do: Process.whereis(__MODULE__) != nil\n\n  @impl true\n  def init",
    ),
    "a function that asks for the pid by the attribute": changed(
      own,
      "  @impl true\n  def init",
      "  def up?, do: Process.whereis(@server)\n\n  @impl true\n  def init",
    ),
    "a private function that only the start used": {
      [own]: tax.replace("@server))", "name()))").replace(/end\n$/, "\n  defp name, do: __MODULE__\nend\n"),
    },
  };

  for (const [why, changes] of Object.entries(refused))
    test(`is not offered: ${why}`, () =>
      assert.deepEqual(
        offersFor("plain-module", ({ process }) => process === "Elixir.Shop.Tax", { ...files, ...changes }, engine),
        [],
      ));
});
