/** The packaged extension in a browser alone: client and server are web workers, and the workspace lies on no disk. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { describeEditor } from "./describe-editor.ts";
import { startEditor } from "./driver.ts";
import { startEditorWithoutServer } from "./without-server.ts";
import { hoverText, openFile, runCommand, screenshot, seeProblem, webview } from "./workbench.ts";

describeEditor(
  "the packaged extension in a browser, without a machine behind it",
  () => startEditorWithoutServer("examples/elixir_shop"),
  (see) => {
    see("findings of files that nobody has opened stand in Problems", async ({ page }) => {
      for (const rule of ["process-as-object", "singleton-bottleneck", "unsupervised-process", "call-cycle"]) await seeProblem(page, rule);
      await screenshot(page, "browser-problems");
    });

    see("a hover tells what kind of process it is", async ({ page }) => {
      await openFile(page, "lib/elixir_shop/price_cache.ex", 1, 25);
      const text = await hoverText(page);
      assert.match(text, /GenServer/);
      assert.match(text, /supervised|Supervisor/);
      await page.keyboard.press("Escape");
    });

    see("the panel draws the supervision tree", async ({ page }) => {
      await openFile(page, "lib/elixir_shop/application.ex");
      await runCommand(page, "Process Topology: Show Supervision Tree");
      const nodes = webview(page).locator("g.node[data-key]");
      await nodes.filter({ hasText: "PriceCache" }).first().waitFor({ timeout: 60_000 });
      assert.ok((await nodes.count()) >= 12, `${await nodes.count()} nodes`);
      await screenshot(page, "browser-panel");
    });

    see("what is typed is followed at once, before it is saved", async ({ page }) => {
      const late = webview(page).locator("g.node[data-key]", { hasText: "LateTasks" });
      assert.equal(await late.count(), 0);
      await page.locator('.tab[data-resource-name="application.ex"]').first().click();
      const line = page.locator(".part.editor .view-line", { hasText: "ElixirShop.TaxCalculator," }).first();
      await line.click();
      await page.keyboard.press("End");
      await page.keyboard.type(" {Task.Supervisor, name: ElixirShop.LateTasks},");
      await late.first().waitFor({ timeout: 30_000 });
      await page.keyboard.press("Control+Z");
    });

    see("the browser's worker runs it", async ({ page }) => {
      await seeInWorker(page);
    });
  },
);

const settings = { "remote.extensionKind": { "process-topology.process-topology": ["ui"] } };

describeEditor(
  "the packaged extension on a machine, told to run in the browser",
  () => startEditor("examples/elixir_shop", { settings }),
  (see) => {
    see("loads its server from the machine, and reads the machine's files", async ({ page }) => {
      await seeProblem(page, "singleton-bottleneck");
      await seeInWorker(page);
    });
  },
);

/** The list has only the rows that there is room for. */
async function seeInWorker(page: Page): Promise<void> {
  await runCommand(page, "Developer: Show Running Extensions");
  const list = page.locator(".runtime-extensions-editor");
  const row = list.locator(".monaco-list-row", { hasText: "Process Topology" });
  await list.locator(".monaco-list-row").first().waitFor({ timeout: 20_000 });
  await list.hover();
  for (let turns = 0; turns < 20 && (await row.count()) === 0; turns++) {
    await page.mouse.wheel(0, 300);
    await page.waitForTimeout(200);
  }
  await row.waitFor({ timeout: 20_000 });
  assert.match((await row.textContent()) ?? "", /web worker/);
  await screenshot(page, "browser-running-extensions");
}
