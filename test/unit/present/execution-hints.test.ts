import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { executionHints, type HintLevel } from "../../../server/src/present/execution-hints.ts";
import { executionReasons } from "../../../server/src/present/execution-reasons.ts";
import { readSources } from "../../support/editor-source.ts";

const cache = `defmodule Shop.Cache do
  use GenServer
  def start_link(_), do: GenServer.start_link(__MODULE__, nil, name: __MODULE__)
  def get(key), do: GenServer.call(__MODULE__, {:get, normal(key)})
  def peek(key) do
    key
  end
  defp normal(key), do: to_string(key)
  defp own(state), do: Shop.Cache.Store.find(state)
  def init(_), do: {:ok, %{}}
  def handle_call({:get, key}, _from, state) do
    {:reply, own({normal(key), state}), Shop.Text.trim(state)}
  end
  def handle_call(:all, _from, state), do: {:reply, state, state}
end

defmodule Shop.Cache.Store do
  def find(state), do: deep(state)
  defp deep(state), do: state
end
`;

const web = `defmodule Shop.Plug do
  @behaviour Plug
  def init(options), do: options
  def call(conn, _) do
    Task.start(fn -> Shop.Text.trim(conn) end)
    Shop.Cache.get(conn)
    Shop.Text.trim(conn)
  end
end

defmodule Shop.Text do
  def trim(text), do: text
  def unused(text), do: text
end

defmodule ShopWeb.Live do
  use Phoenix.LiveView
  def mount(_params, _session, socket), do: {:ok, socket}
  def card(assigns), do: assigns
  def handle_info(:tick, socket), do: {:noreply, helper(socket)}
  defp helper(socket), do: socket
end

defmodule Shop.Many do
  def work(x), do: x
end

${["One", "Two", "Three"]
  .map(
    (name) => `defmodule Shop.${name}.Server do
  use GenServer
  def init(_), do: {:ok, Shop.Many.work(1)}
end
`,
  )
  .join("\n")}`;

const { snapshot, source } = readSources({ "lib/cache.ex": cache, "lib/web.ex": web });

/** `line what`, lines from 1. */
function hints(file: string, level: HintLevel): string[] {
  const modules = (snapshot.files.get(file)?.shape.modules ?? []).map(({ name, nameAt }) => ({
    module: name,
    place: { file, at: nameAt },
  }));
  return executionHints(file, modules, level, source).map(({ line, parts }) => `${line} ${parts.map(({ text }) => text).join("")}`);
}

describe("which process runs a function", () => {
  test("minimal, a process module: its clients, callbacks once, helpers that both run; the start function is left out", () => {
    assert.deepEqual(hints("lib/cache.ex", "minimal"), [
      "4 runs in: caller",
      "5 runs in: caller",
      "8 runs in: caller, Cache",
      "10 runs in: Cache",
      "11 runs in: Cache",
      "17 runs in: Cache",
    ]);
  });

  test("minimal, elsewhere: nothing where requests, LiveViews or several processes run it", () => {
    assert.deepEqual(hints("lib/web.ex", "minimal"), ["30 runs in: Server", "35 runs in: Server", "40 runs in: Server"]);
  });

  test("full: every function, two names at most, one for each kind of context, short ones unless they are alike", () => {
    const found = hints("lib/web.ex", "full");
    assert.ok(found.includes("12 runs in: request, task +1"), found.join("\n"));
    assert.ok(found.includes("13 runs in: outside callers"), found.join("\n"));
    assert.ok(found.includes("18 runs in: LiveView"), found.join("\n"));
    assert.ok(found.includes("25 runs in: One.Server, Three.Server +1"), found.join("\n"));
    assert.ok(!found.some((text) => text.startsWith("19 ")), "a function component is called by templates");
    assert.equal(hints("lib/cache.ex", "full").length, 9);
  });

  test("off, and files that are not known: none", () => {
    assert.deepEqual(hints("lib/cache.ex", "off"), []);
    assert.deepEqual(hints("lib/none.ex", "full"), []);
  });

  test("a name leads to the module of its process, where it is one", () => {
    const [first] = executionHints("lib/cache.ex", [], "minimal", source).filter(({ line }) => line === 10);
    assert.deepEqual(
      first?.parts.map(({ text, place }) => [text, place?.file ?? null]),
      [
        ["runs in: ", null],
        ["Cache", "lib/cache.ex"],
      ],
    );
  });
});

describe("why", () => {
  const reasons = (key: string): string | null =>
    executionReasons(`Elixir.${key}`, source)
      ?.replace(/\[([^\]]*)\]\(<[^>]*>\)/g, "$1")
      .replace(/\\(.)/g, "$1") ?? null;

  test("the calls from where a process begins to the function", () => {
    assert.match(
      reasons("Shop.Cache.Store.deep/1") ?? "",
      /^- \*\*Shop\.Cache\*\*.*: `Shop\.Cache\.handle_call\/3` → `Shop\.Cache\.own\/1` → `find\/1` → `deep\/1`$/m,
    );
    assert.match(reasons("Shop.Text.trim/1") ?? "", /request \(Shop\.Plug\).*: `Shop\.Plug\.call\/2` → `trim\/1`$/m);
    assert.match(reasons("Shop.Cache.handle_call/3") ?? "", /: begins here$/m);
    assert.match(reasons("Shop.Text.unused/1") ?? "", /: nothing in the workspace calls it$/m);
  });

  test("nothing for what is not known", () => {
    assert.equal(reasons("Shop.None.f/1"), null);
  });
});
