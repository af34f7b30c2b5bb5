import assert from "node:assert/strict";
import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { writeGeneratedProject } from "../support/generated-project.ts";
import { inRepository } from "../support/paths.ts";
import { describeEditor } from "./describe-editor.ts";
import { seeWorkbench, startEditor } from "./driver.ts";
import { openFile, runCommand, screenshot, seeProblem, webview } from "./workbench.ts";

const workers = 300;
const status = (page: Page) => page.locator('.statusbar-item[id*="process-topology"]');
const treeRow = (page: Page, text: string) => page.locator(".pane-body .monaco-list-row", { hasText: text }).first();

describeEditor(
  "windows of a real VS Code",
  () => startEditor((folder) => writeGeneratedProject(folder, workers)),
  (see) => {
    see("a project of 300 processes is counted, and drawn folded", async ({ page }) => {
      // With the supervisors: one for ten workers, and the application's.
      await status(page)
        .filter({ hasText: String(workers + workers / 10 + 1) })
        .waitFor({ timeout: 60_000 });
      await runCommand(page, "Process Topology: Show Supervision Tree");
      const nodes = webview(page).locator("g.node[data-key]");
      await nodes.first().waitFor({ timeout: 60_000 });
      const count = await nodes.count();
      assert.ok(count > 10 && count < 200, `${count} nodes`);
      await screenshot(page, "panel-300");
    });

    see("a process in a folded part is found by its name", async ({ page }) => {
      await webview(page).locator(".search input").fill("Worker287");
      await page.keyboard.press("Enter");
      await webview(page).locator("g.node.selected", { hasText: "Worker287" }).waitFor({ timeout: 20_000 });
      await screenshot(page, "panel-300-found");
    });

    see("a window that is loaded again shows the panel as it was: its view, and what was selected", async ({ page }) => {
      await runCommand(page, "Process Topology: Show Messages");
      await webview(page).locator("svg.messages").waitFor({ timeout: 30_000 });
      // The editor's storage in a browser is written every five seconds.
      await page.waitForTimeout(12_000);
      await page.reload();
      await seeWorkbench(page);
      await webview(page).locator("svg.messages").waitFor({ timeout: 60_000 });
      await webview(page).locator(".details h2", { hasText: "Worker287" }).waitFor();
      await screenshot(page, "panel-reloaded");
    });

    see("a second window on another folder has its own processes", async ({ page, home, openWindow }) => {
      const shop = join(home, "shop");
      cpSync(inRepository("examples", "elixir_shop"), shop, { recursive: true });
      const other = await openWindow(shop);
      await seeProblem(other, "singleton-bottleneck");
      const counted = (await status(other).textContent()) ?? "";
      assert.ok(Number.parseInt(counted.trim(), 10) < 40, counted);
      await runCommand(other, "Process Topology: Show Supervision Tree");
      const nodes = webview(other).locator("g.node[data-key]");
      await nodes.filter({ hasText: "PriceCache" }).first().waitFor({ timeout: 60_000 });
      assert.equal(await nodes.filter({ hasText: "Area" }).count(), 0);
      assert.match((await status(page).textContent()) ?? "", /331/);
      await other.close();
    });

    see("a workspace of several folders has each in the tree, and the panel that of the file", async ({ home, folder, openWindow }) => {
      const workspace = join(home, "both.code-workspace");
      writeFileSync(workspace, JSON.stringify({ folders: [{ path: folder }, { path: join(home, "shop") }] }));
      const both = await openWindow(workspace);
      // The editor may read the workspace's file before it is connected to the machine; then the window is empty until it is loaded again.
      await both.waitForTimeout(3_000);
      for (let tries = 0; tries < 5 && (await both.getByText("You have not yet added a folder").isVisible()); tries++) {
        await both.reload();
        await seeWorkbench(both);
        await both.waitForTimeout(3_000);
      }
      await seeProblem(both, "singleton-bottleneck");
      await runCommand(both, "View: Hide Panel");
      await runCommand(both, "Explorer: Focus on Processes View");
      await treeRow(both, "workspace").waitFor({ timeout: 30_000 });
      await treeRow(both, "shop").waitFor();
      await openFile(both, "lib/elixir_shop/price_cache.ex");
      await runCommand(both, "Process Topology: Show Supervision Tree");
      await webview(both).locator("g.node[data-key]", { hasText: "PriceCache" }).first().waitFor({ timeout: 60_000 });
      await screenshot(both, "multi-root");
      await both.close();
    });
  },
);
