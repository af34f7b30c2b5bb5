/** Pictures of each view in each theme, from the packaged extension in a real VS Code. No test: see test/support/screenshots.mjs. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createVSIX } from "@vscode/vsce";
import type { FrameLocator, Page } from "playwright-core";
import { inRepository } from "../support/paths.ts";
import { buildCodeServer } from "./build-code-server.mjs";
import { startEditor } from "./driver.ts";
import { focusEditor, openFile, runCommand, screenshot, seeProblem, useTheme, webview } from "./workbench.ts";

const allThemes = [
  ["dark", "Dark Modern"],
  ["light", "Light Modern"],
  ["hc-dark", "Dark High Contrast"],
  ["hc-light", "Light High Contrast"],
] as const;

/** What README shows. */
const shown = ["panel-supervision-dark", "panel-messages-light", "panel-crash-dark", "panel-sequence-light", "hover-dark"];

/** Names of themes may be given as arguments. */
const wanted = process.argv.slice(2);
const themes = allThemes.filter(([name]) => wanted.length === 0 || wanted.includes(name));

/** The colors of Elixir, which other extensions bring: VS Code has none of its own. */
async function packGrammar(folder: string): Promise<string> {
  const manifest = {
    name: "elixir-colors",
    publisher: "process-topology",
    version: "1.0.0",
    engines: { vscode: "^1.91.0" },
    contributes: {
      languages: [{ id: "elixir", extensions: [".ex", ".exs"] }],
      grammars: [{ language: "elixir", scopeName: "source.elixir", path: "./elixir.tmLanguage.json" }],
    },
  };
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  writeFileSync(join(folder, "README.md"), "Colors for pictures.\n");
  cpSync(inRepository("test", "support", "grammars", "elixir-host.tmLanguage.json"), join(folder, "elixir.tmLanguage.json"));
  const packagePath = join(folder, "colors.vsix");
  await createVSIX({ cwd: folder, packagePath, allowMissingRepository: true, skipLicense: true, dependencies: false });
  return packagePath;
}

async function takeEditor(page: Page): Promise<void> {
  await seeProblem(page, "singleton-bottleneck");
  await runCommand(page, "View: Hide Panel");
  await openFile(page, "lib/elixir_shop/price_cache.ex", 36, 19);
  // The native tree has the room that the files leave.
  await runCommand(page, "Explorer: Focus on Processes View");
  await page.locator(".explorer-viewlet .pane-header", { hasText: "workspace" }).click();
  for (const [name, title] of themes) {
    await useTheme(page, title);
    await openFile(page, "lib/elixir_shop/price_cache.ex", 36, 19);
    await page.locator(".view-line", { hasText: "runs in: PriceCache" }).first().waitFor({ timeout: 60_000 });
    await page.waitForTimeout(1_000);
    await screenshot(page, `source-${name}`);
    await openFile(page, "lib/elixir_shop/price_cache.ex", 1, 22);
    await focusEditor(page);
    await runCommand(page, "Show or Focus Hover");
    await page.locator(".monaco-hover:not(.hidden) .hover-contents").first().waitFor({ timeout: 20_000 });
    await page.waitForTimeout(1_000);
    await screenshot(page, `hover-${name}`);
    await page.keyboard.press("Escape");
    await openFile(page, "lib/elixir_shop/fulfilment/shipping.ex", 1, 1);
    await seeProblem(page, "call-cycle");
    await page.waitForTimeout(500);
    await screenshot(page, `problems-${name}`);
    await runCommand(page, "View: Hide Panel");
  }
}

async function takeWalkthrough(page: Page): Promise<void> {
  await runCommand(page, "Welcome: Open Walkthrough...");
  await page.locator(".quick-input-widget .monaco-list-row", { hasText: "See the processes" }).first().click();
  const steps = page.locator(".getting-started-step");
  await steps.first().waitFor({ state: "attached", timeout: 30_000 });
  // Where no editor is open the welcome page comes instead, which offers it.
  const offered = page.locator(".getting-started-category", { hasText: "See the processes" }).first();
  await page.waitForTimeout(1_500);
  // Behind the walkthrough it stays, disabled.
  if ((await offered.isVisible()) && (await offered.isEnabled())) await offered.click();
  await steps.first().waitFor({ timeout: 30_000 });
  for (const [name, title] of themes) {
    await useTheme(page, title);
    for (let step = 0; step < (await steps.count()); step++) {
      // The one that is open cannot be clicked.
      if (await steps.nth(step).isEnabled()) await steps.nth(step).click();
      await page.waitForTimeout(700);
      await screenshot(page, `walkthrough-${step + 1}-${name}`);
    }
  }
}

