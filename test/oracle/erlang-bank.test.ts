// The Erlang example is what its README says: it compiles without a warning.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { inRepository } from "../support/paths.ts";
import { listFiles } from "../support/repository.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

test("examples/erlang_bank compiles without a warning", () => {
  const out = temporaryFolder({});
  try {
    const sources = listFiles("examples/erlang_bank/src").filter((file) => file.endsWith(".erl"));
    const compiled = spawnSync("erlc", ["-Wall", "-Werror", "-o", out.path, ...sources.map((file) => inRepository(file))], {
      encoding: "utf8",
    });
    assert.equal(`${compiled.stdout}${compiled.stderr}`, "");
    assert.equal(compiled.status, 0);
    assert.ok(sources.length >= 10);
  } finally {
    out.remove();
  }
});
