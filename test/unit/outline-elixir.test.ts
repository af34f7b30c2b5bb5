import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { readElixir } from "../../server/src/languages/elixir/lower/lower.ts";
import { visitExpression } from "../../server/src/link/visit.ts";
import type { Expression } from "../../server/src/model/expression.ts";
import type { FileFacts, FunctionFacts } from "../../server/src/model/facts.ts";
import { withPlaces } from "../support/facts-with-places.ts";
import { inRepository } from "../support/paths.ts";
import { listFiles } from "../support/repository.ts";

const examples = listFiles("examples").filter((path) => path.endsWith(".ex"));

function read(text: string, outline: boolean): FileFacts {
  return readElixir({ path: "lib/a.ex", text, role: "source", outline });
}

const functionsOf = (facts: FileFacts): readonly FunctionFacts[] => facts.shape.modules.flatMap(({ functions }) => functions);

describe("an outline", () => {
  for (const path of examples)
    test(`says in the end what reading in full says: ${path}`, () => {
      const text = readFileSync(inRepository(path), "utf8");
      assert.deepEqual(withPlaces(read(text, true), text), withPlaces(read(text, false), text));
    });

  test("names all that a function calls, before it is read", () => {
    for (const path of examples) {
      const outline = read(readFileSync(inRepository(path), "utf8"), true);
      for (const fn of functionsOf(outline)) {
        const { mayCall } = fn;
        if (!mayCall) continue;
        const see = (e: Expression): void => {
          // What an alias that hangs on a value is written out as.
          if ((e.k === "call" || e.k === "funref") && e.name !== "concat")
            assert.ok(mayCall.includes(e.name), `${path} ${fn.name}: ${e.name}`);
        };
        for (const clause of fn.clauses) visitExpression(clause.body, see);
      }
    }
  });

  test("takes aliases as they are where the function stands", () => {
    const text = "defmodule A do\n  alias X.B\n\n  def f, do: B.g()\n\n  def h do\n    B.g()\n  end\n\n  alias Y.B\nend\n";
    const outline = read(text, true);
    assert.deepEqual(
      functionsOf(outline).map(({ mayCall }) => mayCall),
      [["g"], ["h", "g"]],
    );
    assert.deepEqual(withPlaces(outline, text), withPlaces(read(text, false), text));
  });

  test("names what is called without parentheses, and no variables", () => {
    const text = "defmodule A do\n  def f(x) do\n    y = x.field\n    M.a\n    @m.b\n    x |> M.c |> d\n    &e/1\n    g y\n  end\nend\n";
    assert.deepEqual(
      functionsOf(read(text, true)).map(({ mayCall }) => mayCall),
      [["f", "a", "b", "c", "d", "e", "g"]],
    );
  });

  test("leaves nothing for later where the order of the source counts", () => {
    const text = "defmodule A do\n  def f do\n    alias X.B\n    B.g()\n  end\n\n  defmacro m do\n    quote do: B.g()\n  end\nend\n";
    assert.deepEqual(
      functionsOf(read(text, true)).map(({ mayCall }) => mayCall ?? null),
      [null, null],
    );
  });

  test("reads a file in full where brackets or blocks do not match", () => {
    const text = "defmodule A do\n  def f(x) do\n    g(x\n  end\n\n  def h, do: 1\nend\n";
    const [outline, full] = [read(text, true), read(text, false)];
    assert.notEqual(full.problems.length, 0);
    assert.deepEqual(outline.problems, full.problems);
    assert.deepEqual(withPlaces(outline, text), withPlaces(full, text));
  });
});

test("facts that are read once are those of reading in full, without a hash of the structure", () => {
  for (const path of examples) {
    const text = readFileSync(inRepository(path), "utf8");
    const [once, full] = [readElixir({ path, text, role: "source", once: true }), readElixir({ path, text, role: "source" })];
    assert.deepEqual({ ...once.shape, hash: "" }, { ...full.shape, hash: "" });
    assert.deepEqual(once.spans, full.spans);
    assert.notEqual(once.shape.hash, full.shape.hash);
  }
});
