/** The packaged extension in a browser alone: client and server are web workers, and the workspace lies on no disk. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { buildCodeServer } from "./build-code-server.mjs";
import type { Editor } from "./driver.ts";
import { startEditorWithoutServer } from "./without-server.ts";
import { hoverText, openFile, runCommand, screenshot, seeProblem, webview } from "./workbench.ts";

describe("the packaged extension in a browser, without a machine behind it", { timeout: 600_000 }, () => {
  let editor: Editor;
  before(
    async () => {
      buildCodeServer();
      editor = await startEditorWithoutServer("examples/elixir_shop");
    },
    { timeout: 900_000 },
  );
  after(() => editor?.stop());

  /** Fails with a picture of what there was. */
  function see(name: string, body: () => Promise<void>): void {
    test(name, async () => {
      try {
        await body();
      } catch (error) {
        await screenshot(editor.page, `failed-browser-${name.replaceAll(/\W+/g, "-")}`);
        throw error;
      }
    });
  }

  see("findings of files that nobody has opened stand in Problems", async () => {
    for (const rule of ["process-as-object", "singleton-bottleneck", "unsupervised-process", "call-cycle"])
      await seeProblem(editor.page, rule);
    await screenshot(editor.page, "browser-problems");
    await runCommand(editor.page, "View: Hide Panel");
  });

  see("a hover tells what kind of process it is", async () => {
    await openFile(editor.page, "lib/elixir_shop/price_cache.ex", 1, 25);
    const text = await hoverText(editor.page);
    assert.match(text, /GenServer/);
    assert.match(text, /supervised|Supervisor/);
    await editor.page.keyboard.press("Escape");
  });

  see("the panel draws the supervision tree", async () => {
    await openFile(editor.page, "lib/elixir_shop/application.ex");
    await runCommand(editor.page, "Process Topology: Show Supervision Tree");
    const nodes = webview(editor.page).locator("g.node[data-key]");
    await nodes.filter({ hasText: "PriceCache" }).first().waitFor({ timeout: 60_000 });
    assert.ok((await nodes.count()) >= 12, `${await nodes.count()} nodes`);
    await screenshot(editor.page, "browser-panel");
  });

  see("what is typed is followed at once, before it is saved", async () => {
    const late = webview(editor.page).locator("g.node[data-key]", { hasText: "LateTasks" });
    assert.equal(await late.count(), 0);
    await editor.page.locator('.tab[data-resource-name="application.ex"]').first().click();
    const line = editor.page.locator(".part.editor .view-line", { hasText: "ElixirShop.TaxCalculator," }).first();
    await line.click();
    await editor.page.keyboard.press("End");
    await editor.page.keyboard.type(" {Task.Supervisor, name: ElixirShop.LateTasks},");
    await late.first().waitFor({ timeout: 30_000 });
    await editor.page.keyboard.press("Control+Z");
  });

  see("the browser's worker runs it", async () => {
    await runCommand(editor.page, "Developer: Show Running Extensions");
    const row = editor.page.locator(".runtime-extensions-editor .monaco-list-row", { hasText: "Process Topology" });
    await row.waitFor({ timeout: 20_000 });
    assert.match((await row.textContent()) ?? "", /web worker/);
    await screenshot(editor.page, "browser-running-extensions");
  });
});
