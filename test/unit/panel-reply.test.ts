import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { engine } from "../../server/src/analysis/engine.ts";
import { createWorkspace } from "../../server/src/analysis/workspace.ts";
import { panelReply } from "../../server/src/lsp/panel-snapshot.ts";

const folder = { uri: "file:///shop", name: "shop" };
const source = "defmodule Shop.Cache do\n  use GenServer\n  def init(s), do: {:ok, s}\nend\n";

describe("the panel's snapshot", () => {
  test("is built once for all that ask between two changes", () => {
    const workspace = createWorkspace({ engine });
    workspace.setFile("lib/cache.ex", source);
    const first = panelReply(folder, workspace.snapshot());
    assert.equal(panelReply(folder, workspace.snapshot()), first);
    workspace.setFile("lib/cache.ex", `\n${source}`);
    const second = panelReply(folder, workspace.snapshot());
    assert.notEqual(second, first);
    assert.equal(second.snapshot.definitions["m:Elixir.Shop.Cache"]?.place?.line, 2);
  });
});
