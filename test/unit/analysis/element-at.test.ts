import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { elementAt } from "../../../server/src/analysis/element-at.ts";
import { languages } from "../../../server/src/languages/index.ts";

const source = `defmodule Shop.Cache do
  use GenServer, restart: :transient
  alias Shop.Prices, as: P

  def get(key), do: GenServer.call(__MODULE__, {:get, key})

  def handle_call({:get, k}, _from, s) do
    local(k)
    {:reply, P.price(k), s}
  end

  def handle_call(:all, _from, s), do: {:reply, Enum.map(s, &P.price/1), s}

  defp local(_), do: Shop.Other
end
`;

describe("what stands at an offset", () => {
  const facts = languages[0]?.read({ path: "lib/cache.ex", text: source, role: "source" });
  assert.ok(facts);
  /** The element under the first character of `what` after `from`. */
  const on = (what: string, from = ""): string => {
    const found = elementAt(facts, source, source.indexOf(what, source.indexOf(from)));
    if (found === null) return "nothing";
    const { element } = found;
    switch (element.kind) {
      case "module":
        return `module ${element.module}`;
      case "use":
        return `use ${element.used} in ${element.module}`;
      case "function":
        return `function ${element.module}.${element.name}/${element.arity}#${element.clause}`;
      case "call":
        return `call ${element.target ?? (element.local ? "local" : "?")} ${element.name}/${element.arity}`;
      case "atom":
        return `atom ${element.value}`;
    }
  };

  test("modules, uses and functions, each clause's head", () => {
    assert.equal(on("Shop.Cache"), "module Elixir.Shop.Cache");
    assert.equal(on("use GenServer"), "use Elixir.GenServer in Elixir.Shop.Cache");
    assert.equal(on("GenServer, restart"), "use Elixir.GenServer in Elixir.Shop.Cache");
    assert.equal(on("get(key)"), "function Elixir.Shop.Cache.get/1#0");
    assert.equal(on("handle_call({"), "function Elixir.Shop.Cache.handle_call/3#0");
    assert.equal(on("def handle_call(:all"), "function Elixir.Shop.Cache.handle_call/3#1");
    assert.equal(on("handle_call(:all"), "function Elixir.Shop.Cache.handle_call/3#1");
  });

  test("calls, by their module and by their name, local ones and captures", () => {
    assert.equal(on("call(__MODULE__"), "call Elixir.GenServer call/2");
    assert.equal(on("local(k)"), "call local local/1");
    assert.equal(on("price(k)"), "call Elixir.Shop.Prices price/1");
    assert.equal(on("&P.price"), "call Elixir.Shop.Prices price/1");
  });

  test("module names", () => {
    assert.equal(on("Shop.Other"), "atom Elixir.Shop.Other");
  });

  test("nothing in between, and beyond the file", () => {
    assert.equal(on("restart:"), "use Elixir.GenServer in Elixir.Shop.Cache");
    assert.equal(on("end\n"), "nothing");
    assert.equal(elementAt(facts, source, 1e9), null);
  });
});
