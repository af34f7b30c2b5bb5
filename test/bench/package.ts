/**
 * What the extension weighs, and how long it keeps an editor waiting:  node test/support/bench.mjs package
 *
 * The package's size is that of the `.vsix`. The activation is what VS Code itself tells in *Developer: Show Running Extensions*: loading the code
 * and calling `activate`, before the server answers, in a window that was just opened on the bundled example, while the editor and its other
 * extensions start too: what else the machine does counts, so run it alone. Prints both beside what they may be at most; asserts nothing.
 */
import { statSync } from "node:fs";
import type { Page } from "playwright-core";
import { startEditor } from "../editor/driver.ts";
import { runCommand } from "../editor/workbench.ts";
import { packExtension, packedExtension } from "../support/pack-extension.mjs";
import { inRepository, root } from "../support/paths.ts";
import { percentile } from "./edited-folder.ts";

const windows = 9;

async function main(): Promise<void> {
  packExtension(root);
  const megabytes = statSync(inRepository(packedExtension)).size / (1024 * 1024);
  const times = await activations();
  console.table([
    { what: "package, MB", measured: megabytes.toFixed(2), "at most": 4 },
    { what: "activation, ms, fastest", measured: Math.min(...times), "at most": "" },
    { what: "activation, ms, median", measured: percentile(times, 0.5), "at most": 100 },
    { what: "activation, ms, slowest", measured: Math.max(...times), "at most": "" },
  ]);
  console.log(`activation in ${windows} windows, ms: ${times.join(" ")}`);
}

/** The first window, in which the editor itself is cold, counts like the others. */
async function activations(): Promise<number[]> {
  const editor = await startEditor("examples/elixir_shop");
  const times: number[] = [];
  try {
    for (let i = 0; i < windows; i++) {
      if (i > 0) await editor.page.reload();
      times.push(await activation(editor.page));
    }
  } finally {
    await editor.stop();
  }
  return times;
}

/** Waits until the server has told something, so that what is read is a whole activation. */
async function activation(page: Page): Promise<number> {
  await page.locator('.statusbar-item[id*="process-topology"]', { hasText: /\d/ }).first().waitFor({ timeout: 120_000 });
  await runCommand(page, "Developer: Show Running Extensions");
  const row = page.locator(".runtime-extensions-editor .monaco-list-row", { hasText: "Process Topology" });
  const text = await row.locator(".activation-time", { hasText: /\d+ms/ }).textContent();
  return Number(/(\d+)ms/.exec(text ?? "")?.[1]);
}

await main();
