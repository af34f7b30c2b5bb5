import assert from "node:assert/strict";
import { test } from "node:test";
import { buildPanelSnapshot } from "../../../server/src/present/panel-snapshot.ts";
import { linkWorkspace } from "../../support/workspace.ts";

const worker = (name: string, init: string): string => `-module(${name}).
-behaviour(gen_server).
-export([start_link/0, init/1, handle_call/3, handle_cast/2, handle_info/2]).
start_link() -> gen_server:start_link({local, ?MODULE}, ?MODULE, [], []).
init([]) -> ${init}, {ok, 0}.
handle_call(_, _, S) -> {reply, S, S}.
handle_cast(_, S) -> {noreply, S}.
handle_info(_, S) -> {noreply, S + 1}.
`;

/** Lines between processes, as `from mode to`. */
function lines(files: Readonly<Record<string, string>>): string[] {
  const topology = linkWorkspace(files);
  const { messages } = buildPanelSnapshot({ topology, findings: [], title: "t", resolve: () => null, print: (atom) => atom });
  return messages.map(({ from, mode, to }) => `${from} ${mode} ${to}`);
}

const clock = "-module(clock).\n-export([tick/0, tick/1]).\ntick() -> tick(self()).\ntick(Pid) -> Pid ! tick.\n";

test("processes that share a function to send to themselves send nothing to each other", () => {
  const names = ["a", "b", "c", "d", "e"];
  const files = Object.fromEntries(names.map((name) => [`src/${name}.erl`, worker(name, "clock:tick()")]));
  assert.deepEqual(lines({ ...files, "src/clock.erl": clock }), []);
});

test("a process that sends to others through the same function does", () => {
  const names = ["a", "b", "c", "d"];
  const files = Object.fromEntries(names.map((name) => [`src/${name}.erl`, worker(name, "ok")]));
  const other = worker("other", names.map((name) => `clock:tick(${name})`).join(", "));
  assert.deepEqual(
    lines({ ...files, "src/other.erl": other, "src/clock.erl": clock }).sort(),
    names.map((name) => `m:other info m:${name}`),
  );
});
