import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { readErlang } from "../../server/src/languages/erlang/lower/lower.ts";
import { visitExpression } from "../../server/src/link/visit.ts";
import type { Expression } from "../../server/src/model/expression.ts";
import type { FileFacts, FunctionFacts } from "../../server/src/model/facts.ts";
import { withPlaces } from "../support/facts-with-places.ts";
import { inRepository } from "../support/paths.ts";
import { listFiles } from "../support/repository.ts";

const sources = [...listFiles("examples"), ...listFiles("test/golden"), ...listFiles("test/oracle")].filter((path) =>
  /\.[eh]rl$/.test(path),
);

function read(text: string, outline: boolean): FileFacts {
  return readErlang({ path: "src/a.erl", text, role: "source", outline });
}

const functionsOf = (facts: FileFacts): readonly FunctionFacts[] => facts.shape.modules.flatMap(({ functions }) => functions);
const named = (text: string): unknown => functionsOf(read(text, true)).map(({ mayCall }) => mayCall ?? null);

function assertSame(text: string): void {
  const [outline, full] = [read(text, true), read(text, false)];
  assert.deepEqual(outline.problems, full.problems);
  assert.deepEqual(withPlaces(outline, text), withPlaces(full, text));
}

describe("an outline of Erlang", () => {
  for (const path of sources)
    test(`says in the end what reading in full says: ${path}`, () => assertSame(readFileSync(inRepository(path), "utf8")));

  test("names all that a function calls, before it is read", () => {
    let outlined = 0;
    for (const path of sources)
      for (const fn of functionsOf(read(readFileSync(inRepository(path), "utf8"), true))) {
        const { mayCall } = fn;
        if (!mayCall) continue;
        outlined++;
        const see = (e: Expression): void => {
          if (e.k === "call" || e.k === "funref") assert.ok(mayCall.includes(e.name), `${path} ${fn.name}: ${e.name}`);
        };
        for (const clause of fn.clauses) visitExpression(clause.body, see);
      }
    assert.ok(outlined > 20, `${outlined} functions in outline`);
  });

  test("names calls of functions and macros, references, sends and what is computed", () => {
    assert.deepEqual(named("f(X, Y) ->\n    m:a(b),\n    X ! Y,\n    X:Y(),\n    ?C(fun d/1),\n    'e'(Y);\nf(_, #r{}) ->\n    ok.\n"), [
      ["a", "send", "apply", "?C", "d", "e"],
    ]);
  });

  test("keeps the clauses of a function that conditions divide", () => {
    const text = "f(1) -> a();\n-ifdef(X).\nf(2) -> b();\n-endif.\nf(_) -> c().\n\ng() -> d().\n";
    assert.deepEqual(named(text), [null, ["d"]]);
    assertSame(text);
  });

  test("ends functions in it where they end", () => {
    assertSame(
      "f(G) ->\n    F = fun (1) -> a; (X) when X; G -> b end,\n    fun N(0) -> 0; N(I) -> N(I - 1) end,\n    [fun g/1, fun m:g/1, fun ?MODULE:g/1, F].\n",
    );
    assertSame("f(X) when X > 1; X < 0 -> if X -> a; true -> b end;\nf(X)\n  when is_list(X) -> X\n  -g(X).\n");
    assertSame("f() -> fun ?HEAD(X) -> X end.\n\ng() -> fun ?REFERENCE(X).\n");
  });

  test("reads a function at once where something is wrong with it", () => {
    for (const text of [
      "f(X) -> g(X\n\nh() -> 1.\n",
      "f(X) -> case X of 1 -> 2.\n\nh() -> 1.\n",
      "f(X) -> 1;\ng(X) -> 2.\n\nh() -> 1.\n",
      "f(X) -> 1;\nf(X, Y) -> 2.\n\nh() -> 1.\n",
      "f(X) -> 1\n\nh() -> 1.\n",
      'f(X) -> "1.\n\nh() -> 1.\n',
      "f(X)\n\nh() -> 1.\n",
      "f(X). h() -> 1.\n",
    ])
      assertSame(text);
  });

  test("reserves `maybe` where the file uses it", () => {
    assertSame("f(X) ->\n    maybe\n        {ok, Y} ?= g(X),\n        Y\n    else\n        _ -> b\n    end.\n\ng(X) -> {ok, X}.\n");
  });
});
