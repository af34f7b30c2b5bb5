// Erlang that tries to lead the reader or the linker astray: the rest is analysed all the same.
import assert from "node:assert/strict";
import { afterEach, describe, test } from "node:test";
import { analyzeFolder } from "../../server/src/analysis/analyze-folder.ts";
import { engine } from "../../server/src/analysis/engine.ts";
import type { Snapshot } from "../../server/src/analysis/snapshot.ts";
import { folderOnDisk } from "../../server/src/platform/files-node.ts";
import { type TemporaryFolder, temporaryFolder } from "../support/temporary-folder.ts";

const server = (name: string, init = "init(Arg) -> {ok, Arg}.", before = ""): string => `-module(${name}).
-behaviour(gen_server).
-export([start_link/0, init/1, handle_call/3, handle_cast/2]).
${before}
start_link() -> gen_server:start_link({local, ?MODULE}, ?MODULE, [], []).
${init}
handle_call(_Message, _From, State) -> {reply, ok, State}.
handle_cast(_Message, State) -> {noreply, State}.
`;
const supervisor = (children: string, before = ""): string => `-module(bank_sup).
-behaviour(supervisor).
-export([start_link/0, init/1]).
${before}
start_link() -> supervisor:start_link({local, ?MODULE}, ?MODULE, []).
init([]) -> {ok, {{one_for_one, 1, 5}, ${children}}}.
`;

describe("hostile Erlang", () => {
  let folder: TemporaryFolder;
  afterEach(() => folder.remove());

  /** Every workspace has a sound module besides, which has to be there. */
  async function analyze(files: Readonly<Record<string, string | Uint8Array>>): Promise<Snapshot> {
    folder = temporaryFolder({ "src/sound.erl": server("sound"), ...files });
    const snapshot = await analyzeFolder(folderOnDisk(folder.path), { engine });
    assert.equal(snapshot.topology.definitions.get("sound")?.kind, "gen_server");
    return snapshot;
  }
  const problems = (snapshot: Snapshot): string[] => snapshot.problems.map(({ file, line, message }) => `${file}:${line}: ${message}`);
  const childrenOf = (snapshot: Snapshot): (string | null)[] => {
    const root = snapshot.topology.unattached.find(({ moduleAtom }) => moduleAtom === "bank_sup");
    assert.ok(root, "bank_sup is in the tree");
    return root.children.map(({ id }) => id);
  };
  const child = (id: string): string => `{${id}, {${id}, start_link, []}, permanent, 5000, worker, [${id}]}`;

  test("macros that expand to themselves, and to each other", async () => {
    const before = "-define(SELF, ?SELF).\n-define(PING(X), ?PONG(X)).\n-define(PONG(X), ?PING(X)).\n";
    const snapshot = await analyze({ "src/bank_sup.erl": supervisor(`[?SELF, ?PING(1), ${child("sound")}]`, before) });
    assert.deepEqual(problems(snapshot), []);
    assert.ok(childrenOf(snapshot).includes("sound"));
  });

  test("headers that include each other and themselves", async () => {
    const snapshot = await analyze({
      "src/bank_sup.erl": supervisor(`[?CHILD]`, '-include("a.hrl").'),
      "include/a.hrl": '-include("b.hrl").\n-include("a.hrl").\n',
      "include/b.hrl": `-include("a.hrl").\n-define(CHILD, ${child("sound")}).\n`,
    });
    assert.deepEqual(childrenOf(snapshot), ["sound"]);
  });

  test("a supervisor that supervises itself", async () => {
    const snapshot = await analyze({
      "src/bank_sup.erl": supervisor("[{me, {bank_sup, start_link, []}, permanent, infinity, supervisor, []}]"),
    });
    assert.deepEqual(
      problems(snapshot).map((problem) => problem.replace(/:\d+:/, ":")),
      ["src/bank_sup.erl: bank_sup supervises itself; the tree ends there"],
    );
  });

  test("broken syntax in the middle of a file loses one function", async () => {
    const broken = server("broken", "init(Arg) -> case Arg of {ok, [ -> }.\nother() -> ok.");
    const snapshot = await analyze({ "src/broken.erl": broken });
    assert.ok(problems(snapshot).length > 0 && problems(snapshot).every((problem) => /^src\/broken\.erl:\d+: /.test(problem)));
    const callbacks = snapshot.topology.definitions.get("broken")?.callbacks.map(({ fn }) => fn) ?? [];
    for (const name of ["broken.handle_call/3", "broken.handle_cast/2"]) assert.ok(callbacks.includes(name), name);
  });

  test("a form that is not finished ends where the next function begins", async () => {
    const unfinished = [
      "case X of\n    a -> b;",
      "X + 1,",
      "case X of a -> b end,",
      "foo(X,",
      "X, case X of a ->",
      "lists:map(fun(Y) -> Y end, [X",
      "{ok, X}",
    ];
    for (const body of unfinished) {
      const snapshot = await analyze({ "src/bank_sup.erl": supervisor(`[${child("sound")}]`, `odd(X) ->\n  ${body}`) });
      assert.deepEqual(problems(snapshot).length, 1, body);
      assert.match(problems(snapshot)[0]!, /^src\/bank_sup\.erl:(6|7): Unexpected `start_link`/, body);
      assert.deepEqual(childrenOf(snapshot), ["sound"], body);
      folder.remove();
    }
  });

  test("a generated parser of 5 MB", async () => {
    const clauses = Array.from(
      { length: 60_000 },
      (_, i) => `yeccpars2_${i % 400}(${i}, Stack, [T | Ts]) -> {shift, ${i + 1}, [T | Stack], Ts};`,
    );
    const text = `-module(generated).\n-export([parse/1]).\nparse(T) -> yeccpars2_0(0, [], T).\n${clauses.join("\n").replace(/;$/, ".")}\n`;
    assert.ok(text.length > 4_000_000);
    const snapshot = await analyze({ "src/generated.erl": text });
    assert.ok(snapshot.topology.functions.has("generated.parse/1") || problems(snapshot).length === 0);
  });

  test("Latin-1 that says so is no trouble, other Latin-1 is told", async () => {
    const bytes = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0));
    const snapshot = await analyze({
      "src/declared.erl": bytes(`%% -*- coding: latin-1 -*-\n${server("declared")}% \xe5\xe4\xf6\n`),
      "src/silent.erl": bytes(`${server("silent")}% \xe5\xe4\xf6\n`),
    });
    assert.deepEqual(problems(snapshot), ["src/silent.erl:1: This file is not UTF-8; it was read as Latin-1."]);
    assert.ok(snapshot.topology.definitions.has("declared") && snapshot.topology.definitions.has("silent"));
  });

  test("nesting without end, and no module at all", async () => {
    const snapshot = await analyze({
      "src/deep.erl": `-module(deep).\nf() -> ${"[".repeat(20_000)}`,
      "src/empty.erl": "",
      "src/loose.erl": "-export([a/0]).\na() -> ok.\n",
    });
    assert.ok(problems(snapshot).some((problem) => problem.startsWith("src/deep.erl:")));
  });
});
