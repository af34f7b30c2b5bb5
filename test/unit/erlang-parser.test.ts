import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { DefineForm, FunctionForm } from "../../server/src/languages/erlang/ast.ts";
import { parseErlang, parseTerms } from "../../server/src/languages/erlang/parser/parser.ts";

const functions = (source: string): string[] =>
  parseErlang(source).forms.flatMap((form) => (form.kind === "function" ? [`${form.name}/${form.clause.params.length}`] : []));

const body = (text: string): unknown => {
  const { forms, problems } = parseErlang(`f() -> ${text}.\n`);
  assert.deepEqual(problems, [], text);
  return strip((forms[0] as FunctionForm).clause.body[0]);
};

/** Without spans. */
function strip(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(strip);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).flatMap(([k, v]) => (k === "start" || k === "end" ? [] : [[k, strip(v)]])));
}

const atom = (value: string): unknown => ({ kind: "atom", value });

describe("Erlang's parser", () => {
  it("reads literals", () => {
    assert.deepEqual(body("'a\\nb'"), atom("a\nb"));
    assert.deepEqual(body("16#FF"), { kind: "number", value: 255 });
    assert.deepEqual(body("1_000.5e-1"), { kind: "number", value: 100.05 });
    assert.deepEqual(body("$\\n"), { kind: "number", value: 10 });
    assert.deepEqual(body('"a" ?B "c"'), { kind: "string", parts: ["a", { kind: "macro", name: "B", args: null }, "c"], binary: false });
    assert.deepEqual(body('"""\n  a\n  b\n  """'), { kind: "string", parts: ["a\nb"], binary: false });
  });

  it("ranks operators as Erlang does", () => {
    assert.deepEqual(body("a = b ! c ++ d"), {
      kind: "operator",
      operator: "=",
      left: atom("a"),
      right: {
        kind: "operator",
        operator: "!",
        left: atom("b"),
        right: { kind: "operator", operator: "++", left: atom("c"), right: atom("d") },
      },
    });
    assert.deepEqual(body("a - b - c"), {
      kind: "operator",
      operator: "-",
      left: { kind: "operator", operator: "-", left: atom("a"), right: atom("b") },
      right: atom("c"),
    });
  });

  it("takes maybe for a word of its own where code uses it as one, in a line or over several, and for an atom elsewhere", () => {
    const problems = (source: string): string[] => parseErlang(source).problems.map(({ message }) => message);
    assert.deepEqual(problems("f() -> maybe {ok, X} ?= g(), X else _ -> no end."), []);
    assert.deepEqual(problems("f() ->\n  maybe\n    ok ?= g()\n  end."), []);
    assert.deepEqual(problems("f(maybe) -> [yes, maybe\n  , else]; f(else) -> maybe."), []);
    assert.deepEqual(problems("% yes or maybe\nf(else) -> maybe."), []);
  });

  it("reads records whose macro brings the mark along", () => {
    const name = { kind: "macro", name: "REC", args: null };
    const fields = [{ kind: "operator", operator: "=", left: atom("a"), right: { kind: "number", value: 1 } }];
    assert.deepEqual(body("?REC{a = 1}"), { kind: "record", base: null, name, fields });
    const base = { kind: "variable", name: "R" };
    assert.deepEqual(body("R?REC{a = 1}"), { kind: "record", base, name, fields });
    assert.deepEqual(body("R?REC.a"), { kind: "record_field", base, name, field: atom("a") });
    assert.deepEqual(body("?REC"), name);
  });

  it("reads macros wherever they stand", () => {
    assert.deepEqual(
      parseErlang("?HEAD(X) -> ok.\n?FORM.\nf(?A) when ?G -> ?B(x, ->, catch), case a of ?CLAUSE; b -> c end.\n").problems,
      [],
    );
    assert.deepEqual(parseErlang("f() -> try a() of b -> c ?RESCUE(E) {error, E} after d() end, g().\n").problems, []);
    const rescued = parseErlang("f() -> try a() ?RESCUE end.\n");
    assert.deepEqual(rescued.problems, []);
    const [tried] = (rescued.forms[0] as FunctionForm).clause.body;
    assert.deepEqual(tried?.kind === "try" && tried.catches.map(({ params, body }) => [params[0]?.kind, body.length]), [["macro", 0]]);
    const [define, empty] = parseErlang("-define(CHILD(I, T), {I, {I, start_link, []}, T}).\n-define(OPEN, case X of).\n")
      .forms as DefineForm[];
    assert.deepEqual([define?.params, define?.body?.kind], [["I", "T"], "tuple"]);
    assert.equal(empty?.body, null);
  });

  it("reserves maybe only where it is used as an expression", () => {
    assert.deepEqual(parseErlang("f() -> maybe, else.\n").problems, []);
    assert.deepEqual(parseErlang("f() ->\n maybe\n  ok ?= g()\n else\n  X -> X\n end.\n").problems, []);
  });

  it("goes on after a broken form, and keeps what stands before the mistake", () => {
    const source = "a() -> one(), two(), ).\nb() -> ok.\nc( -> x.\nd() -> [1, 2\n\ne() -> ok.\n";
    assert.deepEqual(functions(source), ["a/0", "b/0", "d/0", "e/0"]);
    const { forms, problems } = parseErlang(source);
    assert.equal((forms[0] as FunctionForm).clause.body.length, 2);
    assert.equal(problems.length, 3);
  });

  it("survives deep nesting and an open string", () => {
    assert.equal(parseErlang(`f() -> ${"[".repeat(100_000)}.\ng() -> ok.\n`).problems.length, 1);
    assert.deepEqual(functions('f() -> "abc'), ["f/0"]);
  });

  it("reads files of terms and scripts", () => {
    assert.equal(parseTerms('{application, a, [{vsn, "1"}]}.\n{b, <<1:8>>}.').forms.length, 2);
    assert.deepEqual(functions("#!/usr/bin/env escript\n%% -*- erlang -*-\nmain(_) -> ok.\n"), ["main/1"]);
  });
});
