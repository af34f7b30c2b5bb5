import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { engine } from "../../../server/src/analysis/engine.ts";
import { offersFor, outcomesOf } from "../../support/fix-pages.ts";

const maps = `defmodule Shop.Maps do
  use GenServer

  def start_link(opts), do: GenServer.start_link(__MODULE__, opts, name: __MODULE__)
  def find(place), do: GenServer.call(__MODULE__, {:find, place})

  @impl true
  def init(opts), do: {:ok, %{key: opts[:key]}}

  @impl true
  def handle_call({:find, place}, _from, state) do
    place = String.trim(place)
    body = fetch(place, state.key)
    found = %{place: place, body: body}
    {:reply, found, state}
  end

  defp fetch(place, key), do: Req.get!("https://maps.example/" <> key <> place).body
end
`;

const moved = `  def handle_call({:find, place}, from, state) do
    place = String.trim(place)
    key = state.key

    Task.start_link(fn ->
      body = fetch(place, key)
      found = %{place: place, body: body}
      GenServer.reply(from, found)
    end)

    {:noreply, state}
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

  def start(_type, _args) do
    children = [Shop.Maps]
    Supervisor.start_link(children, strategy: :one_for_one)
  end
end
`,
  "lib/shop/maps.ex": maps,
  "lib/shop_web/map_controller.ex": `defmodule ShopWeb.MapController do
  use Phoenix.Controller

  def show(conn, %{"place" => place}), do: text(conn, inspect(Shop.Maps.find(place)))
end
`,
};

const linked = "Answer {:find, _} later, from a task linked to the process";
const supervised = "Answer {:find, _} later, from a task under Shop.Tasks";

function outcome(title: string, changes: Readonly<Record<string, string>> = {}): string | undefined {
  return outcomesOf("reply-later", { ...files, ...changes }, engine)
    .get(title)
    ?.get("lib/shop/maps.ex");
}

function offered(changes: Readonly<Record<string, string>>): readonly string[] {
  return offersFor("reply-later", ({ variant }) => variant === "serialized-io", { ...files, ...changes }, engine);
}

/** The module with its handler written in another way. */
function withHandler(text: string): Readonly<Record<string, string>> {
  return { "lib/shop/maps.ex": maps.replace(/ {2}def handle_call.*?\n {2}end\n/s, text) };
}

function withChildren(text: string): Readonly<Record<string, string>> {
  return { "lib/shop/application.ex": files["lib/shop/application.ex"]?.replace("[Shop.Maps]", text) ?? "" };
}

/** One change to the process. */
function changed(from: string, to: string): Readonly<Record<string, string>> {
  const text = maps.replace(from, to);
  assert.ok(text !== maps);
  return { "lib/shop/maps.ex": text };
}

describe("answering later", () => {
  test("what waits and what follows moves into a task, the field that it reads is taken out before", () => {
    assert.equal(outcome(linked), maps.replace(/ {2}def handle_call.*?\n {2}end\n/s, moved));
  });

  test("a clause in one line becomes a block, with the task in one line", () => {
    const short = '  def handle_call({:find, place}, _, state) when is_binary(place), do: {:reply, fetch(place, ""), state}\n';
    const block = `  def handle_call({:find, place}, from, state) when is_binary(place) do
    Task.start_link(fn -> GenServer.reply(from, fetch(place, "")) end)
    {:noreply, state}
  end
`;
    assert.equal(outcome(linked, withHandler(short))?.includes(block), true);
  });

  test("a state that never changes may go along as a whole", () => {
    const whole = outcome(linked, changed("fetch(place, state.key)", "fetch(place, Map.fetch!(state, :key))"));
    assert.match(
      whole ?? "",
      /place = String\.trim\(place\)\n\n {4}Task\.start_link\(fn ->\n {6}body = fetch\(place, Map\.fetch!\(state, :key\)\)\n/,
    );
  });

  test("under a task supervisor that is up before, where there is one; linked as the second choice", () => {
    const children = "[{Task.Supervisor, name: Shop.Tasks}, Shop.Maps]";
    assert.deepEqual(offered(withChildren(children)), [supervised, linked]);
    assert.match(outcome(supervised, withChildren(children)) ?? "", /^ {4}Task\.Supervisor\.start_child\(Shop\.Tasks, fn ->$/m);
  });

  const linkedOnly: Record<string, Readonly<Record<string, string>>> = {
    "started after the process": withChildren("[Shop.Maps, {Task.Supervisor, name: Shop.Tasks}]"),
    "for so many tasks": withChildren("[{Task.Supervisor, name: Shop.Tasks, max_children: 9}, Shop.Maps]"),
    "there sometimes": withChildren('[Shop.Maps] ++ if(System.get_env("X"), do: [{Task.Supervisor, name: Shop.Tasks}], else: [])'),
    "not to be waited for without end": {
      ...withChildren("[{Task.Supervisor, name: Shop.Tasks}, Shop.Maps]"),
      ...changed("{:find, place})\n", "{:find, place}, :infinity)\n"),
    },
  };
  for (const [why, changes] of Object.entries(linkedOnly))
    test(`no task supervisor that is ${why}`, () => assert.deepEqual(offered(changes), [linked]));

  const traps = changed(
    "{:ok, %{key: opts[:key]}}\n",
    "setup(opts)\n  defp setup(opts) do\n    Process.flag(:trap_exit, true)\n    {:ok, %{key: opts[:key]}}\n  end\n",
  );
  test("no link to a process that traps exits", () => {
    assert.deepEqual(offered(traps), []);
    assert.deepEqual(offered({ ...traps, ...withChildren("[{Task.Supervisor, name: Shop.Tasks}, Shop.Maps]") }), [supervised]);
  });

  const refused: Record<string, Readonly<Record<string, string>>> = {
    "the state changes after the wait": changed("{:reply, found, state}", "{:reply, found, Map.put(state, :last, found)}"),
    "the state is bound again after the wait": changed(
      "    {:reply, found",
      "    state = Map.put(state, :last, found)\n    {:reply, found",
    ),
    "one way does not answer": changed(
      "    {:reply, found, state}",
      '    if body == "", do: {:noreply, state}, else: {:reply, found, state}',
    ),
    "it does not wait on every way": withHandler(`  def handle_call({:find, place}, _from, state) do
    if place == "" do
      {:reply, nil, state}
    else
      {:reply, fetch(place, state.key), state}
    end
  end
`),
    "it asks who it is": changed("place: place, body: body", "place: place, body: body, by: self()"),
    "it throws": changed("    {:reply, found", '    if body == "", do: throw({:reply, nil, state})\n    {:reply, found'),
    "it writes to a table": changed("    {:reply, found", "    :ets.insert(:found, {place, body})\n    {:reply, found"),
    "it sends something": changed("    {:reply, found", "    send(:log, body)\n    {:reply, found"),
    "a helper sends something": changed("key <> place).body", "key <> place).body |> tap(&send(:log, &1))"),
    "a large state would go along": {
      "lib/shop/maps.ex": maps
        .replace("fetch(place, state.key)", "fetch(place, Map.fetch!(state, :key))")
        .replace("  defp fetch", "  def handle_call({:put, k, v}, _from, state), do: {:reply, :ok, Map.put(state, k, v)}\n\n  defp fetch"),
    },
    "a field's name is taken": changed("place = String.trim(place)", "key = String.trim(place)"),
    "the caller's name is taken": changed("place = String.trim(place)", "from = String.trim(place)"),
  };
  for (const [why, changes] of Object.entries(refused)) test(`is not offered: ${why}`, () => assert.deepEqual(offered(changes), []));
});
