import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { handsOn } from "../../../server/src/analysis/hands-on.ts";
import { messageIn, standingAt } from "../../../server/src/analysis/standing-at.ts";
import { elixir } from "../../../server/src/languages/elixir/elixir.ts";

const source = `defmodule Cache do
  def get(key, opts \\\\ []) when is_atom(key) do
    GenServer.call(opts[:server], {:get, key, [deep: {:in, 1}]})
  end

  def put(%Item{id: id} = item), do: {:put, id, item} |> send_on(:now)

  def both(a), do: (send_on(a, :now); send_on(a, :then))
  defp send_on(message, _when), do: GenServer.cast(__MODULE__, message)
  defp choose(a), do: if(a, do: send_on(a, :now))
  def all, do: fixed(1)
  def fixed(1), do: :one
  def fixed(n), do: send_on({:n, n}, :now)
end
`;

const facts = elixir.read({ path: "lib/cache.ex", text: source, role: "source" });
const offsetOf = (what: string, from = ""): number => {
  const found = source.indexOf(what, source.indexOf(from));
  assert.ok(found >= 0, what);
  return found;
};

describe("where in a function an offset stands", () => {
  const on = (what: string, from?: string): string => {
    const found = standingAt(facts, offsetOf(what, from));
    return found === null ? "nowhere" : `${found.fn.name}#${found.clause} ${found.part} ${found.path.map(({ k }) => k).join(" ")}`.trim();
  };

  test("in the head: from the first word to the end of parameters and guard", () => {
    assert.equal(on("def get"), "get#0 head");
    assert.equal(on("is_atom"), "get#0 head call");
    assert.equal(on("key) do"), "get#0 head call variable");
    assert.equal(on("%Item"), "put#0 head match map");
    assert.equal(on("fixed(n)"), "fixed#1 head");
    assert.equal(on("all, do"), "all#0 head");
    assert.equal(on("fixed(1)", "def all"), "all#0 body call");
  });

  test("in the body, with the expressions around, and nowhere between functions", () => {
    assert.equal(on("call(opts"), "get#0 body call");
    assert.equal(on(":in"), "get#0 body call tuple list tuple tuple atom");
    assert.equal(on("defmodule"), "nowhere");
    assert.equal(standingAt(facts, 1e9), null);
    assert.equal(standingAt(facts, -1), null);
  });

  test("the message that it stands in, by its first atom", () => {
    const message = (what: string, from?: string): string | null => {
      const standing = standingAt(facts, offsetOf(what, from));
      const found = standing === null || standing.part === "head" ? null : messageIn(standing.path);
      return found === null ? null : `${found.call.name} ${found.tag}`;
    };
    assert.equal(message("{:get"), "call get");
    assert.equal(message(":get"), "call get");
    assert.equal(message(":in"), "call get");
    assert.equal(message("put, id"), "send_on put");
    assert.equal(message(":now"), "send_on now");
    assert.equal(message("key, ["), null);
    assert.equal(message("call(opts"), null);
    assert.equal(message("%Item"), null);
  });
});

test("a function hands a call on where each clause is one call or a value", () => {
  const hands = facts.shape.modules[0]?.functions.filter(({ at }) => handsOn(facts, at)).map(({ name }) => name);
  assert.deepEqual(hands, ["get", "put", "send_on", "all", "fixed"]);
  assert.equal(handsOn(facts, -1), false);
});
