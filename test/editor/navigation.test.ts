import assert from "node:assert/strict";
import { describeEditor } from "./describe-editor.ts";
import { startEditor } from "./driver.ts";
import { focusEditor, openFile, runCommand, screenshot, seeCursor, seeNoProblem, seeProblem } from "./workbench.ts";

describeEditor(
  "navigation across messages in a real VS Code",
  () => startEditor("examples/elixir_shop"),
  (see) => {
    see("hints beside heads say which process runs them, a lens counts the senders", async ({ page }) => {
      await openFile(page, "lib/elixir_shop/price_cache.ex");
      const line = (text: string) => page.locator(".view-line", { hasText: text });
      await line("handle_call({:get, sku}").filter({ hasText: "runs in: PriceCache" }).waitFor({ timeout: 60_000 });
      await line("def get(sku)").filter({ hasText: "runs in: caller" }).waitFor();
      await page.locator(".codelens-decoration", { hasText: "senders" }).first().waitFor();
      await screenshot(page, "execution-context-dark");
    });

    see("a click on that lens shows the calls", async ({ page }) => {
      await page.locator(".codelens-decoration a", { hasText: "senders" }).first().click();
      const peek = page.locator(".peekview-widget");
      await peek.locator(".monaco-list-row", { hasText: "PriceCache.get(sku)" }).first().waitFor({ timeout: 20_000 });
      await screenshot(page, "senders-dark");
      await page.keyboard.press("Escape");
    });

    see("Go to Definition leads from a message to the clause that takes it, and from a client's call", async ({ page }) => {
      await openFile(page, "lib/elixir_shop/price_cache.ex", 21, 33);
      await runCommand(page, "Go to Definition");
      await seeCursor(page, 40, 19);
      await openFile(page, "lib/elixir_shop/checkout.ex", 26, 22);
      await runCommand(page, "Go to Definition");
      await page.locator('.tab.active[data-resource-name="price_cache.ex"]').waitFor({ timeout: 20_000 });
      await seeCursor(page, 36, 19);
    });

    see("the call hierarchy of a handler clause begins with its senders, marked as calls", async ({ page }) => {
      await openFile(page, "lib/elixir_shop/price_cache.ex", 36, 21);
      await focusEditor(page);
      await runCommand(page, "Peek Call Hierarchy");
      const peek = page.locator(".peekview-widget.call-hierarchy, .call-hierarchy").first();
      await peek
        .locator(".monaco-list-row", { hasText: "get/1" })
        .filter({ hasText: "call · ElixirShop.PriceCache" })
        .waitFor({ timeout: 20_000 });
      await screenshot(page, "call-hierarchy-dark");
      await page.keyboard.press("Escape");
    });

    see("Go to Implementations leads from a process module to its child specification", async ({ page }) => {
      await openFile(page, "lib/elixir_shop/price_cache.ex", 1, 25);
      await focusEditor(page);
      await runCommand(page, "Go to Implementations");
      await page.locator('.tab.active[data-resource-name="application.ex"]').waitFor({ timeout: 20_000 });
      assert.equal(await page.locator(".notification-list-item .codicon-error").count(), 0);
    });

    see("Go to References leads from a handler clause to what sends its message", async ({ page }) => {
      await openFile(page, "lib/elixir_shop/price_cache.ex", 36, 21);
      await focusEditor(page);
      await runCommand(page, "Peek References");
      const peek = page.locator(".peekview-widget");
      await peek.locator(".monaco-list-row", { hasText: "GenServer.call(__MODULE__, {:get, sku})" }).waitFor({ timeout: 20_000 });
      await peek.locator(".monaco-list-row", { hasText: "checkout.ex" }).waitFor();
      await page.keyboard.press("Escape");
    });

    see("the menu of quick fixes turns a process without a state into a plain module, and its finding is gone", async ({ page }) => {
      await seeProblem(page, "TaxCalculator");
      await openFile(page, "lib/elixir_shop/tax_calculator.ex", 1, 25);
      await focusEditor(page);
      await page.keyboard.press("Control+.");
      const menu = page.locator(".action-widget");
      const fix = menu.locator(".monaco-list-row", { hasText: "Make ElixirShop.TaxCalculator a plain module" });
      await fix.waitFor({ timeout: 20_000 });
      await screenshot(page, "quick-fix-menu");
      await fix.click();
      await page.locator(".view-line", { hasText: "use GenServer" }).waitFor({ state: "detached", timeout: 20_000 });
      await seeNoProblem(page, "TaxCalculator");
      // Both files were changed: the child specification is gone as well.
      await openFile(page, "lib/elixir_shop/application.ex");
      assert.equal(await page.locator(".view-line", { hasText: "TaxCalculator" }).count(), 0);
      await screenshot(page, "quick-fix-applied");
    });
  },
);
