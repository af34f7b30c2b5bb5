import assert from "node:assert/strict";
import { test } from "node:test";
import type { Topology } from "../../server/src/model/topology.ts";
import { linkWorkspace } from "../support/workspace.ts";

const print = ({ starts }: Topology): string[] =>
  starts
    .map(({ fn, kind, module, lifetime, linked }) =>
      `${fn} ${kind} ${module ?? "-"} ${lifetime}${linked ? " linked" : ""}`.replaceAll("Elixir.", ""),
    )
    .sort();

test("a start wrapper is no loose start, its caller in ordinary code is", () => {
  const topology = linkWorkspace(`
defmodule Server do
  use GenServer
  def start_link(arg), do: GenServer.start_link(__MODULE__, arg)
  def init(arg), do: {:ok, arg}
end
defmodule Ordinary do
  def go, do: Server.start_link(1)
end
defmodule Top do
  use Supervisor
  def start_link(_), do: Supervisor.start_link(__MODULE__, nil)
  def init(_), do: Supervisor.init([{Server, 1}], strategy: :one_for_one)
end
`);
  assert.deepEqual(print(topology), ["Ordinary.go/0 gen_server Server long linked"]);
});

test("spawned loops live long, single jobs do not", () => {
  const topology = linkWorkspace(`
defmodule Raw do
  def start, do: spawn(fn -> loop(0) end)
  def once, do: spawn(fn -> IO.puts("hi") end)
  def loop(n) do
    receive do
      :stop -> :ok
      _ -> loop(n + 1)
    end
  end
end
`);
  assert.deepEqual(print(topology), ["Raw.once/0 process - short", "Raw.start/0 process Raw long"]);
});
