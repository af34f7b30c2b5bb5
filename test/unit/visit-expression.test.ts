import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { forEachPart, visitExpression } from "../../server/src/link/visit.ts";
import type { Expression } from "../../server/src/model/expression.ts";

const atom = (value: string): Expression => ({ k: "atom", at: 0, value });
const seen = (walk: (see: (e: Expression) => void) => void): string[] => {
  const names: string[] = [];
  walk((e) => names.push(e.k === "atom" ? e.value : e.k));
  return names;
};

describe("a walk over an expression", () => {
  const struct: Expression = { k: "map", at: 0, struct: atom("Point"), base: atom("base"), pairs: [[atom("x"), atom("1")]] };
  const fn: Expression = { k: "fn", at: 0, id: 0, clauses: [{ at: 0, params: [atom("p")], guard: atom("g"), body: struct }] };

  test("sees what is inside, from the outside in, functions and names of structs included", () => {
    const call: Expression = { k: "call", at: 0, module: atom("Enum"), name: "map", nameAt: 0, args: [fn] };
    assert.deepEqual(
      seen((see) => visitExpression(call, see)),
      ["call", "Enum", "fn", "p", "g", "map", "Point", "base", "x", "1"],
    );
  });

  test("or sees the direct parts alone", () => {
    assert.deepEqual(
      seen((see) => forEachPart(fn, see)),
      ["p", "g", "map"],
    );
  });
});
