import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { elementAtPosition, hoverTargetOf } from "../../../server/src/lsp/from-lsp.ts";
import { hoverText } from "../../../server/src/present/hover.ts";
import { readSources } from "../../support/editor-source.ts";

const application = `
defmodule Shop.Application do
  use Application
  def start(_type, _args), do: Supervisor.start_link([Shop.Rates, Shop.Ticker], strategy: :one_for_one, name: Shop.Supervisor)
end
`;

const rates = `
defmodule Shop.Rates do
  use GenServer
  def start_link(_), do: GenServer.start_link(__MODULE__, [], name: __MODULE__)
  def get(currency), do: GenServer.call(__MODULE__, {:get, currency})
  def init(_), do: {:ok, Shop.Disk.load()}
  def handle_call({:get, currency}, _from, state), do: {:reply, fetch(currency), state}
  def handle_cast(:report, state) do
    Task.start(fn -> Req.post!("https://report.example.org") end)
    {:noreply, state}
  end

  defp fetch(currency), do: Map.get(download(), currency)

  defp download do
    "https://bank.example.org" |> Req.get!() |> Map.get(:body)
  end
end
`;

const others = `
defmodule Shop.Ticker do
  use GenServer
  def start_link(_), do: GenServer.start_link(__MODULE__, [], name: __MODULE__)
  def init(_), do: {:ok, [], {:continue, :tick}}
  def handle_continue(:tick, state) do
    Process.sleep(1_000)
    {:noreply, state, {:continue, :tick}}
  end
end

defmodule Shop.Disk do
  def load, do: File.read!("rates.json")
end

defmodule Shop.Web do
  def show(currency), do: Shop.Rates.get(currency)
  def plain(list), do: Enum.sort(list)
end
`;

const files = { "lib/a.ex": application, "lib/r.ex": rates, "lib/o.ex": others };

/** The hover at the first character of `what`, without links and escapes; null where there is none. */
function hoverOn(file: keyof typeof files | string, what: string, sources: Readonly<Record<string, string>> = files): string | null {
  const { snapshot, source } = readSources(sources);
  const text = sources[file] ?? "";
  const before = text.slice(0, text.indexOf(what)).split("\n");
  const found = elementAtPosition(snapshot, file, { line: before.length - 1, character: before.at(-1)?.length ?? 0 });
  assert.ok(found !== null, what);
  return (
    hoverText(hoverTargetOf(found.element, file, snapshot.topology), source)
      ?.replace(/\[([^\]]*)\]\(<[^>]*>\)/g, "$1")
      .replace(/\\(.)/g, "$1") ?? null
  );
}

describe("a call that waits for the world", () => {
  test("says for what, what runs it, and that the callers of the one process wait meanwhile", () => {
    const text = [
      "**Waits** · HTTP request (`Req.get!/1`)",
      "`download/0` runs in **Shop.Rates**",
      "- there is one **Shop.Rates**: its callers (1 function) wait meanwhile",
    ].join("\n\n");
    assert.equal(hoverOn("lib/r.ex", "Req.get!"), text);
    assert.equal(hoverOn("lib/r.ex", "get!()"), text);
  });

  test("says that the next message waits of a process that nobody calls, and the supervisor while it starts", () => {
    assert.match(hoverOn("lib/o.ex", "Process.sleep") ?? "", /^- there is one \*\*Shop\.Ticker\*\*: its next message waits meanwhile$/m);
    assert.match(hoverOn("lib/o.ex", "File.read!") ?? "", /^- \*\*Shop\.Rates\*\* starts meanwhile, and its supervisor waits$/m);
  });

  test("says nothing of callers where a task waits", () => {
    const text = hoverOn("lib/r.ex", "Req.post!") ?? "";
    assert.match(text, /^\*\*Waits\*\* · HTTP request .*\n\na function in `handle_cast\/2` runs in /);
    assert.doesNotMatch(text, /meanwhile/);
  });

  test("says the word once", () => {
    const web = "defmodule Shop.Web do\n  def show(task), do: Task.await(task)\nend\n";
    assert.match(hoverOn("lib/w.ex", "Task.await", { "lib/w.ex": web }) ?? "", /^\*\*Waits\*\* for a task \(`Task\.await\/1`\)$/m);
  });

  test("is no other call, and none of a TypeScript's", () => {
    assert.equal(hoverOn("lib/o.ex", "Enum.sort"), null);
  });

  test("in Erlang's words", () => {
    const store = `
-module(bank_store).
-behaviour(gen_server).
-export([start_link/0, read/1, init/1, handle_call/3, handle_cast/2]).
start_link() -> gen_server:start_link({local, ?MODULE}, ?MODULE, [], []).
read(Name) -> gen_server:call(?MODULE, {read, Name}).
init([]) -> {ok, #{}}.
handle_call({read, Name}, _From, State) -> {reply, content(Name), State}.
handle_cast(_, State) -> {noreply, State}.
content(Name) -> {ok, Data} = file:read_file(Name), Data.
`;
    const sup = `
-module(bank_sup).
-behaviour(supervisor).
-export([start_link/0, init/1]).
start_link() -> supervisor:start_link({local, ?MODULE}, ?MODULE, []).
init([]) -> {ok, {#{strategy => one_for_one}, [#{id => bank_store, start => {bank_store, start_link, []}}]}}.
`;
    const user = "-module(bank_user).\n-export([show/1]).\nshow(Name) -> bank_store:read(Name).\n";
    const app = "{application, bank, [{mod, {bank_app, []}}]}.\n";
    const start = "-module(bank_app).\n-behaviour(application).\n-export([start/2]).\nstart(_, _) -> bank_sup:start_link().\n";
    const sources = {
      "src/bank_store.erl": store,
      "src/bank_sup.erl": sup,
      "src/bank_user.erl": user,
      "src/bank.app.src": app,
      "src/bank_app.erl": start,
    };
    const text = hoverOn("src/bank_store.erl", "file:read_file", sources) ?? "";
    assert.match(text, /^\*\*Waits\*\* · .*`file:read_file\/1`\)\n\n`content\/1` runs in \*\*bank_store\*\*/);
    assert.match(text, /^- there is one \*\*bank_store\*\*: its callers \(1 function\) wait meanwhile$/m);
  });
});
