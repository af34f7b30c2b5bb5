/** The Around view, and what the host says of the editor: which process and function the cursor is on. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type HostMessage, panelVersion } from "../../server/src/protocol/panel.ts";
import { hostileSnapshot } from "./hostile-labels.ts";
import { launchPanelBrowser, type PanelBrowser } from "./open-panel.ts";
import { shop, snapshotOf } from "./samples.ts";

let browser: PanelBrowser;
before(async () => {
  browser = await launchPanelBrowser();
});
after(() => browser.close());

const show = (rest: Partial<HostMessage & { type: "show" }>): HostMessage => ({
  type: "show",
  version: panelVersion,
  view: null,
  participant: null,
  start: null,
  ...rest,
});

test("the host shows what is around a process; hops are stepped, and another center is chosen", async () => {
  const panel = await browser.open();
  try {
    const { page } = panel;
    await panel.draw(snapshotOf(shop()));
    await panel.send(show({ view: "around", participant: "m:Elixir.Shop.Inventory.Server" }));
    await page.waitForSelector("svg .node.center");
    assert.match((await page.locator(".node.center .t").textContent()) ?? "", /Inventory\.Server/);
    assert.match((await page.locator(".around-name").textContent()) ?? "", /Inventory\.Server/);
    assert.match((await page.locator(".details h2").textContent()) ?? "", /Inventory\.Server/);
    assert.ok((await page.locator("path.mode-supervises").count()) > 0);
    const nodes = await page.locator("svg .node").count();
    await page.getByRole("button", { name: "One hop more" }).click();
    await page.waitForFunction((count) => document.querySelectorAll("svg .node").length > count, nodes);
    assert.equal(await page.locator(".hops").textContent(), "2 hops");
    await page.locator("svg .node:not(.center)").first().click();
    await page.locator(".recenter").click();
    await page.waitForFunction(() => !document.querySelector(".node.center .t")?.textContent?.includes("Inventory.Server"));
    assert.deepEqual(panel.troubles, []);
  } finally {
    await panel.page.close();
  }
});

test("following: the page asks for it, selects what the cursor is on, and keeps its view", async () => {
  const panel = await browser.open();
  try {
    const { page } = panel;
    await panel.draw(snapshotOf(shop()));
    const toggle = page.getByRole("button", { name: "Follow the editor's cursor" });
    await toggle.click();
    assert.deepEqual((await panel.sent()).at(-1), { type: "follow", on: true });
    assert.equal(await toggle.getAttribute("aria-pressed"), "true");
    await panel.send(show({ participant: "m:Elixir.Shop.Vault" }));
    await page.waitForSelector(".node.selected");
    assert.match((await page.locator(".node.selected .t").textContent()) ?? "", /Vault/);
    assert.equal(await page.locator(".tab[aria-selected=true]").textContent(), "Supervision");
    await panel.send(show({ participant: "m:Elixir.Nobody" }));
    assert.match((await page.locator(".node.selected .t").textContent()) ?? "", /Vault/);
    assert.equal((await panel.sent()).filter(({ type }) => type === "preview").length, 0);
    await page.locator(".node", { hasText: "Metrics" }).click();
    assert.equal((await panel.sent()).at(-1)?.type, "preview");
    await page.waitForFunction(() => (globalThis as unknown as { panelState: { follow?: boolean } | null }).panelState?.follow === true);
    const again = await browser.open({ state: await panel.state() });
    assert.deepEqual((await again.sent())[0], { type: "follow", on: true });
    await again.page.close();
  } finally {
    await panel.page.close();
  }
});

test("hostile labels around a process are drawn as text", async () => {
  const panel = await browser.open();
  try {
    const snapshot = hostileSnapshot();
    await panel.draw(snapshot);
    await panel.page.locator(".node", { hasText: "Evil" }).first().click();
    await panel.page.keyboard.press("4");
    await panel.page.waitForSelector("svg .node.center");
    assert.ok((await panel.page.locator("svg .node").count()) > 20);
    assert.equal(await panel.page.locator("svg.topology :is(img, script, a, iframe, image, math)").count(), 0);
    assert.deepEqual(panel.troubles, []);
  } finally {
    await panel.page.close();
  }
});
