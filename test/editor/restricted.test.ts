import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { buildCodeServer } from "./build-code-server.mjs";
import { type Editor, startEditor } from "./driver.ts";
import { hoverText, openFile, screenshot, seeProblem } from "./workbench.ts";

describe("the packaged extension in a workspace that is not trusted", { timeout: 600_000 }, () => {
  let editor: Editor;
  before(
    async () => {
      buildCodeServer();
      const settings = { "security.workspace.trust.enabled": true, "security.workspace.trust.startupPrompt": "never" };
      editor = await startEditor("examples/elixir_shop", { settings });
    },
    { timeout: 900_000 },
  );
  after(() => editor?.stop());

  test("finds and tells what it does elsewhere: nothing of the workspace is run", async () => {
    await editor.page.locator(".statusbar-item", { hasText: "Restricted Mode" }).waitFor({ timeout: 60_000 });
    await seeProblem(editor.page, "process-as-object");
    await openFile(editor.page, "lib/elixir_shop/price_cache.ex", 1, 25);
    assert.match(await hoverText(editor.page), /GenServer/);
    await screenshot(editor.page, "restricted-mode");
  });
});
