import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, describe, test } from "node:test";
import { createOnigScanner, createOnigString, loadWASM } from "vscode-oniguruma";
import { type IGrammar, INITIAL, parseRawGrammar, Registry } from "vscode-textmate";
import { inRepository } from "../support/paths.ts";
import { readText } from "../support/repository.ts";

const hosts = {
  elixir: "elixir-host.tmLanguage.json",
  erlang: "erlang-host.tmLanguage.json",
  typescript: "typescript-host.tmLanguage.json",
} as const;
const sources = { elixir: "source.elixir", erlang: "source.erlang", typescript: "source.ts" } as const;

/** A language's injection inside a small host grammar whose scopes are those of the language's usual grammar. */
async function loadGrammar(language: keyof typeof hosts): Promise<IGrammar> {
  await loadWASM(readFileSync(inRepository("node_modules/vscode-oniguruma/release/onig.wasm")));
  const registry = new Registry({
    onigLib: Promise.resolve({ createOnigScanner, createOnigString }),
    loadGrammar: async (scope) => {
      const isHost = scope === sources[language];
      const path = isHost ? `test/support/grammars/${hosts[language]}` : `syntaxes/process-topology.${language}.injection.json`;
      return parseRawGrammar(readText(path), path);
    },
    getInjections: (scope) => (scope === sources[language] ? [`process-topology.${language}.injection`] : undefined),
  });
  const grammar = await registry.loadGrammar(sources[language]);
  assert.ok(grammar);
  return grammar;
}

/** The pieces of a text (of several lines) with a scope that contains `scope`, in order. */
function markedIn(grammar: IGrammar, text: string, scope: string): string[] {
  let state = INITIAL;
  return text.split("\n").flatMap((line) => {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
    state = ruleStack;
    return tokens
      .filter(({ scopes }) => scopes.some((name) => name.includes(scope)))
      .map(({ startIndex, endIndex }) => line.slice(startIndex, endIndex));
  });
}

describe("the injection grammar of Elixir", () => {
  let grammar: IGrammar;
  before(async () => {
    grammar = await loadGrammar("elixir");
  });

  const marked = (text: string, scope: string): string[] => markedIn(grammar, text, scope);
  const primitives = (text: string): string[] => marked(text, "support.function.process");

  test("marks callbacks where they are defined, and only there", () => {
    const text = [
      "def init(state), do: {:ok, state}",
      "  def handle_call(:get, _from, state) do",
      "handle_call(1, 2, 3)",
      "def handle_calls(x)",
      "defp init(x)",
    ].join("\n");
    assert.deepEqual(marked(text, "support.function.callback"), ["init", "handle_call"]);
    assert.deepEqual(marked(text, "entity.name.function.elixir"), ["init", "handle_call", "handle_calls", "init"]);
    assert.deepEqual(marked("def init(a)", "keyword.control"), ["def"]);
  });

  test("marks behaviours", () => {
    assert.deepEqual(marked("use GenServer, restart: :transient\nuse MyApp.GenServer\n@behaviour :gen_statem", "support.class.behaviour"), [
      "GenServer",
      ":gen_statem",
    ]);
  });

  test("marks calls of process functions", () => {
    assert.deepEqual(primitives("GenServer.call(pid, :x)"), ["call"]);
    assert.deepEqual(primitives("pid |> GenServer.cast(:x)"), ["cast"]);
    assert.deepEqual(primitives("Process.monitor(pid); Process.alive?(pid)"), ["monitor", "alive?"]);
    assert.deepEqual(primitives("Task.Supervisor.async_nolink(S, f)"), ["async_nolink"]);
    assert.deepEqual(primitives(":gen_server.call(pid, :x)"), ["call"]);
    assert.deepEqual(primitives("send(self(), :x)"), ["send", "self"]);
    assert.deepEqual(primitives("spawn_link(fn -> spawn(f) end)"), ["spawn_link", "spawn"]);
  });

  test("leaves what only looks like one", () => {
    for (const text of [
      "MyApp.GenServer.call(x)",
      "Mailer.send(x)",
      "GenServer.calling(x)",
      "Process.monitored?(x)",
      ":send",
      "resend(x)",
      "socket.send",
      "send_resp(conn)",
    ]) {
      assert.deepEqual(primitives(text), [], text);
    }
  });

  test("leaves comments, strings and documentation alone, but not code inside strings", () => {
    assert.deepEqual(primitives("# GenServer.call(pid, :x)"), []);
    assert.deepEqual(primitives('"GenServer.call(pid, :x)"'), []);
    assert.deepEqual(primitives('@doc """\nGenServer.call(pid, :x)\n"""\nGenServer.call(pid, :y)'), ["call"]);
    assert.deepEqual(primitives('"a #{GenServer.call(pid, :x)} b"'), ["call"]);
  });

  test("marks a suppression: what it allows, and why", () => {
    const text = "    # process-topology: allow process-as-object -- it owns the port";
    assert.deepEqual(marked(text, "constant.other.rule"), ["process-as-object"]);
    assert.deepEqual(marked(text, "keyword.control.allow"), ["allow"]);
    assert.deepEqual(marked(text, "string.unquoted.reason"), ["it owns the port"]);
    assert.equal(marked(text, "comment.line").join(""), text.trim());
    assert.deepEqual(marked("x = 1 # process-topology: allow call-cycle", "constant.other.rule"), ["call-cycle"]);
  });

  test("marks a suppression that allows nothing as an error", () => {
    assert.deepEqual(marked("# process-topology: alow call-cycle", "invalid.illegal"), [" alow call-cycle"]);
    assert.deepEqual(marked("# process-topology: allow", "invalid.illegal"), [" allow"]);
    assert.deepEqual(marked("# about process-topology", "process-topology"), []);
  });
});

