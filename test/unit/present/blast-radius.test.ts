import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { engine } from "../../../server/src/analysis/engine.ts";
import { defaultSettings } from "../../../server/src/analysis/settings.ts";
import { blastRadius } from "../../../server/src/present/blast-radius.ts";
import { blastRadiusLines } from "../../../server/src/present/blast-radius-lines.ts";
import { capacityText } from "../../../server/src/present/capacity.ts";
import { readSources } from "../../support/editor-source.ts";
import { analyzeBlock } from "../../support/rule-pages.ts";

const server = (name: string, more = ""): string => `
defmodule Shop.${name} do
  use GenServer

  def start_link(opts), do: GenServer.start_link(__MODULE__, opts, name: __MODULE__)
  def get(key), do: GenServer.call(__MODULE__, {:get, key})
  def put(key), do: GenServer.cast(__MODULE__, {:put, key})
${more}
  @impl true
  def init(_opts) do
    :ets.new(:${name.toLowerCase()}, [:named_table])
    {:ok, %{}}
  end

  @impl true
  def handle_call({:get, key}, _from, state), do: {:reply, {Req.get!("https://example.org"), state[key]}, state}

  @impl true
  def handle_cast({:put, key}, state), do: {:noreply, Map.put(state, key, 1)}
end
`;

function analyze(strategy: string, children: string): ReturnType<typeof analyzeBlock> {
  const application = `
defmodule Shop.Application do
  use Application

  def start(_type, _args) do
    children = [Shop.A, %{id: :inner, type: :supervisor, start: {Shop.Inner, :start_link, [[]]}}]
    Supervisor.start_link(children, strategy: :one_for_one, name: Shop.Supervisor)
  end
end

defmodule Shop.Inner do
  use Supervisor

  def start_link(opts), do: Supervisor.start_link(__MODULE__, opts, name: __MODULE__)

  @impl true
  def init(_opts), do: Supervisor.init([${children}], strategy: :${strategy}, max_restarts: 1, max_seconds: 10)
end

defmodule Shop.Client do
  def price(sku), do: Shop.C.get(sku)
end
`;
  const mix = `defmodule Shop.MixProject do
  use Mix.Project

  def project, do: [app: :shop, version: "0.1.0"]
  def application, do: [mod: {Shop.Application, []}]
end
`;
  const files = [
    { path: "mix.exs", text: mix },
    { path: "lib/application.ex", text: application },
    ...["A", "B", "C", "D"].map((name) => ({ path: `lib/${name.toLowerCase()}.ex`, text: server(name) })),
  ];
  return analyzeBlock({ files }, engine);
}

const mixFile = `defmodule Shop.MixProject do
  use Mix.Project
  def project, do: [app: :shop, version: "0.1.0"]
  def application, do: [mod: {Shop.Application, []}]
end
`;
const application = `defmodule Shop.Application do
  use Application
  def start(_type, _args), do: Supervisor.start_link([Shop.B, Shop.C], strategy: :one_for_one)
end
`;

function linesOf(snapshot: ReturnType<typeof analyze>, module: string): readonly string[] {
  const definition = snapshot.topology.definitions.get(module);
  assert.ok(definition !== undefined);
  const radius = blastRadius(definition, snapshot.topology);
  assert.ok(radius !== null);
  return blastRadiusLines(radius, snapshot.print);
}

