import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { engine } from "../../../server/src/analysis/engine.ts";
import { offersFor, outcomesOf } from "../../support/fix-pages.ts";

const stock = `defmodule Shop.Stock do
  use GenServer

  def start_link(opts), do: GenServer.start_link(__MODULE__, opts, name: __MODULE__)
  def count(sku), do: GenServer.call(__MODULE__, {:count, sku})

  @impl GenServer
  def init(opts) do
    url = Keyword.fetch!(opts, :url)
    counts = fetch(url)

    if opts[:sleepy] do
      {:ok, counts, :hibernate}
    else
      {:ok, counts}
    end
  end

  @impl GenServer
  def handle_call({:count, sku}, _from, counts), do: {:reply, Map.get(counts, sku, 0), counts}

  defp fetch(url), do: Req.get!(url).body
end
`;

const init = `  def init(opts) do
    url = Keyword.fetch!(opts, :url)
    {:ok, {opts, url}, {:continue, :init}}
  end

  @impl GenServer
  def handle_continue(:init, {opts, url}) do
    counts = fetch(url)

    if opts[:sleepy] do
      {:noreply, counts, :hibernate}
    else
      {:noreply, counts}
    end
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

  def start(_type, _args), do: Supervisor.start_link([{Shop.Stock, url: "https://stock.example"}], strategy: :one_for_one)
end
`,
  "lib/shop/stock.ex": stock,
};

const title = "Do the slow work of Shop.Stock.init/1 in handle_continue/2";

function outcome(text: string): string | undefined {
  return outcomesOf("continue-init", { ...files, "lib/shop/stock.ex": text }, engine)
    .get(title)
    ?.get("lib/shop/stock.ex");
}

function withInit(text: string, from = stock): string {
  const changed = from.replace(/ {2}def init.*?\n {2}end\n/s, text);
  assert.ok(changed !== from);
  return changed;
}

function changed(from: string | RegExp, to: string): string {
  const text = stock.replace(from, to);
  assert.ok(text !== stock);
  return text;
}

describe("moving work from init/1 to handle_continue/2", () => {
  test("what it needs goes through the state, every way answers as that callback does, and the attribute is that of init/1", () => {
    assert.equal(outcome(stock), withInit(init));
  });

  test("init/1 that does nothing else becomes one line", () => {
    const lines = {
      '  def init(_opts), do: {:ok, Req.get!("https://stock.example").body}\n':
        '  def init(_opts), do: {:ok, nil, {:continue, :init}}\n\n  @impl GenServer\n  def handle_continue(:init, _state) do\n    {:noreply, Req.get!("https://stock.example").body}\n  end\n',
      "  def init(url: url) do\n    # All of them.\n    {:ok, fetch(url), {:continue, :next}}\n  end\n":
        "  def init(url: url), do: {:ok, url, {:continue, :init}}\n\n  @impl GenServer\n  def handle_continue(:init, url) do\n    # All of them.\n    {:noreply, fetch(url), {:continue, :next}}\n  end\n",
    };
    for (const [before, after] of Object.entries(lines)) assert.equal(outcome(withInit(before)), withInit(after));
  });

  test("a clause joins those that are there, in front, with a tag that is free", () => {
    const known = "  @impl GenServer\n  # Again.\n  def handle_continue(:init, counts), do: {:noreply, counts}\n\n  defp fetch";
    const after = outcome(stock.replace("  defp fetch", known)) ?? "";
    assert.match(after, /\{:continue, :start\}\}\n {2}end\n\n {2}@impl GenServer\n {2}def handle_call/);
    assert.match(
      after,
      /@impl GenServer\n {2}def handle_continue\(:start, \{opts, url\}\) do\n.*?\n {2}end\n\n {2}# Again\.\n {2}def handle_continue\(:init/s,
    );
  });

  const work = "    counts = fetch(url)\n";
  const refused: Record<string, string> = {
    "a way that stops": changed("{:ok, counts, :hibernate}", "{:stop, :tired}"),
    "a way that is not written out": changed("{:ok, counts, :hibernate}", "sleep(counts)").replace(
      "  defp fetch",
      "  defp sleep(counts), do: {:ok, counts}\n\n  defp fetch",
    ),
    "several clauses": changed("  def init(opts) do", "  def init(nil), do: :ignore\n\n  def init(opts) do"),
    "a callback that may see what is not complete": changed(
      "  defp fetch",
      "  @impl GenServer\n  def terminate(_reason, counts), do: IO.inspect(map_size(counts))\n\n  defp fetch",
    ),
    "somebody else calls init/1": changed(
      "  @impl GenServer\n  def handle_call",
      "  def reset, do: init([])\n\n  @impl GenServer\n  def handle_call",
    ),
    "a subscription afterwards": changed(work, `${work}    Phoenix.PubSub.subscribe(Shop.PubSub, "stock")\n`),
    "a subscription by a function afterwards": changed(work, `${work}    join()\n`).replace(
      "  defp fetch",
      '  defp join, do: Phoenix.PubSub.subscribe(Shop.PubSub, "stock")\n\n  defp fetch',
    ),
    "a message afterwards": changed(work, `${work}    send(:shop, :ready)\n`),
    "a start afterwards": changed(work, `${work}    Agent.start_link(fn -> counts end)\n`),
    "code that is not known": changed(work, `${work}    Acme.Beacon.announce(counts)\n`),
    "code that is not known, in a function": changed(work, `${work}    announce(counts)\n`).replace(
      "  defp fetch",
      "  defp announce(counts), do: Acme.Beacon.announce(counts)\n\n  defp fetch",
    ),
    "a function value": changed(work, `${work}    opts[:ready].(counts)\n`),
    "a result that is thrown": changed(work, `${work}    if counts == %{}, do: throw({:stop, :empty})\n`),
    "a text that would be indented": withInit('  def init(url), do: {:ok, {fetch(url), "a\n  b"}}\n'),
  };
  for (const [why, text] of Object.entries(refused))
    test(`is not offered: ${why}`, () => {
      const offered = offersFor("continue-init", ({ rule }) => rule === "blocking-init", { ...files, "lib/shop/stock.ex": text }, engine);
      assert.deepEqual(offered, []);
    });
});
