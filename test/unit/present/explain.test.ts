// What `explain` says of a process: statements that real projects showed to be wrong or misleading.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { defaultSettings } from "../../../server/src/analysis/settings.ts";
import { explainProcess } from "../../../server/src/present/explain-text.ts";
import { shortened } from "../../../server/src/present/shortened.ts";
import { plainStyle } from "../../../server/src/present/terminal-style.ts";
import { readSources } from "../../support/editor-source.ts";

const store = `-module(store).
-behaviour(gen_server).
-export([start/1, ask/0, note/0, start_link/1, init/1, handle_call/3, handle_cast/2]).
start(Sup) -> supervisor:start_child(Sup, {store, {store, start_link, [x]}, transient, 5000, worker, [store]}).
start_link(X) -> gen_server:start_link({local, ?MODULE}, ?MODULE, X, []).
ask() -> gen_server:call(?MODULE, ask).
note() -> gen_server:cast(?MODULE, note).
init(X) -> {ok, X}.
handle_call(ask, _From, X) -> a(X), {reply, ok, X};
handle_call(Other, From, X) -> {stop, {unexpected, Other, From}, X}.
handle_cast(note, X) -> {noreply, X}.
a(X) -> b(X). b(X) -> c(X). c(X) -> d(X). d(X) -> e(X). e(X) -> file:write_file("store", X).
`;

const client = (name: string, call: string): readonly [string, string] => [
  `src/${name}.erl`,
  `-module(${name}).\n-export([go/0]).\ngo() -> store:${call}().\n`,
];

function explain(clients: readonly (readonly [string, string])[]): string {
  const { snapshot, source } = readSources({ "src/store.erl": store, ...Object.fromEntries(clients) }, defaultSettings);
  const definition = snapshot.topology.definitions.get("store");
  assert.ok(definition !== undefined);
  const explained = { topology: snapshot.topology, findings: [], places: source, print: snapshot.print, callTimeOf: () => null };
  return explainProcess(definition, explained, { style: plainStyle, width: 200 });
}

describe("explain", () => {
  test("a child of a supervisor that is not known is started again by that one", () => {
    assert.match(explain([]), /its supervisor, which is not known, starts it again/);
  });

  test("what stops for an unexpected call answers nobody later", () => {
    assert.doesNotMatch(explain([]), /answers some callers later/);
  });

  test("a long way to a wait keeps its end, which is what it is about", () => {
    const way = explain([]).split("`handle_call(ask)` waits")[1] ?? "";
    assert.match(way, /`store:c\/1`.*\n.*… 2 more\n.*file write \(`file:write_file\/2`\) {2}src\/store\.erl:12/);
    const at = (n: number) => ({ message: `${n}`, place: { file: "a", at: n } });
    assert.deepEqual(shortened([at(1), at(2)], 2), [at(1), at(2)]);
    assert.deepEqual(shortened([at(1), at(2), at(3), at(4)], 3), [at(1), 2, at(4)]);
  });

  test("callers that are not listed are counted; where nobody waits, that is said", () => {
    const many = Array.from({ length: 10 }, (_, i) => client(`client_${i}`, "ask"));
    assert.match(explain(many), /^10 functions wait for it\n/m);
    assert.match(explain(many), /^ {2}… and 2 more modules$/m);
    assert.match(explain([client("client", "note")]), /^Callers: none that waits, 1 message without waiting$/m);
    assert.match(explain([]), /^ {2}• 1 function waits for it in processes that are not known$/m);
  });
});
