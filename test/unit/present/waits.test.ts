import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { hoverText } from "../../../server/src/present/hover.ts";
import { waitingClients, waitLines } from "../../../server/src/present/waits.ts";
import { readSources } from "../../support/editor-source.ts";

const server = (name: string, call: string, handle: string): string => `
defmodule Shop.${name} do
  use GenServer

  def start_link(opts), do: GenServer.start_link(__MODULE__, opts, name: __MODULE__)
  def get(key), do: ${call}

  @impl true
  def init(_opts), do: {:ok, %{}}

  @impl true
  def handle_call({:get, key}, from, state) do
    ${handle}
  end
end
`;
const bank = server("Bank", "GenServer.call(__MODULE__, {:get, key}, 30_000)", '{:reply, Req.get!("https://bank.example.org"), state}');
const own = "GenServer.call(__MODULE__, {:get, key})";

function linesOf(key: string, sources: Readonly<Record<string, string>>): readonly string[] {
  const { snapshot } = readSources(sources);
  return waitLines({ fn: key, clause: null }, snapshot.topology, snapshot.print).map(({ text }) => text);
}

describe("what a function may wait for", () => {
  test("the longest row, its timeouts together, and the one that outlasts those before it", () => {
    const checkout = server("Checkout", own, "{:reply, Shop.Bank.get(key), state}");
    const web = "defmodule Shop.Web do\n  def show(id), do: Shop.Checkout.get(id)\nend\n";
    const row = "waits for `Shop.Checkout` (5 s) › `Shop.Bank` (30 s) › HTTP request (`Req.get!/1`)";
    assert.deepEqual(linesOf("Elixir.Shop.Web.show/1", { "lib/c.ex": checkout, "lib/b.ex": bank, "lib/w.ex": web }), [
      row,
      "the timeouts come to 35 s",
      "the call of `Shop.Bank` waits 30 s, longer than the 5 s after which the caller of `Shop.Checkout` gives up",
    ]);
  });

  test("in the hover of a function that waits, with a link to each call", () => {
    const checkout = server("Checkout", own, "{:reply, Shop.Bank.get(key), state}");
    const { source } = readSources({ "lib/c.ex": checkout, "lib/b.ex": bank });
    const text = hoverText({ kind: "function", key: "Elixir.Shop.Checkout.get/1", clause: 0 }, source) ?? "";
    assert.match(text, /and waits up to 5 s/);
    assert.match(
      text,
      /\*\*Longest wait\*\*\n- waits for `Shop\.Checkout` \\\(5 s\\\) › `Shop\.Bank` \\\(30 s\\\) .* — \[c\.ex:6\]\(<file:\/\/\/lib\/c\.ex>\)/,
    );
  });

  test("without end where a call has no timeout; a row that comes back says so", () => {
    const a = server("A", "GenServer.call(__MODULE__, {:get, key}, :infinity)", "{:reply, Shop.B.get(key), state}");
    const b = server("B", own, "{:reply, Shop.A.get(key), state}");
    assert.deepEqual(linesOf("Elixir.Shop.A.get/1", { "lib/a.ex": a, "lib/b.ex": b }), [
      "waits for `Shop.A` (without end) › `Shop.B` (5 s) › `Shop.A` (without end), which is waiting itself: nobody answers",
      "the timeouts come to infinity: the call of `Shop.A` has none",
      "the call of `Shop.A` waits without end, longer than the 5 s after which the caller of `Shop.B` gives up",
    ]);
  });

  test("nothing of what a server does behind its own reply", () => {
    const early = server("Early", own, "GenServer.reply(from, :ok)\n    Shop.Bank.get(key)\n    {:noreply, state}");
    assert.deepEqual(linesOf("Elixir.Shop.Early.get/1", { "lib/e.ex": early, "lib/b.ex": bank }), []);
    const late = server("Early", own, "found = Shop.Bank.get(key)\n    GenServer.reply(from, found)\n    {:noreply, state}");
    assert.equal(linesOf("Elixir.Shop.Early.get/1", { "lib/e.ex": late, "lib/b.ex": bank }).length, 3);
  });

  test("client functions, those with the longest rows first", () => {
    const more = "GenServer.call(__MODULE__, {:get, key})\n  def none(x), do: x\n  def both(key), do: {get(key), Shop.Bank.get(key)}";
    const { snapshot } = readSources({ "lib/b.ex": bank, "lib/c.ex": server("C", more, "{:reply, key, state}") });
    assert.deepEqual(
      waitingClients("Elixir.Shop.C", snapshot.topology).map(({ name }) => name),
      ["get", "both"],
    );
  });
});
