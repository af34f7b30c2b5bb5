import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { buildCodeServer } from "./build-code-server.mjs";
import { type Editor, startEditor } from "./driver.ts";
import { hoverText, openFile, runCommand, screenshot, seeProblem, useTheme, webview } from "./workbench.ts";

describe("the packaged extension in a real VS Code", { timeout: 600_000 }, () => {
  let editor: Editor;
  before(
    async () => {
      buildCodeServer();
      editor = await startEditor("examples/elixir_shop");
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
        await screenshot(editor.page, `failed-${name.replaceAll(/\W+/g, "-")}`);
        throw error;
      }
    });
  }

  see("findings of files that nobody has opened stand in Problems", async () => {
    for (const rule of ["process-as-object", "singleton-bottleneck", "unsupervised-process", "call-cycle"])
      await seeProblem(editor.page, rule);
    await screenshot(editor.page, "problems-dark");
  });

  see("a code lens says who supervises a process and who calls it", async () => {
    await runCommand(editor.page, "View: Hide Panel");
    await openFile(editor.page, "lib/elixir_shop/price_cache.ex");
    const lens = editor.page.locator(".codelens-decoration", { hasText: "supervised by ElixirShop.Supervisor" });
    await lens.first().waitFor({ timeout: 30_000 });
    assert.match((await lens.first().textContent()) ?? "", /\bone\b.*callers?.*\bfindings?\b/);
  });

  see("a hover tells what kind of process it is, with reasons and costs", async () => {
    await openFile(editor.page, "lib/elixir_shop/price_cache.ex", 1, 25);
    const text = await hoverText(editor.page);
    assert.match(text, /GenServer/);
    assert.match(text, /supervised|Supervisor/);
    await screenshot(editor.page, "hover-dark");
    await editor.page.keyboard.press("Escape");
  });

  see("a hover on a plain function tells where it runs", async () => {
    await openFile(editor.page, "lib/elixir_shop/checkout.ex", 7, 8);
    assert.match(await hoverText(editor.page), /runs in/i);
    await editor.page.keyboard.press("Escape");
  });

  see("the Explorer has the processes as a tree, which opens their source", async () => {
    await openFile(editor.page, "lib/elixir_shop/application.ex");
    await runCommand(editor.page, "Explorer: Focus on Processes View");
    const row = (text: string) => editor.page.locator(".pane-body .monaco-list-row", { hasText: text });
    await row("ElixirShop.Supervisor").or(row("Supervisor")).first().waitFor({ timeout: 30_000 });
    const cache = row("PriceCache").first();
    await cache.waitFor({ timeout: 30_000 });
    assert.match((await cache.getAttribute("aria-label")) ?? "", /ElixirShop\.PriceCache, GenServer.*finding/);
    await cache.click();
    await editor.page.locator('.tab[data-resource-name="price_cache.ex"]').waitFor({ timeout: 20_000 });
    await screenshot(editor.page, "process-tree-dark");
  });

  see("the tree shows what has findings alone, and all again", async () => {
    const rows = editor.page.locator(".pane-body .monaco-list-row", { hasText: "CartRegistry" });
    await rows.first().waitFor();
    await runCommand(editor.page, "Process Topology: Show Only Processes with Findings");
    await rows.first().waitFor({ state: "detached" });
    await runCommand(editor.page, "Process Topology: Show All Processes");
    await rows.first().waitFor();
  });

  see("the process that runs the code at the cursor is revealed in the tree", async () => {
    await openFile(editor.page, "lib/elixir_shop/payment_gateway.ex", 12, 3);
    await runCommand(editor.page, "Process Topology: Reveal in Process Tree");
    await editor.page.locator(".pane-body .monaco-list-row.selected", { hasText: "PaymentGateway" }).waitFor({ timeout: 20_000 });
  });

  see("the panel draws the supervision tree beside the code", async () => {
    await openFile(editor.page, "lib/elixir_shop/application.ex");
    await runCommand(editor.page, "Process Topology: Show Supervision Tree");
    const nodes = webview(editor.page).locator("g.node[data-key]");
    await nodes.filter({ hasText: "PriceCache" }).first().waitFor({ timeout: 60_000 });
    assert.ok((await nodes.count()) >= 12, `${await nodes.count()} nodes`);
    assert.ok((await webview(editor.page).locator("g.node.found").count()) >= 4, "findings are marked");
    await screenshot(editor.page, "panel-dark");
  });

  see("the panel follows edits", async () => {
    const file = join(editor.folder, "lib/elixir_shop/application.ex");
    const text = readFileSync(file, "utf8");
    const late = webview(editor.page).locator("g.node[data-key]", { hasText: "LateTasks" });
    assert.equal(await late.count(), 0);
    writeFileSync(
      file,
      text.replace("ElixirShop.TaxCalculator,", "ElixirShop.TaxCalculator,\n        {Task.Supervisor, name: ElixirShop.LateTasks},"),
    );
    await late.first().waitFor({ timeout: 30_000 });
    writeFileSync(file, text);
    await late.first().waitFor({ state: "detached", timeout: 30_000 });
  });

  see("a double click on a node opens its source", async () => {
    await webview(editor.page).locator("g.node[data-key]", { hasText: "PaymentGateway" }).first().dblclick();
    await editor.page.locator('.tab.active[data-resource-name="payment_gateway.ex"]').waitFor({ timeout: 20_000 });
  });

  for (const [theme, name] of [
    ["Light Modern", "light"],
    ["Dark High Contrast", "high-contrast"],
  ] as const) {
    see(`the panel takes up the theme ${theme}`, async () => {
      await useTheme(editor.page, theme);
      await webview(editor.page).locator(`body.vscode-${name}`).waitFor({ timeout: 20_000 });
      await editor.page.waitForTimeout(500);
      await screenshot(editor.page, `panel-${name}`);
    });
  }

  see("the server can be restarted", async () => {
    await runCommand(editor.page, "Process Topology: Restart Language Server");
    await seeProblem(editor.page, "singleton-bottleneck");
  });

  see("nothing went wrong on the way", async () => {
    assert.equal(await editor.page.locator(".notification-list-item .codicon-error").count(), 0);
  });
});