describe("what a crash takes along", () => {
  test("rest_for_one: what starts after it; the supervisors give up one after the other", () => {
    const snapshot = analyze("rest_for_one", "Shop.B, Shop.C, Shop.D");
    assert.deepEqual(linesOf(snapshot, "Elixir.Shop.C"), [
      "`Shop.Inner` (rest_for_one) stops and starts with it `Shop.D`",
      "its state and the table `:c` are lost",
      "calls that wait for it exit: 1 function",
      "the 2nd crash within 10 s ends `Shop.Inner` with all that it supervises (3 processes); the 4th such end within 5 s ends `Shop.Supervisor` (5 processes), and with it the application",
    ]);
    assert.equal(linesOf(snapshot, "Elixir.Shop.D")[0], "`Shop.Inner` (rest_for_one) starts it again, alone");
  });

  test("what libraries start inside of their children is counted apart", () => {
    const application = `
defmodule Shop.Application do
  use Application
  def start(_type, _args) do
    Supervisor.start_link([{Phoenix.PubSub, name: Shop.PubSub}, Shop.C], strategy: :one_for_one, name: Shop.Supervisor)
  end
end
`;
    const { snapshot } = readSources({ "mix.exs": mixFile, "lib/c.ex": server("C"), "lib/app.ex": application });
    const last = linesOf(snapshot, "Elixir.Shop.C").at(-1) ?? "";
    assert.match(
      last,
      /ends `Shop\.Supervisor` with all that it supervises \(2 processes, \d+ more inside libraries\), and with it the application$/,
    );
  });

  test("one_for_all: all siblings; a supervisor takes what it supervises along", () => {
    const snapshot = analyze("one_for_all", "Shop.B, Shop.C, Shop.D");
    assert.equal(linesOf(snapshot, "Elixir.Shop.C")[0], "`Shop.Inner` (one_for_all) stops and starts with it `Shop.B`, `Shop.D`");
    assert.deepEqual(linesOf(snapshot, "Elixir.Shop.Inner").slice(0, 2), [
      "`Shop.Supervisor` (one_for_one) starts it again, alone",
      "what it supervises ends with it: 3 processes",
    ]);
  });

  test("a temporary child: nobody starts it again, no sibling is touched, no supervisor gives up", () => {
    const snapshot = analyze("one_for_all", "Shop.B, Supervisor.child_spec(Shop.C, restart: :temporary), Shop.D");
    assert.deepEqual(linesOf(snapshot, "Elixir.Shop.C"), [
      "`Shop.Inner` does not start it again: it is temporary",
      "its state and the table `:c` are lost",
      "calls that wait for it exit: 1 function",
    ]);
  });

  test("the ceiling of a singleton that waits before it answers: without a figure none is made up", () => {
    const { topology } = analyze("one_for_one", "Shop.B, Shop.C, Shop.D");
    const [c, inner] = [topology.definitions.get("Elixir.Shop.C"), topology.definitions.get("Elixir.Shop.Inner")];
    assert.ok(c !== undefined && inner !== undefined);
    assert.match(
      capacityText(c, topology, null) ?? "",
      /^one message at a time, and `\{:get, _\}` is answered after a wait: what a call takes is the ceiling for all callers together/,
    );
    assert.equal(capacityText(inner, topology, 20), null);
    assert.equal(capacityText(c, topology, 20), "one at a time: at 20 ms a call, 50 a second for all callers together");
    assert.equal(capacityText(c, topology, 2_500), "one at a time: at 2500 ms a call, 24 a minute for all callers together");
  });

  test("the figure stands in a comment of the module, above it or in it, or in the settings; the callers are named with how many they are", () => {
    const page = `
defmodule ShopWeb.PageController do
  use Phoenix.Controller
  def show(conn, _params), do: text(conn, Shop.C.get("x"))
end
`;
    const textOf = (comment: string, source = server("C"), callTimes = new Map<string, number>()): string => {
      const sources = { "lib/b.ex": server("B"), "lib/c.ex": `${comment}\n${source}`, "lib/page.ex": page, "lib/app.ex": application };
      const { snapshot, source: editor } = readSources({ "mix.exs": mixFile, ...sources }, { ...defaultSettings, callTimes });
      const definition = snapshot.topology.definitions.get("Elixir.Shop.C");
      assert.ok(definition !== undefined);
      return capacityText(definition, snapshot.topology, editor.callTimeOf(definition)) ?? "";
    };
    const expected = "one at a time: at 20 ms a call, 50 a second for all callers together: each request (ShopWeb.PageController)";
    assert.equal(textOf("# process-topology: call-time 20ms -- measured in May"), expected);
    assert.equal(textOf("", server("C", "  # process-topology: call-time 0.02 s\n")), expected);
    assert.equal(textOf("", server("C"), new Map([["Shop.C", 20]])), expected);
    assert.equal(textOf("# process-topology: call-time 20ms", server("C"), new Map([["Shop.C", 90]])), expected);
    const bank =
      "-module(bank).\n-behaviour(gen_server).\n-export([init/1, handle_call/3]).\ninit(S) -> {ok, S}.\nhandle_call(get, _From, S) -> {reply, S, S}.\n";
    for (const name of ["bank", ":bank"]) {
      const { snapshot, source } = readSources({ "src/bank.erl": bank }, { ...defaultSettings, callTimes: new Map([[name, 7]]) });
      assert.deepEqual([...snapshot.topology.definitions.values()].map(source.callTimeOf), [7]);
    }
    assert.match(textOf("# process-topology: call-time soon"), /^one message at a time/);
    assert.match(textOf("", server("C"), new Map([["Shop.B", 20]])), /^one message at a time/);
  });
});
