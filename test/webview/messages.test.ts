import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { hostile } from "./hostile-labels.ts";
import { launchPanelBrowser, type PanelBrowser, type PanelPage } from "./open-panel.ts";
import { node, sample, shop, snapshotOf } from "./samples.ts";
import { talking } from "./talking-sample.ts";

let browser: PanelBrowser;
before(async () => {
  browser = await launchPanelBrowser();
});
after(() => browser.close());

async function withMessages(body: (panel: PanelPage) => Promise<void>, snapshot = snapshotOf(shop())): Promise<void> {
  const panel = await browser.open();
  try {
    await panel.draw(snapshot);
    await panel.page.keyboard.press("2");
    await panel.page.locator("svg.messages").waitFor();
    await body(panel);
    assert.deepEqual(panel.troubles, []);
  } finally {
    await panel.page.close();
  }
}

test("who calls, casts to, informs and monitors whom, a line for each", () =>
  withMessages(async ({ page }) => {
    const titles = await page.locator("g.node .t").allTextContents();
    for (const title of ["Inventory.Server", "CatalogController", "CheckoutLive", "Cart"]) assert.ok(titles.includes(title), title);
    const count = (mode: string) => page.locator(`path.message.mode-${mode}`).count();
    assert.deepEqual([await count("call"), await count("cast"), await count("info"), await count("monitor")], [7, 1, 1, 1]);
    const styles = await page.evaluate(() =>
      ["call", "cast", "info"].map(
        (mode) => getComputedStyle(document.querySelector(`path.message.mode-${mode}`) as Element).strokeDasharray,
      ),
    );
    assert.equal(styles[0], "none");
    assert.equal(new Set(styles).size, 3, "lines differ by more than their color");
    assert.ok((await page.locator("g.message-label").allTextContents()).some((label) => label.includes("{:place, order}")));
  }));

test("a mode that is turned off is not drawn, and that is kept", () =>
  withMessages(async ({ page, state }) => {
    await page.getByRole("button", { name: "call, waits" }).click();
    await page.locator("path.message.mode-call").first().waitFor({ state: "detached" });
    assert.equal(await page.locator("path.message.mode-cast").count(), 1);
    await page.waitForTimeout(300);
    assert.deepEqual(((await state()) as { modes: string[]; view: string }).modes.includes("call"), false);
  }));

test("a click on a line tells its messages; on a node, what it takes and sends; the selection holds in the tree", () =>
  withMessages(async ({ page }) => {
    await page.locator('g.message-label[data-key*="cast"]').click();
    await page.locator(".details h2", { hasText: "CheckoutLive → Orders.Dispatcher" }).waitFor();
    assert.match((await page.locator(".details").textContent()) ?? "", /\{:place, order\}/);
    await page.locator("g.node", { hasText: "Inventory.Server" }).click();
    await page.locator(".details h2", { hasText: "Inventory.Server" }).waitFor();
    assert.ok((await page.locator(".details .messages .message").count()) >= 4);
    assert.ok((await page.locator("path.message.related").count()) >= 4);
    await page.keyboard.press("1");
    await page.locator("svg.topology:not(.messages) g.node.selected", { hasText: "Inventory.Server" }).waitFor();
    assert.ok((await page.locator("g.overlay path.message").count()) >= 3, "its messages lie over the tree");
  }));

test("arrow keys walk to the nearest node, Enter opens its source", () =>
  withMessages(async ({ page, sent }) => {
    await page.locator("g.node", { hasText: "CheckoutLive" }).click();
    await page.locator("g.node", { hasText: "CheckoutLive" }).focus();
    await page.keyboard.press("ArrowRight");
    const now = await page.locator("g.node.selected .t").textContent();
    assert.notEqual(now, "CheckoutLive");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() =>
      (globalThis as unknown as { panelSent: { type: string }[] }).panelSent.some(({ type }) => type === "open"),
    );
    assert.ok((await sent()).some(({ type }) => type === "open"));
  }));

test("hostile names and messages are drawn as text", () => {
  const modules = hostile.map((_, index) => `Shop.P${index}`);
  const root = node(
    "supervisor",
    "Shop.Supervisor",
    {},
    modules.map((module, index) => node("gen_server", module, { name: { scope: "local", value: hostile[index] ?? "" } })),
  );
  const calls = hostile.map((text, index): [string, string, number, "call", string] => [
    "ShopWeb.MainController",
    `Shop.P${index}`,
    1,
    "call",
    text,
  ]);
  return withMessages(
    async ({ page }) => assert.equal(await page.locator("path.message").count(), hostile.length),
    snapshotOf(sample([{ name: "shop", root }], { calls }), hostile[0]),
  );
});

/** Labels of messages that are drawn, and how many of them stand on a process or on another label. Runs in the page. */
function clashes(): readonly [number, number] {
  const boxes = (selector: string) => [...document.querySelectorAll(selector)].map((element) => element.getBoundingClientRect());
  const own = boxes("g.message-label rect");
  const others = boxes("g.node .label-container");
  const meet = (a: DOMRect, b: DOMRect) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
  return [own.length, own.filter((a) => [...others, ...own].some((b) => a !== b && meet(a, b))).length];
}

test("no label of a message stands on a process or on another label", () =>
  withMessages(async ({ page }) => {
    assert.deepEqual(await page.evaluate(clashes), [10, 0]);
    const wide = await page.evaluate(() =>
      [...document.querySelectorAll<SVGGElement>("g.message-label")].filter((label) => {
        const [text, frame] = [label.querySelector("text"), label.querySelector("rect")];
        return text === null || frame === null || text.getBBox().width > frame.getBBox().width - 6;
      }),
    );
    assert.deepEqual(wide, [], "words stand in their frame");
  }));

test("with many lines, those of what is selected alone are labelled", async () => {
  const panel = await browser.open({ width: 1400, height: 900, state: { version: 2, view: "messages" } });
  try {
    await panel.draw(snapshotOf(talking(60)));
    const labels = panel.page.locator("g.message-label");
    assert.equal(await labels.count(), 0);
    await panel.page.locator("g.node", { hasText: "Ingest.Index" }).click();
    await labels.first().waitFor();
    const [drawn, clashing] = await panel.page.evaluate(clashes);
    assert.ok(drawn >= 3, `${drawn} labels`);
    assert.equal(clashing, 0);
    await panel.page.keyboard.press("Escape");
    assert.equal(await labels.count(), 0);
  } finally {
    await panel.page.close();
  }
});

test("over the tree, no label of a message stands on a process or on another label", async () => {
  const panel = await browser.open({ width: 1400, height: 900 });
  try {
    const { page } = panel;
    await panel.draw(snapshotOf(shop()));
    let labels = 0;
    for (const title of ["Inventory.Server", "Orders.Dispatcher", "CheckoutLive", "Cart"]) {
      await page
        .locator("g.node", { has: page.locator(".t", { hasText: new RegExp(`^${title}$`) }) })
        .first()
        .click();
      const [own, clashing] = await page.evaluate(clashes);
      labels += own;
      assert.equal(clashing, 0, title);
    }
    assert.ok(labels >= 4, `${labels} labels`);
  } finally {
    await panel.page.close();
  }
});
