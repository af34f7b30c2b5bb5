import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { engine } from "../../../server/src/analysis/engine.ts";
import { offersFor, outcomesOf } from "../../support/fix-pages.ts";

const server = (name: string): string => `-module(${name}).
-behaviour(gen_server).
-export([start_link/1, init/1, handle_call/3, handle_cast/2]).
start_link(First) -> gen_server:start_link({local, ?MODULE}, ?MODULE, First, []).
init(First) -> {ok, First}.
handle_call(count, _From, Count) -> {reply, Count, Count + 1}.
handle_cast(_Message, Count) -> {noreply, Count}.
`;
const supervisor = `-module(bank_sup).
-behaviour(supervisor).
-export([start_link/0, init/1]).
start_link() -> supervisor:start_link({local, ?MODULE}, ?MODULE, []).
init([]) -> {ok, {{one_for_one, 1, 5}, []}}.
`;
const page = `-module(page).
-behaviour(cowboy_handler).
-export([init/2]).
init(Request, State) ->
    visits:start_link(0),
    {ok, Request, State}.
`;
const files: Readonly<Record<string, string>> = {
  "src/bank.app.src": "{application, bank, [{mod, {bank_app, []}}]}.",
  "src/bank_app.erl":
    "-module(bank_app).\n-behaviour(application).\n-export([start/2, stop/1]).\nstart(_, _) -> bank_sup:start_link().\nstop(_) -> ok.\n",
  "src/bank_sup.erl": supervisor,
  "src/visits.erl": server("visits"),
  "src/ledger.erl": server("ledger"),
  "src/page.erl": page,
};
const title = "Start visits under bank_sup";

/** The supervisor after the fix, with other children before. */
function childrenAfter(children: string): string | undefined {
  const before = supervisor.replace("[]}}.", `${children}}}.`);
  const after = outcomesOf("supervise", { ...files, "src/bank_sup.erl": before }, engine)
    .get(title)
    ?.get("src/bank_sup.erl");
  return after?.slice(after.indexOf("5}, ") + 4, after.lastIndexOf("}}."));
}

describe("the children of a supervisor", () => {
  const child = "#{id => visits, start => {visits, start_link, [0]}}";
  const old = "{ledger, {ledger, start_link, [0]}, permanent, 5000, worker, [ledger]}";

  test("get one more in the form that they have", () => {
    assert.equal(childrenAfter("[]"), `[${child}]`);
    assert.equal(childrenAfter(`[\n    ${old}\n  ]`), `[\n    ${old},\n    ${old.replaceAll("ledger", "visits")}\n  ]`);
    assert.equal(childrenAfter("[#{id => ledger, start => {ledger, start_link, [0]}}]")?.endsWith(`,\n${" ".repeat(40)}${child}]`), true);
  });

  test("that are not a list, or that are there already, are left as they are", () => {
    for (const children of ["lists:map(fun(M) -> M end, [])", "[#{id => visits, start => {ledger, start_link, [0]}}]", "[ledger | []]"])
      assert.equal(childrenAfter(children), undefined, children);
  });
});

describe("a start stays where it is", () => {
  const start = "    visits:start_link(0),\n";
  const refused: Readonly<Record<string, string>> = {
    "whose argument means something only there": page.replace("start_link(0)", "start_link(State)"),
    "whose argument is a macro": page.replace("start_link(0)", "start_link(?FIRST)").replace("-export", "-define(FIRST, 0).\n-export"),
    "whose pid is used": page.replace(start, "    {ok, Pid} = visits:start_link(0),\n").replace("State}", "{State, Pid}}"),
    "that shares its line with a comment": page.replace(start, "    visits:start_link(0), % for now\n"),
    "that a condition leads to": page.replace(
      start,
      "    case State of\n        new ->\n            visits:start_link(0),\n            ok;\n        _ -> ok\n    end,\n",
    ),
    "in one of several clauses": page.replace(
      "init(Request, State) ->",
      "init(none, State) -> {ok, none, State};\ninit(Request, State) ->",
    ),
    "that the preprocessor may leave out": page.replace("init(Request", "-ifdef(VISITS).\ninit(Request").concat("-endif.\n"),
  };
  for (const [why, text] of Object.entries(refused))
    test(why, () => {
      const isMeant = ({ rule }: { readonly rule: string }): boolean => rule === "unsupervised-process";
      assert.deepEqual(offersFor("supervise", isMeant, { ...files, "src/page.erl": text }, engine), []);
    });

  test("and moves in the plain case", () => {
    assert.deepEqual([...outcomesOf("supervise", files, engine).keys()], [title]);
    assert.equal(outcomesOf("supervise", files, engine).get(title)?.get("src/page.erl"), page.replace(start, ""));
  });
});
