import assert from "node:assert/strict";
import { test } from "node:test";
import { countRoles, roleOfPath } from "../../../server/src/analysis/roles.ts";
import { readErlang } from "../../../server/src/languages/erlang/lower/lower.ts";

test("what a file is for is told by its path", () => {
  const roles: Record<string, readonly string[]> = {
    source: [
      "mix.exs",
      "lib/a.ex",
      "apps/web/lib/test/case.ex",
      "apps/web/mix.exs",
      "lib/deps/graph.ex",
      "src/test/server.erl",
      "examples/shop/lib/a.ex",
      "apps/shop/wrangler.jsonc",
    ],
    test: [
      "test/a_test.exs",
      "test/support/case.ex",
      "apps/web/test/test_helper.exs",
      "lib/ex_unit/test/x_test.exs",
      "integration_test/pg/case.ex",
      "big_tests/src/bank_sink.erl",
      "deps/rabbit/test/queue_SUITE.erl",
      "src/couch/test/eunit/pool.erl",
      "apps/bank/test/bank_tests.erl",
      "src/prop_ledger.erl",
      "src/tests/wrangler.jsonc",
      "src/fixtures/partykit.json5",
      "src/__test-utils__/machine.ts",
    ],
    script: [
      "config/config.exs",
      "rel/files/nodetool.escript",
      ".formatter.exs",
      "priv/repo/migrations/1_users.exs",
      "examples/chat.erl",
      "examples/plain/chat.ex",
    ],
    dependency: ["deps/plug/lib/plug.ex", "deps/plug/mix.exs", "apps/web/deps/plug/lib/test/x.ex"],
  };
  for (const [role, paths] of Object.entries(roles)) for (const path of paths) assert.equal(roleOfPath(path), role, path);
});

test("a file that counts as source says where things stand that were read after it was counted", () => {
  const body = Array.from({ length: 3000 }, (_, i) => `a${i}`).join(", ");
  const text = `-module(a).\n\nf() ->\n    [${body}].\n`;
  const path = "deps/a/src/a.erl";
  const counted = countRoles(new Map([[path, readErlang({ path, text, role: "dependency", outline: true })]])).get(path);
  const [fn] = counted?.shape.modules[0]?.functions ?? [];
  const list = fn?.clauses[0]?.body;
  assert.equal(counted?.role, "source");
  assert.ok(list?.k === "list");
  const last = list.items.at(-1);
  assert.equal(text.slice(counted.spans[2 * (last?.at ?? 0)], counted.spans[2 * (last?.at ?? 0) + 1]), "a2999");
});
