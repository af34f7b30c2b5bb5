// Which edits a topology does not depend on, and where its places are afterwards.
import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { engine } from "../../server/src/analysis/engine.ts";
import { createWorkspace, type Workspace } from "../../server/src/analysis/workspace.ts";

const source = `defmodule Shop.Prices do
  use GenServer

  def start_link(_), do: GenServer.start_link(__MODULE__, %{}, name: __MODULE__)

  def get(sku) do
    GenServer.call(__MODULE__, {:get, sku})
  end

  def label(sku) do
    String.upcase("sku " <> sku)
  end

  @impl true
  def init(prices), do: {:ok, prices}

  @impl true
  def handle_call({:get, sku}, _from, prices) do
    {:reply, prices[sku], prices}
  end
end
`;

const path = "lib/prices.ex";
let workspace: Workspace;

/** Replaces `from` by `to` in the source and says what the workspace made of it. */
function edit(from: string, to: string): string {
  assert.ok(source.includes(from), from);
  return workspace.setFile(path, source.replace(from, to));
}

/** The line of the call in \`get/1\`, as the topology has it. */
function lineOfCall(): number | undefined {
  const snapshot = workspace.snapshot();
  const message = snapshot.topology.messages.find(({ mode }) => mode === "call");
  return message && snapshot.locate(message.place).line;
}

describe("an edit", () => {
  beforeEach(() => {
    workspace = createWorkspace({ engine });
    workspace.setFile(path, source);
    workspace.snapshot();
  });

  test("counts for nothing where it calls nothing known", () => {
    assert.equal(edit("    GenServer.call", "    star\n    GenServer.call"), "spans");
    assert.equal(edit("    GenServer.call", "    started = System.monotonic_time()\n    GenServer.call"), "spans");
    assert.equal(edit("String.upcase(", "String.downcase("), "spans");
    assert.equal(edit('"sku "', '"article "'), "spans");
  });

  test("counts for nothing in the name of a variable", () => {
    assert.equal(workspace.setFile(path, source.replaceAll("prices", "known")), "spans");
  });

  test("leaves places where the code now is", () => {
    const before = workspace.snapshot().topology;
    assert.equal(lineOfCall(), 7);
    assert.equal(edit("    GenServer.call", "    one = 1\n    two = 2\n\n    GenServer.call"), "spans");
    assert.equal(lineOfCall(), 10);
    assert.equal(workspace.snapshot().topology, before);
    assert.equal(edit("  def get(sku) do\n", "  def get(sku) do\n    # a comment\n"), "spans");
    assert.equal(lineOfCall(), 8);
  });

  test("counts where a message, its target, a handler or a start changes", () => {
    assert.equal(edit("{:get, sku})", "{:fetch, sku})"), "shape");
    assert.equal(edit("GenServer.call(__MODULE__", "GenServer.call(Shop.Other"), "shape");
    assert.equal(edit("handle_call({:get, sku}", "handle_call({:got, sku}"), "shape");
    assert.equal(edit("name: __MODULE__", "name: Shop.Other"), "shape");
    assert.equal(edit("{:reply, prices[sku], prices}", "{:reply, prices[sku], %{}}"), "shape");
    assert.equal(edit('    String.upcase("sku " <> sku)', "    get(sku)"), "shape");
  });

  test("that counted for nothing counts at the next link", () => {
    assert.equal(edit('"sku "', '"article "'), "spans");
    assert.equal(workspace.setFile("lib/other.ex", "defmodule Other do\n  def go, do: Shop.Prices.get(1)\nend\n"), "shape");
    const facts = workspace.snapshot().factsOf(path);
    const fresh = createWorkspace({ engine });
    fresh.setFile(path, source.replace('"sku "', '"article "'));
    assert.equal(facts?.shape.hash, fresh.snapshot().factsOf(path)?.shape.hash);
  });
});
