/** Options on their way to a supervisor: lists and maps that are read, changed, joined and checked, as libraries do. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { TreeNode } from "../../server/src/model/topology.ts";
import { linkWorkspace } from "../support/workspace.ts";

const LIBRARY = `
defmodule Worker do
  use GenServer
  def start_link(options), do: GenServer.start_link(__MODULE__, options, name: options[:name])
  def init(options), do: {:ok, options}
end
defmodule Pool do
  use Supervisor
  defstruct size: 100, name: nil
  def start_link(options), do: Supervisor.start_link(__MODULE__, struct!(__MODULE__, options))
  def init(config) do
    Supervisor.init(for(i <- 1..config.size, do: Supervisor.child_spec({Worker, []}, id: "worker-#{i}")), strategy: :one_for_one)
  end
end
`;

/** The children of a supervisor whose \`init/1\` ends with the list that \`code\` gives, as text. */
function children(code: string, more = "", top = "Top"): string[] {
  const trees = linkWorkspace(`${LIBRARY}${more}
defmodule Top do
  use Supervisor
  def start_link(options), do: Supervisor.start_link(__MODULE__, options)
  def init(options) do
    Supervisor.init((${code}), strategy: :one_for_one)
  end
end`);
  const root = trees.unattached.find((node) => node.module === top);
  return (root?.children ?? []).map(print);
}

function print(node: TreeNode): string {
  const words = [
    node.id ?? "-",
    node.name?.value ?? "",
    node.condition ? `[${node.condition}]` : "",
    node.certainty === "certain" ? "" : node.certainty,
  ];
  const below = node.children.length > 0 ? `(${node.children.map(print).join(", ")})` : "";
  return `${words.filter((word) => word !== "").join(" ")}${below}`;
}

test("a check that splits options by known keys and raises for the others keeps every option", () => {
  const more = `
defmodule Web do
  @keys Pool.__struct__() |> Map.from_struct() |> Map.keys()
  def start_link(options) do
    {inet, options} = Enum.split_with(options, &(&1 in [:inet, :inet6]))
    options = if inet == [], do: options, else: Keyword.put(options, :inet, inet)
    options |> Keyword.get(:pool, []) |> validate(@keys) |> Keyword.put_new(:name, :web) |> Pool.start_link()
  end
  defp validate(options, keys) do
    case Keyword.split(options, keys) do
      {options, []} -> options
      {_, illegal} -> raise "unsupported #{inspect(illegal)}"
    end
  end
end`;
  assert.deepEqual(children("[%{id: :web, start: {Web, :start_link, [[pool: [size: 2]]]}}]", more), [':web("worker-1", "worker-2")']);
});

test("a default that an unseen option may replace is no certain value", () => {
  assert.deepEqual(children("[{Worker, Keyword.merge([name: :given], options)}, {Worker, Keyword.merge(options, name: :fixed)}]"), [
    "Worker :given",
    "Worker :fixed",
  ]);
  const sizes = children("[%{id: :pool, start: {Pool, :start_link, [Keyword.merge([size: 2], options)]}}]");
  assert.match(sizes[0] ?? "", /"worker-1" \[.+\], "worker-2" \[.+\]/);
});

test("what the condition of an if binds is bound after it", () => {
  const code = `unless name = [name: :bound][:name] do
      raise "no name"
    end
    [{Worker, name: name}]`;
  assert.deepEqual(children(code), ["Worker :bound"]);
});

test("a clause that takes one option of a choice binds what that option has", () => {
  const code = `result = if System.get_env("A"), do: {:ok, Worker}, else: if(System.get_env("B"), do: {:ok, Pool}, else: :ignore)
    case result do
      {:ok, module} -> [{module, size: 1}]
      :ignore -> []
    end`;
  const found = children(code);
  assert.equal(found.length, 2);
  assert.match(found[0] ?? "", /^Worker \[/);
  assert.match(found[1] ?? "", /^Pool \[/);
});

test("folds carry elements that may be missing on, under their condition", () => {
  const code = `names = [:a] ++ if(System.get_env("B"), do: [:b], else: [])
    Enum.reduce(names, [], fn name, acc -> acc ++ [Supervisor.child_spec({Worker, []}, id: name)] end)`;
  assert.deepEqual(children(code), [":a", ':b [if System.get_env("B")]']);
});

test("nested options are taken out and put in by path", () => {
  const code = `options = [plugins: [a: [interval: 1], b: []], queues: []]
    {taken, options} = pop_in(options, [:plugins, :a])
    options = put_in(options, [:queues, :mail], taken[:interval])
    for {name, _} <- options[:plugins] ++ options[:queues], do: Supervisor.child_spec({Worker, []}, id: name)`;
  assert.deepEqual(children(code), [":b", ":mail"]);
});

test("a key that is not known finds nothing certain", () => {
  const code = `[Supervisor.child_spec({Worker, []}, id: {%{mail: :post}[options[:kind]], 1})]`;
  assert.deepEqual(children(code), ["{_, 1} probable"]);
});

test("keyword filters, keys that are not known, and Map functions on unknown maps", () => {
  assert.deepEqual(
    children("for {k, _} <- Keyword.reject([a: 1, b: 2], fn {k, _} -> k == :a end), do: Supervisor.child_spec({Worker, []}, id: k)"),
    [":b"],
  );
  assert.deepEqual(children("for {k, _} <- Keyword.take([a: 1], options), do: Supervisor.child_spec({Worker, []}, id: k)"), [
    ":a [where it is chosen]",
  ]);
  const code = `case Map.put(options, :a, :b) do
      %{a: id} -> [Supervisor.child_spec({Worker, []}, id: id)]
      _ -> []
    end`;
  assert.deepEqual(children(code), [":b"]);
});

test("names are put together from likely parts, and stay likely", () => {
  const code = `base = Application.get_env(:app, :base, My.Base)
    [Supervisor.child_spec({Worker, []}, id: Module.concat(base, "Sup")), Supervisor.child_spec({Worker, []}, id: :"#{base}_x")]`;
  assert.deepEqual(children(code), ["My.Base.Sup probable", "My.Base_x probable"]);
});
