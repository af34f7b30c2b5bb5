/**
 * What the extension weighs, and how long it keeps an editor waiting:  node test/support/bench.mjs package
 *
 * The package's size is that of the `.vsix`. The activation is what VS Code itself tells in *Developer: Show Running Extensions*: loading the code
 * and calling `activate`, before the server answers, in a window that was just opened on the bundled example, while the editor and its other
 * extensions start too: what else the machine does counts, so run it alone, and read it against the yardstick, what VS Code's own extensions
 * took in the same windows. Then how long after a click on the status item the panel shows its first drawing, webview included: in a window that
 * has not shown it before, and again after it was closed. Prints all beside what they may be at most; asserts nothing.
 */
import { statSync } from "node:fs";
import type { Page } from "playwright-core";
import { startEditor } from "../editor/driver.ts";
import { runCommand, screenshot, webview } from "../editor/workbench.ts";
import { packExtension, packedExtension } from "../support/pack-extension.mjs";
import { inRepository, root } from "../support/paths.ts";
import { percentile } from "./edited-folder.ts";

const windows = 9;

const ours = "Process Topology";

async function main(): Promise<void> {
  packExtension(root);
  const megabytes = statSync(inRepository(packedExtension)).size / (1024 * 1024);
  const { activations: seen, drawings } = await measureWindows();
  // In a window that was still starting the list may not tell it.
  const times = seen.flatMap((window) => window.get(ours) ?? []);
  const others = seen.flatMap((window) => [...window].filter(([name]) => name !== ours).map(([, time]) => time));
  console.table([
    { what: "package, MB", measured: megabytes.toFixed(2), "at most": 4 },
    { what: "activation, ms, fastest", measured: Math.min(...times), "at most": "" },
    { what: "activation, ms, median", measured: percentile(times, 0.5), "at most": 100 },
    { what: "activation, ms, slowest", measured: Math.max(...times), "at most": "" },
    { what: "VS Code's own extensions, ms, median", measured: percentile(others, 0.5), "at most": "" },
    { what: "VS Code's own extensions, ms, slowest", measured: Math.max(...others), "at most": "" },
    { what: "first drawing after a click, ms, median", measured: percentile(drawings.first, 0.5), "at most": 1500 },
    { what: "the same, panel opened again, ms, median", measured: percentile(drawings.again, 0.5), "at most": 1500 },
  ]);
  console.log(`first drawing, ms: ${drawings.first.join(" ")}; again: ${drawings.again.join(" ")}`);
  console.log(`activation in ${times.length} of ${windows} windows, ms: ${times.join(" ")}`);
}

interface Windows {
  readonly activations: Map<string, number>[];
  readonly drawings: { readonly first: number[]; readonly again: number[] };
}

/** The first window, in which the editor itself is cold, counts like the others. */
async function measureWindows(): Promise<Windows> {
  const editor = await startEditor("examples/elixir_shop");
  const seen: Windows = { activations: [], drawings: { first: [], again: [] } };
  try {
    for (let i = 0; i < windows; i++) {
      if (i > 0) await editor.page.reload();
      seen.activations.push(await activationTimes(editor.page));
      for (const times of [seen.drawings.first, seen.drawings.again]) {
        times.push(await firstDrawing(editor.page));
        await runCommand(editor.page, "View: Close All Editors in Group");
      }
    }
  } catch (error) {
    await screenshot(editor.page, "failed-bench-package");
    throw error;
  } finally {
    await editor.stop();
  }
  return seen;
}

/** Milliseconds from the click on the status item to the first process that is drawn. */
async function firstDrawing(page: Page): Promise<number> {
  const item = page.locator('.statusbar-item[id*="process-topology"]').first();
  // What was shown before lies over the window.
  for (const block = page.locator(".monaco-modal-editor-block"); (await block.count()) > 0; await page.waitForTimeout(200))
    await page.keyboard.press("Escape");
  const start = performance.now();
  await item.click();
  await webview(page).locator("g.node").first().waitFor({ timeout: 60_000 });
  return Math.round(performance.now() - start);
}

/** By the extension's name. Waits until the server has told something, so that what is read is a whole activation. */
async function activationTimes(page: Page): Promise<Map<string, number>> {
  await page.locator('.statusbar-item[id*="process-topology"]', { hasText: /\d/ }).first().waitFor({ timeout: 120_000 });
  const rows = page
    .locator(".runtime-extensions-editor .monaco-list-row")
    .filter({ has: page.locator(".activation-time", { hasText: /\d+ms/ }) });
  // The list is of the moment when it was opened, and may say of an extension that it is being activated.
  for (let tries = 0; tries < 10 && (await rows.filter({ hasText: ours }).count()) === 0; tries++) {
    await page.keyboard.press("Escape");
    await runCommand(page, "Developer: Show Running Extensions");
    await page.waitForTimeout(1_000);
  }
  const texts = await rows.evaluateAll((all) =>
    all.map((row) => [row.querySelector(".name")?.textContent ?? "", row.querySelector(".activation-time")?.textContent ?? ""] as const),
  );
  return new Map(texts.map(([name, time]) => [name, Number(/(\d+)ms/.exec(time)?.[1])]));
}

await main();
