// Elixir's forms as the model has them.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readElixir } from "../../server/src/languages/elixir/lower/lower.ts";
import { visitExpression } from "../../server/src/link/visit.ts";
import type { Expression } from "../../server/src/model/expression.ts";
import type { FileFacts } from "../../server/src/model/facts.ts";

function read(text: string, path = "lib/a.ex"): FileFacts {
  return readElixir({ path, text, role: "source" });
}

/** The body of the first clause of a function, printed without positions. */
function bodyOf(facts: FileFacts, name: string): string {
  const fn = facts.shape.modules.flatMap(({ functions }) => functions).find((f) => f.name === name);
  assert.ok(fn, name);
  return show(fn.clauses[0]!.body);
}

function show(e: Expression): string {
  switch (e.k) {
    case "atom":
      return `:${e.value}`;
    case "number":
    case "text":
      return JSON.stringify(e.value);
    case "variable":
      return e.name;
    case "attribute":
      return `@${e.name}`;
    case "call":
      return `${e.module ? `${show(e.module)}.` : ""}${e.name}(${e.args.map(show).join(", ")})`;
    case "tuple":
      return `{${e.items.map(show).join(", ")}}`;
    case "list":
      return `[${e.items.map(show).join(", ")}]`;
    case "funref":
      return `&${e.module ? `${show(e.module)}.` : ""}${e.name}/${e.arity}`;
    case "fn":
      return `fn ${e.clauses.map((c) => `${c.params.map(show).join(", ")} -> ${show(c.body)}`).join("; ")}`;
    default:
      return e.k;
  }
}

describe("names", () => {
  test("aliases in all their forms", () => {
    const facts = read(`defmodule A.B do
  alias C.D
  alias E.{F, G.H}
  alias I.J, as: K
  alias __MODULE__.L
  defmodule Inner do
  end
  def f, do: {D.x(), F.x(), H.x(), K.x(), L.x(), Inner.x(), __MODULE__.M.x(), Elixir.D.x()}
end`);
    assert.equal(
      bodyOf(facts, "f"),
      "{:Elixir.C.D.x(), :Elixir.E.F.x(), :Elixir.E.G.H.x(), :Elixir.I.J.x(), :Elixir.A.B.L.x(), :Elixir.A.B.Inner.x(), :Elixir.A.B.M.x(), :Elixir.D.x()}",
    );
    assert.deepEqual(
      facts.shape.modules.map(({ name }) => name),
      ["Elixir.A.B.Inner", "Elixir.A.B"],
    );
  });

  test("an alias ends with its block", () => {
    const facts = read("defmodule A do\n  def f do\n    alias B.C\n    C.x()\n  end\n  def g, do: C.x()\nend");
    assert.equal(bodyOf(facts, "g"), ":Elixir.C.x()");
  });

  test("a module that bears an Erlang name", () => {
    assert.deepEqual(
      read("defmodule :my_server do\nend").shape.modules.map(({ name }) => name),
      ["my_server"],
    );
  });
});

describe("names without parentheses", () => {
  const body = (code: string, more = ""): string =>
    bodyOf(read(`defmodule A do\n  def f(x) do\n    ${code}\n  end\n  defp stock, do: 1\n  defp rate(by \\\\ 2), do: by\n${more}end`), "f");

  test("are calls where the module has such a function and nothing binds them", () => {
    assert.equal(body("{stock, rate, other}"), "{stock(), rate(), other}");
    assert.equal(body("g(x, stock)"), "g(x, stock())");
    assert.match(body("cond do\n stock -> rate\n end"), /branch/);
  });

  test("are variables where a pattern of the clause binds them", () => {
    assert.equal(
      bodyOf(read("defmodule A do\n  def f(stock), do: {stock, rate}\n  defp stock, do: 1\n  defp rate, do: 2\nend"), "f"),
      "{stock, rate()}",
    );
    for (const code of ["(stock = x; {stock})", "case x do stock -> {stock} end", "fn stock -> {stock} end", "for stock <- x, do: {stock}"])
      assert.doesNotMatch(shown(code), /stock\(\)/, code);
    assert.match(shown("cond do stock -> {rate} end"), /stock\(\).*rate\(\)/);
  });

  test("are variables where a macro may bind them, and in quoted code", () => {
    for (const code of ["from(stock in Stock, where: stock.id == 1)", "where(x, [stock], stock.id == 1)", "quote do stock end"])
      assert.doesNotMatch(shown(code), /stock\(\)/, code);
  });

  /** All calls and variables of a function's body. */
  function shown(code: string): string {
    const facts = read(`defmodule A do\n  def f(x) do\n    ${code}\n  end\n  defp stock, do: 1\n  defp rate, do: 2\nend`);
    const [fn] = facts.shape.modules[0]!.functions;
    const found: string[] = [];
    visitExpression(fn!.clauses[0]!.body, (e) => {
      if (e.k === "variable") found.push(e.name);
      if (e.k === "call") found.push(`${e.name}()`);
    });
    return found.join(" ");
  }
});

