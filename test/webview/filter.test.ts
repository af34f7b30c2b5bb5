/** The filter by finding, application and kind: its menu, what it leaves in each view, and that it survives a reload. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { panelVersion } from "../../server/src/protocol/panel.ts";
import { launchPanelBrowser, type PanelBrowser, type PanelPage } from "./open-panel.ts";
import { shop, snapshotOf } from "./samples.ts";
import { sequenceSample, startsSample } from "./sequence-sample.ts";

let browser: PanelBrowser;
before(async () => {
  browser = await launchPanelBrowser();
});
after(() => browser.close());

async function withShop(body: (panel: PanelPage) => Promise<void>, state?: unknown): Promise<void> {
  const panel = await browser.open(state === undefined ? {} : { state });
  try {
    await panel.draw(snapshotOf(shop()));
    await body(panel);
    assert.deepEqual(panel.troubles, []);
  } finally {
    await panel.page.close();
  }
}

const titles = (panel: PanelPage) => panel.page.locator("g.node .t").allTextContents();
const nodes = (panel: PanelPage, count: number) =>
  panel.page.waitForFunction((wanted) => document.querySelectorAll("g.node").length === wanted, count);
const open = (panel: PanelPage) => panel.page.getByRole("button", { name: /^Filter/ }).click();
const item = (panel: PanelPage, name: RegExp) => panel.page.getByRole("menuitemcheckbox", { name });
const left = (panel: PanelPage) => panel.page.locator(".filter-left").innerText();

test("the tree keeps what is asked for and the way to it; more than one thing may be asked for", () =>
  withShop(async (panel) => {
    assert.equal(await panel.page.locator(".filter-state").isVisible(), false);
    await open(panel);
    await item(panel, /^Any finding/).click();
    await nodes(panel, 7);
    assert.equal(await left(panel), "3 of 28 processes");
    await item(panel, /^shop_web/).click();
    await panel.page.getByText("The filter leaves no process to show.").waitFor();
    await panel.page.keyboard.press("Escape");
    await panel.page.locator(".notice").getByRole("button", { name: "Clear the filter" }).click();
    await panel.page.locator("g.node", { hasText: "Inventory.Server" }).waitFor();
    await open(panel);
    await item(panel, /^shop_web/).click();
    await nodes(panel, 11);
    assert.match(await panel.page.locator(".status").innerText(), /^10 processes\s+3 supervisors/);
    await item(panel, /^Broadway/).click();
    await nodes(panel, 3);
    assert.deepEqual(await titles(panel), ["shop_web", "Supervisor", "Ingest"]);
    assert.equal(await panel.page.locator(".filter-toggle .count").innerText(), "2");
    await panel.page.getByRole("menuitem", { name: "Clear the filter" }).click();
    assert.equal(await panel.page.locator(".filter-state").isVisible(), false);
  }));

test("with the keyboard alone: F opens, arrows walk and cross the groups, letters jump, Space chooses, Escape goes back", () =>
  withShop(async (panel) => {
    const { page } = panel;
    const focused = () => page.evaluate(() => document.activeElement?.textContent ?? "");
    await page.keyboard.press("f");
    assert.match(await focused(), /^Any finding/);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowRight");
    assert.match(await focused(), /^shop_web/);
    await page.keyboard.press("b");
    assert.match(await focused(), /^Broadway/);
    await page.keyboard.press("Space");
    await nodes(panel, 3);
    assert.match(await focused(), /^Broadway/, "the menu stays open, and the focus in it");
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("aria-checked")), "true");
    assert.equal(
      await page.evaluate(() => document.activeElement?.closest("[role=group]")?.ariaLabelledByElements?.[0]?.textContent),
      "Kinds",
    );
    await page.keyboard.press("Escape");
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("aria-label")), "Filter, 1 chosen");
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("aria-label")), "Clear the filter");
    await page.keyboard.press("Enter");
    await nodes(panel, 31);
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("aria-label")), "Filter");
  }));

test("messages keep what is asked for and whom it talks with; around a process, the way to it", () =>
  withShop(async (panel) => {
    const { page } = panel;
    await page.keyboard.press("2");
    await page.locator("svg.messages").waitFor();
    const all = (await titles(panel)).length;
    await open(panel);
    await item(panel, /^request/).click();
    await page.waitForFunction((count) => document.querySelectorAll("g.node").length < count, all);
    assert.ok((await titles(panel)).includes("CatalogController"));
    assert.match(await left(panel), /^\d+ of \d+ participants$/);
    await page.keyboard.press("Escape");
    await page.locator("g.node", { hasText: "Inventory.Server" }).click();
    await page.keyboard.press("4");
    await page.locator("g.node.center").waitFor();
    const near = await titles(panel);
    assert.ok(
      near.includes("Inventory.Server") && near.includes("CatalogController") && !near.includes("Inventory.Supervisor"),
      near.join(),
    );
  }));

test("the Sequence view lists functions that run in what is asked for", () =>
  withShop(async (panel) => {
    const { page } = panel;
    const starts = startsSample().map((start, index) => ({
      ...start,
      participant: index === 1 ? "m:Elixir.Shop.Inventory.Server" : null,
    }));
    await page.keyboard.press("3");
    await panel.send({ type: "sequence-starts", version: panelVersion, starts });
    const sequence = sequenceSample();
    await panel.send({
      type: "sequence",
      version: panelVersion,
      start: starts[0]!.key,
      steps: 60,
      sequence: { ...sequence, start: starts[0]!.key },
    });
    await page.locator(".start-name", { hasText: "order/1" }).waitFor();
    await open(panel);
    await item(panel, /^Any finding/).click();
    await page.locator(".start-name", { hasText: "take/1" }).waitFor();
    assert.equal(await left(panel), "1 of 3 functions");
  }));

test("is restored after a reload; what is asked for by name is shown all the same", async () => {
  let state: unknown;
  await withShop(async (panel) => {
    await open(panel);
    await item(panel, /^agent/).click();
    await nodes(panel, 4);
    await panel.page.waitForTimeout(300);
    state = await panel.state();
  });
  await withShop(
    async (panel) => {
      await nodes(panel, 4);
      assert.equal(await left(panel), "1 of 28 processes");
      await panel.send({ type: "select", version: panelVersion, module: "Elixir.Shop.Vault" });
      await panel.page.locator("g.node.selected", { hasText: "Vault" }).waitFor();
      assert.equal(await panel.page.locator(".filter-state").isVisible(), false);
      assert.match(await panel.page.locator(".said").innerText(), /filter is cleared/);
    },
    JSON.parse(JSON.stringify(state)),
  );
});
