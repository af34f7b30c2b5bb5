import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { buildCodeServer } from "./build-code-server.mjs";
import { type Editor, startEditor } from "./driver.ts";
import { openFile, runCommand, screenshot } from "./workbench.ts";

describe("navigation across messages in a real VS Code", { timeout: 600_000 }, () => {
  let editor: Editor;
  before(
    async () => {
      buildCodeServer();
      editor = await startEditor("examples/elixir_shop");
    },
    { timeout: 900_000 },
  );
  after(() => editor?.stop());

  const cursor = (text: string): Promise<void> =>
    editor.page.locator("#status\\.editor\\.selection", { hasText: text }).waitFor({ timeout: 20_000 });
  const focusEditor = (): Promise<void> =>
    editor.page.locator(".part.editor .monaco-editor textarea, .part.editor .monaco-editor .native-edit-context").first().focus();
  function see(name: string, body: () => Promise<void>): void {
    test(name, async () => {
      try {
        await body();
      } catch (error) {
        await screenshot(editor.page, `failed-${name.replaceAll(/\W+/g, "-")}`);
        throw error;
      }
    });
  }

  see("hints beside heads say which process runs them, a lens counts the senders", async () => {
    await openFile(editor.page, "lib/elixir_shop/price_cache.ex");
    const line = (text: string) => editor.page.locator(".view-line", { hasText: text });
    await line("handle_call({:get, sku}").filter({ hasText: "runs in: PriceCache" }).waitFor({ timeout: 60_000 });
    await line("def get(sku)").filter({ hasText: "runs in: caller" }).waitFor();
    await editor.page.locator(".codelens-decoration", { hasText: "senders" }).first().waitFor();
    await screenshot(editor.page, "execution-context-dark");
  });

  see("a click on that lens shows the calls", async () => {
    await editor.page.locator(".codelens-decoration a", { hasText: "senders" }).first().click();
    const peek = editor.page.locator(".peekview-widget");
    await peek.locator(".monaco-list-row", { hasText: "PriceCache.get(sku)" }).first().waitFor({ timeout: 20_000 });
    await screenshot(editor.page, "senders-dark");
    await editor.page.keyboard.press("Escape");
  });

  see("Go to Definition leads from a message to the clause that takes it, and from a client's call", async () => {
    await openFile(editor.page, "lib/elixir_shop/price_cache.ex", 21, 33);
    await runCommand(editor.page, "Go to Definition");
    await cursor("Ln 40, Col 19");
    await openFile(editor.page, "lib/elixir_shop/checkout.ex", 26, 22);
    await runCommand(editor.page, "Go to Definition");
    await editor.page.locator('.tab.active[data-resource-name="price_cache.ex"]').waitFor({ timeout: 20_000 });
    await cursor("Ln 36, Col 19");
  });

  see("the call hierarchy of a handler clause begins with its senders, marked as calls", async () => {
    await openFile(editor.page, "lib/elixir_shop/price_cache.ex", 36, 21);
    await focusEditor();
    await runCommand(editor.page, "Peek Call Hierarchy");
    const peek = editor.page.locator(".peekview-widget.call-hierarchy, .call-hierarchy").first();
    await peek
      .locator(".monaco-list-row", { hasText: "get/1" })
      .filter({ hasText: "call · ElixirShop.PriceCache" })
      .waitFor({ timeout: 20_000 });
    await screenshot(editor.page, "call-hierarchy-dark");
    await editor.page.keyboard.press("Escape");
  });

  see("Go to Implementations leads from a process module to its child specification", async () => {
    await openFile(editor.page, "lib/elixir_shop/price_cache.ex", 1, 25);
    await focusEditor();
    await runCommand(editor.page, "Go to Implementations");
    await editor.page.locator('.tab.active[data-resource-name="application.ex"]').waitFor({ timeout: 20_000 });
    assert.equal(await editor.page.locator(".notification-list-item .codicon-error").count(), 0);
  });
});