describe("expressions", () => {
  test("pipes are calls", () =>
    assert.equal(bodyOf(read("defmodule A do\n  def f(x), do: x |> g(1) |> H.i()\nend"), "f"), ":Elixir.H.i(g(x, 1))"));
  test("captures are functions", () => {
    assert.equal(
      bodyOf(read("defmodule A do\n  def f, do: g(&H.i/1, &j/2, &k(&1, 2))\nend"), "f"),
      "g(&:Elixir.H.i/1, &j/2, fn &1 -> k(&1, 2))",
    );
  });
  test("delegates are calls", () =>
    assert.equal(bodyOf(read("defmodule A do\n  defdelegate f(x), to: B, as: :g\nend"), "f"), ":Elixir.B.g(x)"));
  test("word lists are lists", () => assert.equal(bodyOf(read("defmodule A do\n  def f, do: ~w(a b)a\nend"), "f"), "[:a, :b]"));
});

describe("definitions", () => {
  test("clauses of one function are put together, defaults kept", () => {
    const [module] = read("defmodule A do\n  def f(x, y \\\\ 1)\n  def f(0, _), do: 0\n  def f(x, y), do: x + y\nend").shape.modules;
    const [fn] = module!.functions;
    assert.deepEqual([fn!.arity, fn!.defaults.map((d) => d && show(d)), fn!.clauses.length], [2, [null, "1"], 2]);
  });

  test("routes of a Plug.Router are functions that a request runs", () => {
    const facts = read('defmodule A do\n  use Plug.Router\n  get "/x" do\n    B.c(conn)\n  end\nend');
    assert.equal(bodyOf(facts, 'get "/x"'), ":Elixir.B.c(conn)");
  });

  test("a mix.exs tells its application", () => {
    const { project } = read(
      'defmodule M do\n  @app :shop\n  def project, do: [app: @app, apps_path: "apps", deps: deps()]\n  def application, do: [mod: {Shop, []}, env: [a: 1]]\n  defp deps, do: [{:plug, "~> 1.0"}, {:core, path: "../core"}]\nend',
      "apps/shop/mix.exs",
    ).shape;
    assert.ok(project?.callback);
    assert.deepEqual(
      [project.app, show(project.callback.module), project.appsPath, project.dependencies],
      [
        "shop",
        ":Elixir.Shop",
        "apps",
        [
          { app: "plug", path: null },
          { app: "core", path: "../core" },
        ],
      ],
    );
  });
});

describe("shape", () => {
  const hash = (text: string): string => read(text).shape.hash;

  test("is equal where only layout and comments differ", () => {
    assert.equal(
      hash("defmodule A do\n  def f(x), do: g(x)\nend"),
      hash("# note\ndefmodule A do\n\n  def f( x ) ,\n    do: g(x) # more\nend"),
    );
  });

  test("differs where a name, a literal or an order does", () => {
    const base = hash("defmodule A do\n  def f(x), do: g(x, 1)\nend");
    for (const other of ["h(x, 1)", "g(y, 1)", "g(x, 2)", "g(1, x)", "g(x, 1, 1)"])
      assert.notEqual(base, hash(`defmodule A do\n  def f(x), do: ${other}\nend`), other);
  });
});