describe("the injection grammar of Erlang", () => {
  let grammar: IGrammar;
  before(async () => {
    grammar = await loadGrammar("erlang");
  });
  const marked = (text: string, scope: string): string[] => markedIn(grammar, text, scope);
  const primitives = (text: string): string[] => marked(text, "support.function.process");

  test("marks behaviours, and callbacks where they are defined", () => {
    assert.deepEqual(marked("-behaviour(gen_server).\n-behavior(supervisor).\n-behaviour(my_gen_server).", "support.class.behaviour"), [
      "gen_server",
      "supervisor",
    ]);
    assert.deepEqual(marked("handle_call(get, _From, S) ->\n  handle_call(1, 2, 3).\nhandle_calls(X) -> X.", "support.function.callback"), [
      "handle_call",
    ]);
  });

  test("marks calls of process functions, and sending", () => {
    assert.deepEqual(primitives("gen_server:call(?MODULE, get)"), ["call"]);
    assert.deepEqual(primitives("erlang:send_after(1000, self(), tick)"), ["send_after", "self"]);
    assert.deepEqual(primitives("spawn_link(fun() -> ok end)"), ["spawn_link"]);
    assert.deepEqual(primitives("fun gen_server:cast/2"), ["cast"]);
    assert.deepEqual(marked("Pid ! hello", "keyword.operator.send"), ["!"]);
  });

  test("leaves what only looks like one", () => {
    for (const text of [
      "my_gen_server:call(X)",
      "gen_server:calling(X)",
      "mailer:spawn(X)",
      "respawn(X)",
      "?spawn(X)",
      "% gen_server:call(P, m)",
      '"gen_server:call(P, m)"',
      "'gen_server:call(P)'",
    ])
      assert.deepEqual(primitives(text), [], text);
    assert.deepEqual(marked('"wait!"', "keyword.operator.send"), []);
  });

  test("marks a suppression: what it allows, and why", () => {
    const text = "    %% process-topology: allow process-as-object -- it owns the port";
    assert.deepEqual(marked(text, "constant.other.rule"), ["process-as-object"]);
    assert.deepEqual(marked(text, "string.unquoted.reason"), ["it owns the port"]);
    assert.deepEqual(marked("% process-topology: alow call-cycle", "invalid.illegal"), [" alow call-cycle"]);
  });
});

describe("the injection grammar of TypeScript", () => {
  let grammar: IGrammar;
  before(async () => {
    grammar = await loadGrammar("typescript");
  });
  const marked = (text: string, scope: string): string[] => markedIn(grammar, text, scope);
  const primitives = (text: string): string[] => marked(text, "support.function.process");

  test("marks classes of actors, and functions that make logic", () => {
    assert.deepEqual(
      marked("class Room extends DurableObject<Env> {}\nclass A extends my.Agent {}\nclass B extends Agents {}", "support.class.behaviour"),
      ["DurableObject"],
    );
    assert.deepEqual(marked("setup({}).createMachine({})\nfromPromise<number>(f)\nmyFromPromise(f)", "support.function.logic"), [
      "createMachine",
      "fromPromise",
    ]);
  });

  test("marks calls that start actors, address them and send to them", () => {
    assert.deepEqual(primitives("const a = createActor(machine).start()"), ["createActor"]);
    assert.deepEqual(primitives('entry: sendTo("child", { type: "GO" })'), ["sendTo"]);
    assert.deepEqual(primitives("spawnStateless(system, f)"), ["spawnStateless"]);
    assert.deepEqual(primitives('env.ROOM.get(env.ROOM.idFromName("a"))'), ["idFromName"]);
    assert.deepEqual(primitives("enqueue.spawnChild(child)"), ["spawnChild"]);
  });

  test("leaves what only looks like one", () => {
    for (const text of [
      "mail.createActor(x)",
      "createActors(x)",
      "dispatch(action)",
      "$sendTo(x)",
      "sendTo: true",
      "// createActor(machine)",
      '"createActor(machine)"',
      "/* createActor(machine) */",
    ])
      assert.deepEqual(primitives(text), [], text);
  });

  test("marks a suppression: what it allows, and why", () => {
    const text = "  // process-topology: allow singleton-bottleneck -- one lobby is what we sell";
    assert.deepEqual(marked(text, "constant.other.rule"), ["singleton-bottleneck"]);
    assert.deepEqual(marked(text, "string.unquoted.reason"), ["one lobby is what we sell"]);
    assert.deepEqual(marked("// process-topology: alow call-cycle", "invalid.illegal"), [" alow call-cycle"]);
  });
});
