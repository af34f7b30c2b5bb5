// Lists of children as Erlang code puts them together: functions of OTP, comprehensions and funs of the partial evaluation.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { linkWorkspace } from "../support/workspace.ts";

/** The ids of the children of a supervisor whose `init/1` gives back what `body` ends with. */
function idsOf(body: string): string {
  const { applications } = linkWorkspace({
    "src/bank.app.src": "{application, bank, [{mod, {bank_sup, []}}]}.\n",
    "src/bank_sup.erl": `-module(bank_sup).
-behaviour(supervisor).
-behaviour(application).
-export([start/2, init/1]).
start(_, _) -> supervisor:start_link(?MODULE, []).
init([]) ->
  Children = begin ${body} end,
  {ok, {#{}, Children}}.
c(Id) -> #{id => Id, start => {ledger, start_link, [Id]}}.
`,
    "src/ledger.erl": `-module(ledger).
-behaviour(gen_server).
-export([start_link/1, init/1]).
start_link(Id) -> gen_server:start_link(?MODULE, Id, []).
init(Id) -> {ok, Id}.
`,
  });
  const root = applications[0]?.root;
  assert.ok(root, "the application has no tree");
  return root.children.map(({ id, cardinality }) => `${id}${cardinality === "one" ? "" : ` ${cardinality}`}`).join("; ");
}

const expected: Readonly<Record<string, string>> = {
  // Comprehensions of OTP 26 to 28.
  "[c(I) || I := _ <- #{a => 1}]": "a",
  "[c(I) || I <:- [a, b]]": "a; b",
  "[c({A, B}) || A <- [a, b] && B <- [x, y]]": "{a, x}; {b, y}",
  "[c({A, K, V}) || A <- [a] && K := V <- #{k => v} && _ <- [x]]": "{a, k, v}",
  "[c({A, B, C}) || A <- [a, b] && B <- [x, y], C <- [1, 2]]": "{a, x, 1}; {a, x, 2}; {b, y, 1}; {b, y, 2}",
  // Functions of `lists`.
  "[c(I) || {I, _} <- lists:enumerate([a, b])]": "1; 2",
  "[c(I) || {I, _} <- lists:enumerate(0, [a, b])]": "0; 1",
  "lists:zipwith(fun(X, Y) -> c({X, Y}) end, [a], [b])": "{a, b}",
  "[c(T) || T <- lists:zip3([1], [2], [3])]": "{1, 2, 3}",
  "element(1, lists:mapfoldl(fun(X, N) -> {c({X, N}), N + 1} end, 0, [a, b]))": "{a, 0}; {b, 1}",
  "element(1, lists:mapfoldl(fun(X, N) -> {c({port, X}), N + 1} end, 0, ports()))": "{port, _} many",
  "lists:droplast([c(a), c(b)])": "a",
  "lists:takewhile(fun(#{id := Id}) -> Id =/= b end, [c(a), c(b), c(d)])": "a",
  "lists:dropwhile(fun(#{id := Id}) -> Id =/= b end, [c(a), c(b), c(d)])": "b; d",
  "[c(I) || I <- lists:subtract([a, b], [b])]": "a",
  "[c(I) || I <- lists:seq(5, 1, -2)]": "5; 3; 1",
  "lists:merge([c(a)], [c(b)])": "a; b",
  "[c(I) || I <- lists:uniq([a, b, a])]": "a; b",
  // Maps and lists of properties.
  "[c(I) || I <- maps:keys(maps:filter(fun(_, V) -> V end, #{a => true, b => false}))]": "a",
  "[c(I) || I <- maps:keys(maps:with([a], #{a => 1, b => 2}))]": "a",
  "[c(I) || I <- maps:keys(maps:without([a], #{a => 1, b => 2}))]": "b",
  "proplists:get_all_values(k, [{k, c(a)}, {l, c(b)}, {k, c(d)}])": "a; d",
  // Names put together.
  '[c(list_to_atom(lists:flatten(io_lib:format("pool_~p", [N])))) || N <- [1, 2]]': "pool_1; pool_2",
  '[c(list_to_atom(lists:flatten(io_lib:format("~s~~~w", ["pool", a]))))]': "'pool~a'",
  '[c(list_to_atom(lists:flatten(io_lib:format("~4..0b", [7]))))]': "_",
  '[c(list_to_atom(string:join(["a", "b"], "_")))]': "a_b",
  // A fun that calls itself, and `maybe` in one line.
  "F = fun Each([]) -> []; Each([X | Xs]) -> [c(X) | Each(Xs)] end, F([a, b])": "a; b",
  "maybe {ok, X} ?= {ok, a}, [c(X)] else _ -> [] end": "a",
};

describe("children of a supervisor", () => {
  for (const [body, ids] of Object.entries(expected)) test(body, () => assert.equal(idsOf(body), ids));
});