async function takePanel(page: Page): Promise<void> {
  await openFile(page, "lib/elixir_shop/price_cache.ex", 36, 19);
  await runCommand(page, "Process Topology: Show Supervision Tree");
  const panel = webview(page);
  await panel.locator("g.node", { hasText: "PriceCache" }).first().waitFor({ timeout: 60_000 });
  await runCommand(page, "View: Toggle Primary Side Bar Visibility");
  await runCommand(page, "View: Toggle Maximize Editor Group");
  for (const [name, title] of themes) {
    await useTheme(page, title);
    for (const [tab, view, select] of [
      ["Supervision", "supervision", "Fulfilment.Inventory"],
      ["Around", "around", null],
      ["Messages", "messages", "Router"],
      ["Sequence", "sequence", null],
    ] as const) {
      await panel.getByRole("tab", { name: tab }).click();
      await page.waitForTimeout(2_500);
      if (select !== null) await panel.locator("g.node", { hasText: select }).first().click();
      if (view === "sequence") await chooseSequence(panel, "checkout");
      await page.waitForTimeout(700);
      await screenshot(page, `panel-${view}-${name}`);
    }
    await panel.getByRole("tab", { name: "Supervision" }).click();
    await page.waitForTimeout(2_500);
    await panel.locator("g.node", { hasText: "Fulfilment.Inventory" }).first().click();
    await panel.getByRole("button", { name: "What if this crashes?" }).click();
    await panel.locator("g.fate-crashes").waitFor({ timeout: 20_000 });
    for (const step of [1, 2, 3, 4]) {
      await panel.getByRole("button", { name: "Next step" }).click();
      await page.waitForTimeout(2_000);
      await screenshot(page, step === 2 ? `panel-crash-${name}` : `panel-crash-step-${step}-${name}`);
    }
    await panel.locator("body").press("Escape");
    await page.waitForTimeout(700);
    await panel.getByRole("button", { name: "Filter", exact: true }).click();
    await panel.getByRole("menuitemcheckbox", { name: "Any finding" }).click();
    await page.waitForTimeout(2_000);
    await screenshot(page, `panel-filter-${name}`);
    await panel.locator("body").press("Escape");
    await panel.getByRole("button", { name: "Clear the filter" }).first().click();
  }
}

/** The function with that in its name; else the one that is shown stays. */
async function chooseSequence(panel: FrameLocator, name: string): Promise<void> {
  await panel.locator(".tool.start").click();
  await panel.locator(".start-popup input").fill(name);
  const found = panel.locator(".start-list [role=option]");
  if ((await found.count()) > 0) await found.first().click();
  else await panel.locator(".start-popup input").press("Escape");
  await panel.locator("svg.sequence").waitFor();
}

buildCodeServer();
const grammar = mkdtempSync(join(tmpdir(), "process-topology-colors-"));
const editor = await startEditor("examples/elixir_shop", { others: [await packGrammar(grammar)] });
try {
  await editor.page.setViewportSize({ width: 1440, height: 900 });
  await takeEditor(editor.page);
  await takePanel(editor.page);
  await runCommand(editor.page, "View: Close All Editors");
  await takeWalkthrough(editor.page);
  mkdirSync(inRepository("docs", "images"), { recursive: true });
  for (const name of shown.filter((picture) => themes.some(([theme]) => picture.endsWith(`-${theme}`))))
    cpSync(inRepository("out", "screenshots", `${name}.png`), inRepository("docs", "images", `${name}.png`));
} catch (error) {
  await screenshot(editor.page, "failed");
  throw error;
} finally {
  await editor.stop();
  rmSync(grammar, { recursive: true, force: true });
}
