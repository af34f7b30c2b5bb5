/** The page with the keyboard alone, from the first Tab to the last. The pointer is never used. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launchPanelBrowser, type PanelBrowser, type PanelPage } from "./open-panel.ts";
import { shop, snapshotOf } from "./samples.ts";

let browser: PanelBrowser;
before(async () => {
  browser = await launchPanelBrowser();
});
after(() => browser.close());

/** What has the focus: its role or tag, and its name; whether its focus can be seen. */
const focused = ({ page }: PanelPage) =>
  page.evaluate(() => {
    const element = document.activeElement ?? document.body;
    const name = element.getAttribute("aria-label") ?? element.getAttribute("title") ?? element.textContent ?? "";
    const { outlineStyle, boxShadow } = getComputedStyle(element);
    const parts = [...element.querySelectorAll("rect.label-container, rect.basic")].map((part) => getComputedStyle(part).strokeWidth);
    return {
      words: `${element.getAttribute("role") ?? element.tagName.toLowerCase()} ${name.slice(0, 40)}`,
      seen:
        outlineStyle !== "none" ||
        boxShadow !== "none" ||
        parts.some((width) => Number.parseFloat(width) >= 2) ||
        element.matches(".search input"),
    };
  });

async function walk(panel: PanelPage, keys: readonly string[]): Promise<string[]> {
  const names: string[] = [];
  for (const key of keys) {
    await panel.page.keyboard.press(key);
    const { words, seen } = await focused(panel);
    assert.ok(seen, `the focus on ${words} can be seen`);
    names.push(words);
  }
  return names;
}

test("Tab goes through the bar, the drawing as one stop, its controls, the details and the status, and each focus is seen", async () => {
  const panel = await browser.open();
  try {
    await panel.draw(snapshotOf(shop()));
    const stops = await walk(
      panel,
      Array.from({ length: 13 }, () => "Tab"),
    );
    assert.deepEqual(stops.slice(0, 6), [
      "tab Supervision (1)",
      "button Filter",
      "input Find a process",
      "button Close all subtrees",
      "button Open as many as there is room for",
      "button Export",
    ]);
    assert.match(stops[6] ?? "", /^treeitem shop, application/);
    assert.deepEqual(stops.slice(7, 11), [
      "button Zoom out",
      "button Zoom in",
      "button Fit to the window",
      "button Follow the editor's cursor",
    ]);
    assert.match(stops[11] ?? "", /^button Shop\.Orders\.Dispatcher/, "the process of the gravest finding");
    const back = await walk(
      panel,
      Array.from({ length: 6 }, () => "Shift+Tab"),
    );
    assert.match(back.at(-1) ?? "", /^treeitem shop/);
    assert.deepEqual(panel.troubles, []);
  } finally {
    await panel.page.close();
  }
});

test("everything is done without a pointer: view, node, source, filter, search, export", async () => {
  const panel = await browser.open();
  try {
    const { page } = panel;
    const press = async (...keys: string[]) => {
      for (const key of keys) await page.keyboard.press(key);
    };
    const selected = () => page.evaluate(() => document.querySelector("g.node.selected .t")?.textContent ?? null);
    await panel.draw(snapshotOf(shop()));
    // The tabs, with the arrows, and back.
    await press("Tab", "ArrowRight");
    await page.locator("svg.messages").waitFor();
    await press("ArrowLeft");
    await page.locator("svg.topology:not(.messages)").waitFor();
    // A node, its source, and nothing selected again.
    for (let i = 0; i < 6; i++) await press("Tab");
    await press("ArrowRight", "ArrowRight", "ArrowDown");
    assert.equal(await selected(), "Registry");
    await press("Enter");
    assert.deepEqual((await panel.sent()).at(-1), { type: "open", place: { file: "lib/shop/registry.ex", line: 13, column: 3 } });
    await press("Escape");
    assert.equal(await selected(), null);
    // The filter, and back to everything.
    await press("f", "Space");
    await page.waitForFunction(() => document.querySelectorAll("g.node").length === 7);
    await press("Escape", "Tab", "Enter");
    await page.waitForFunction(() => document.querySelectorAll("g.node").length > 7);
    // The search, with a hit, from inside of the field.
    await press("/");
    await page.keyboard.type("Vault");
    await press("Enter");
    assert.equal(await selected(), "Vault");
    await press("Escape");
    // The export menu.
    await press("Tab", "Tab", "Tab", "Enter", "ArrowDown", "ArrowDown", "Enter");
    await page.waitForFunction(() =>
      (globalThis as unknown as { panelSent: { type: string }[] }).panelSent.some(({ type }) => type === "save"),
    );
    const saved = (await panel.sent()).find(({ type }) => type === "save");
    assert.equal(saved?.type === "save" && saved.format, "mermaid");
    assert.deepEqual((await focused(panel)).words, "button Export");
    assert.deepEqual(panel.troubles, []);
  } finally {
    await panel.page.close();
  }
});
