/** Pictures of each view in each theme, from the packaged extension in a real VS Code. No test: see test/support/screenshots.mjs. */
import { cpSync, mkdirSync } from "node:fs";
import { inRepository } from "../support/paths.ts";
import { buildCodeServer } from "./build-code-server.mjs";
import { startEditor } from "./driver.ts";
import { openFile, runCommand, screenshot, seeProblem, useTheme, webview } from "./workbench.ts";

const themes = [
  ["dark", "Dark Modern"],
  ["light", "Light Modern"],
  ["hc-dark", "Dark High Contrast"],
  ["hc-light", "Light High Contrast"],
] as const;

/** What README shows. */
const shown = ["panel-supervision-dark", "panel-messages-light", "source-dark"];

buildCodeServer();
const editor = await startEditor("examples/elixir_shop");
const { page } = editor;
try {
  await page.setViewportSize({ width: 1440, height: 900 });
  await seeProblem(page, "singleton-bottleneck");
  await runCommand(page, "View: Hide Panel");
  await openFile(page, "lib/elixir_shop/price_cache.ex", 36, 19);
  await runCommand(page, "Explorer: Focus on Processes View");
  for (const [name, title] of themes) {
    await useTheme(page, title);
    await openFile(page, "lib/elixir_shop/price_cache.ex", 36, 19);
    await page.locator(".view-line", { hasText: "runs in: PriceCache" }).first().waitFor({ timeout: 60_000 });
    await page.waitForTimeout(1_000);
    await screenshot(page, `source-${name}`);
  }
  await runCommand(page, "Process Topology: Show Supervision Tree");
  const panel = webview(page);
  await panel.locator("g.node", { hasText: "PriceCache" }).first().waitFor({ timeout: 60_000 });
  await runCommand(page, "View: Toggle Primary Side Bar Visibility");
  await runCommand(page, "View: Toggle Maximize Editor Group");
  for (const [name, title] of themes) {
    await useTheme(page, title);
    for (const [tab, view, select] of [
      ["Supervision", "supervision", "PriceCache"],
      ["Messages", "messages", "Router"],
      ["Sequence", "sequence", null],
      ["Around", "around", null],
    ] as const) {
      await panel.getByRole("tab", { name: tab }).click();
      await page.waitForTimeout(2_500);
      if (select !== null) await panel.locator("g.node", { hasText: select }).first().click();
      await page.waitForTimeout(500);
      await screenshot(page, `panel-${view}-${name}`);
    }
  }
  mkdirSync(inRepository("docs", "images"), { recursive: true });
  for (const name of shown) cpSync(inRepository("out", "screenshots", `${name}.png`), inRepository("docs", "images", `${name}.png`));
} finally {
  await editor.stop();
}
