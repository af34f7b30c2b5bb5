import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describeEditor } from "./describe-editor.ts";
import { startEditor } from "./driver.ts";
import { hoverText, openFile, runCommand, screenshot, seeProblem, useTheme, webview } from "./workbench.ts";

describeEditor(
  "the packaged extension in a real VS Code",
  () => startEditor("examples/elixir_shop"),
  (see) => {
    see("findings of files that nobody has opened stand in Problems", async ({ page }) => {
      for (const rule of ["process-as-object", "singleton-bottleneck", "unsupervised-process", "call-cycle"]) await seeProblem(page, rule);
      await screenshot(page, "problems-dark");
    });

    see("a code lens says who supervises a process and who calls it", async ({ page }) => {
      await runCommand(page, "View: Hide Panel");
      await openFile(page, "lib/elixir_shop/price_cache.ex");
      const lens = page.locator(".codelens-decoration", { hasText: "supervised by ElixirShop.Supervisor" });
      await lens.first().waitFor({ timeout: 30_000 });
      assert.match((await lens.first().textContent()) ?? "", /\bone\b.*callers?.*\bfindings?\b/);
    });

    see("a hover tells what kind of process it is, with reasons and costs", async ({ page }) => {
      await openFile(page, "lib/elixir_shop/price_cache.ex", 1, 25);
      const text = await hoverText(page);
      assert.match(text, /GenServer/);
      assert.match(text, /supervised|Supervisor/);
      await screenshot(page, "hover-dark");
      await page.keyboard.press("Escape");
    });

    see("a hover on a plain function tells where it runs", async ({ page }) => {
      await openFile(page, "lib/elixir_shop/checkout.ex", 7, 8);
      assert.match(await hoverText(page), /runs in/i);
      await page.keyboard.press("Escape");
    });

    see("the Explorer has the processes as a tree, which opens their source", async ({ page }) => {
      await openFile(page, "lib/elixir_shop/application.ex");
      await runCommand(page, "Explorer: Focus on Processes View");
      const row = (text: string) => page.locator(".pane-body .monaco-list-row", { hasText: text });
      await row("ElixirShop.Supervisor").or(row("Supervisor")).first().waitFor({ timeout: 30_000 });
      const cache = row("PriceCache").first();
      await cache.waitFor({ timeout: 30_000 });
      assert.match((await cache.getAttribute("aria-label")) ?? "", /ElixirShop\.PriceCache, GenServer.*finding/);
      await cache.click();
      await page.locator('.tab[data-resource-name="price_cache.ex"]').waitFor({ timeout: 20_000 });
      await screenshot(page, "process-tree-dark");
    });

    see("the tree shows what has findings alone, and all again", async ({ page }) => {
      const rows = page.locator(".pane-body .monaco-list-row", { hasText: "CartRegistry" });
      await rows.first().waitFor();
      await runCommand(page, "Process Topology: Show Only Processes with Findings");
      await rows.first().waitFor({ state: "detached" });
      await runCommand(page, "Process Topology: Show All Processes");
      await rows.first().waitFor();
    });

    see("the process that runs the code at the cursor is revealed in the tree", async ({ page }) => {
      await openFile(page, "lib/elixir_shop/payment_gateway.ex", 12, 3);
      await runCommand(page, "Process Topology: Reveal in Process Tree");
      await page.locator(".pane-body .monaco-list-row.selected", { hasText: "PaymentGateway" }).waitFor({ timeout: 20_000 });
    });

    see("the panel draws the supervision tree beside the code", async ({ page }) => {
      await openFile(page, "lib/elixir_shop/application.ex");
      await runCommand(page, "Process Topology: Show Supervision Tree");
      const nodes = webview(page).locator("g.node[data-key]");
      await nodes.filter({ hasText: "PriceCache" }).first().waitFor({ timeout: 60_000 });
      assert.ok((await nodes.count()) >= 12, `${await nodes.count()} nodes`);
      assert.ok((await webview(page).locator("g.node.found").count()) >= 4, "findings are marked");
      await screenshot(page, "panel-dark");
    });

    see("the panel follows edits", async ({ page, folder }) => {
      const file = join(folder, "lib/elixir_shop/application.ex");
      const text = readFileSync(file, "utf8");
      const late = webview(page).locator("g.node[data-key]", { hasText: "LateTasks" });
      assert.equal(await late.count(), 0);
      writeFileSync(
        file,
        text.replace("ElixirShop.TaxCalculator,", "ElixirShop.TaxCalculator,\n        {Task.Supervisor, name: ElixirShop.LateTasks},"),
      );
      await late.first().waitFor({ timeout: 30_000 });
      writeFileSync(file, text);
      await late.first().waitFor({ state: "detached", timeout: 30_000 });
    });

    see("a double click on a node opens its source", async ({ page }) => {
      await webview(page).locator("g.node[data-key]", { hasText: "PaymentGateway" }).first().dblclick();
      await page.locator('.tab.active[data-resource-name="payment_gateway.ex"]').waitFor({ timeout: 20_000 });
    });

    for (const [theme, name] of [
      ["Light Modern", "light"],
      ["Dark High Contrast", "high-contrast"],
      ["Light High Contrast", "high-contrast-light"],
    ] as const) {
      see(`the panel takes up the theme ${theme}`, async ({ page }) => {
        await useTheme(page, theme);
        await webview(page).locator(`body.vscode-${name}`).waitFor({ timeout: 20_000 });
        await page.waitForTimeout(500);
        await screenshot(page, `panel-${name}`);
      });
    }

    see("the messages are drawn by their command", async ({ page }) => {
      await useTheme(page, "Dark Modern");
      await runCommand(page, "Process Topology: Show Messages");
      const panel = webview(page);
      // A straight line has no height, and counts as hidden.
      await panel.locator("svg.messages path.message.mode-call").first().waitFor({ state: "attached", timeout: 30_000 });
      await panel.locator("svg.messages g.node", { hasText: "PriceCache" }).waitFor();
      await screenshot(page, "panel-messages");
    });

    see("the function at the cursor is followed across processes by a command", async ({ page }) => {
      await openFile(page, "lib/elixir_shop/checkout.ex", 12, 10);
      await runCommand(page, "Process Topology: Show Sequence of This Function");
      const panel = webview(page);
      await panel.locator("svg.sequence .step-call").first().waitFor({ timeout: 30_000 });
      assert.match((await panel.locator("svg.sequence").textContent()) ?? "", /PaymentGateway/);
      await screenshot(page, "panel-sequence");
    });

    see("what is around the process at the cursor is drawn by a command", async ({ page }) => {
      await openFile(page, "lib/elixir_shop/price_cache.ex", 36, 10);
      await runCommand(page, "Process Topology: Show Around This Process");
      await webview(page).locator("svg .node.center", { hasText: "PriceCache" }).waitFor({ timeout: 30_000 });
      await screenshot(page, "panel-around");
    });

    see("nothing went wrong on the way", async ({ page }) => {
      assert.equal(await page.locator(".notification-list-item .codicon-error").count(), 0);
    });
  },
);
