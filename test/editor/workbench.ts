/** What a person does in the workbench, and waits for. */
import { mkdirSync } from "node:fs";
import type { FrameLocator, Locator, Page } from "playwright-core";
import { inRepository } from "../support/paths.ts";

/** Opens a file of the folder by its path, with the cursor at a place (from 1). */
export async function openFile(page: Page, path: string, line = 1, column = 1): Promise<void> {
  await choose(page, () => page.keyboard.press("Control+P"), `${path}:${line}:${column}`);
  const name = path.split("/").at(-1) ?? path;
  await page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor({ timeout: 20_000 });
  await page.locator(".part.editor .view-lines").first().waitFor();
  await seeCursor(page, line, column);
}

/** Waits until the cursor is at a place (from 1). */
export async function seeCursor(page: Page, line: number, column: number): Promise<void> {
  await page.locator("#status\\.editor\\.selection", { hasText: `Ln ${line}, Col ${column}` }).waitFor({ timeout: 30_000 });
}

/** Moves the keyboard into the first editor. */
export async function focusEditor(page: Page): Promise<void> {
  await page.locator(".part.editor .monaco-editor textarea, .part.editor .monaco-editor .native-edit-context").first().focus();
}

/** Runs a command by its full title. */
export async function runCommand(page: Page, title: string): Promise<void> {
  await choose(page, () => page.keyboard.press("F1"), `>${title}`, title);
}

/** `label`: as the list of themes shows it. */
export async function useTheme(page: Page, label: string): Promise<void> {
  await choose(page, () => runCommand(page, "Preferences: Color Theme"), label, label);
}

/**
 * Opens the picker, types, and takes the entry with that label, or the first one. The picker closes by itself when something that is being
 * opened takes the focus: then it is opened again.
 */
async function choose(page: Page, open: () => Promise<void>, text: string, label?: string): Promise<void> {
  const picker = page.locator(".quick-input-widget");
  const rows = picker.locator(".monaco-list-row");
  for (const timeout of [5_000, 10_000, 20_000]) {
    await open();
    try {
      await picker.locator("input.input").fill(text, { timeout });
      // The list is filled again after a moment: the first row of an earlier text must not be taken.
      await page.waitForTimeout(400);
      await (label === undefined ? rows : rows.filter({ hasText: label })).first().click({ timeout });
      await page.waitForTimeout(300);
      return;
    } catch (error) {
      if (timeout === 20_000) throw error;
      await page.keyboard.press("Escape");
    }
  }
}

/** Waits until the Problems view, which it opens, has an entry with a text. */
export async function seeProblem(page: Page, text: string): Promise<void> {
  await filterProblems(page, text, "visible");
}

/** Waits until it has none. */
export async function seeNoProblem(page: Page, text: string): Promise<void> {
  await filterProblems(page, text, "detached");
}

/** The view draws only the rows that have room: it is filtered. */
async function filterProblems(page: Page, text: string, state: "visible" | "detached"): Promise<void> {
  const filter = page.locator(".viewpane-filter input").first();
  const row = page.locator(".markers-panel .monaco-list-row", { hasText: text }).first();
  const until = Date.now() + 60_000;
  do {
    // A view that is laid out anew forgets what was typed, and one that was opened while the window was still starting may have been closed again.
    if (!(await filter.isVisible())) await runCommand(page, "Problems: Focus on Problems View");
    await filter.fill(text);
  } while (!(await reaches(row, state, 5_000)) && Date.now() < until);
  await row.waitFor({ state, timeout: 1_000 });
  await filter.fill("");
}

function reaches(locator: Locator, state: "visible" | "detached", timeout: number): Promise<boolean> {
  return locator.waitFor({ state, timeout }).then(
    () => true,
    () => false,
  );
}

/** The text of the hover at the cursor. */
export async function hoverText(page: Page): Promise<string> {
  await focusEditor(page);
  await runCommand(page, "Show or Focus Hover");
  const hover = page.locator(".monaco-hover:not(.hidden) .hover-contents");
  await hover.first().waitFor({ timeout: 20_000 });
  await page.waitForTimeout(500);
  return (await hover.allInnerTexts()).join("\n");
}

/** The document inside the webview that is shown: VS Code wraps it into two frames. */
export function webview(page: Page): FrameLocator {
  return page.frameLocator("iframe.webview.ready").last().frameLocator("iframe#active-frame");
}

/** Into out/screenshots/, for people to look at. */
export async function screenshot(page: Page, name: string): Promise<void> {
  const folder = inRepository("out", "screenshots");
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: `${folder}/${name}.png` });
}
