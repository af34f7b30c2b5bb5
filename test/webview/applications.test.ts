/** Messages of many applications: each is one node until it is opened, and who talks with nearly everybody is told by marks. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launchPanelBrowser, type PanelBrowser, type PanelPage } from "./open-panel.ts";
import { snapshotOf } from "./samples.ts";
import { platform } from "./talking-sample.ts";

let browser: PanelBrowser;
before(async () => {
  browser = await launchPanelBrowser();
});
after(() => browser.close());

async function withPlatform(body: (panel: PanelPage) => Promise<void>): Promise<void> {
  const panel = await browser.open({ width: 1400, height: 900, state: { version: 2, view: "messages" } });
  try {
    await panel.draw(snapshotOf(platform(), "platform"));
    await panel.page.locator("svg.messages").waitFor();
    await body(panel);
    assert.deepEqual(panel.troubles, []);
  } finally {
    await panel.page.close();
  }
}

const node = ({ page }: PanelPage, title: string) => page.locator("g.node", { has: page.locator(`.t:text-is("${title}")`) });
const titles = ({ page }: PanelPage) => page.locator("g.node .t").allTextContents();
const head = ({ page }: PanelPage, title: string) => page.getByRole("button", { name: `${title}, open, Space closes it` });
const zoomOf = async ({ page }: PanelPage) => Number.parseInt(await page.locator(".zoom-level").innerText(), 10);
const shownLines = ({ page }: PanelPage) =>
  page.evaluate(() => [...document.querySelectorAll("path.message")].filter((path) => getComputedStyle(path).display !== "none").length);

test("a picture of the applications fits the room: processes, findings, and how much they talk", () =>
  withPlatform(async (panel) => {
    const { page } = panel;
    assert.deepEqual((await titles(panel)).sort(), [
      "Callers outside",
      "accounts",
      "billing",
      "catalog",
      "delivery",
      "events",
      "forum",
      "gateway",
      "hosting",
    ]);
    assert.equal(await node(panel, "catalog").locator(".s").textContent(), "10 processes");
    assert.equal(await node(panel, "catalog").locator(".badge text").textContent(), "1");
    assert.equal(await page.locator(".status .folded").innerText(), "8 applications, 1 of 73 participants shown");
    const labels = await page.locator("g.message-label").allTextContents();
    assert.ok(labels.filter((label) => label === "cast ×2").length >= 4, labels.join());
    assert.ok((await zoomOf(panel)) >= 50);
  }));

test("Enter opens an application in its box and Space on its head closes it; a double click opens it, too", () =>
  withPlatform(async (panel) => {
    const { page } = panel;
    await node(panel, "catalog").click();
    assert.match(
      await page.locator(".details").innerText(),
      /10 processes · 9 participants[\s\S]*Singleton bottleneck[\s\S]*Takes[\s\S]*billing[\s\S]*Sends[\s\S]*delivery/,
    );
    await node(panel, "catalog").focus();
    await page.keyboard.press("Enter");
    await node(panel, "Catalog.Worker3").or(node(panel, "Worker3")).first().waitFor();
    assert.equal(await node(panel, "catalog").count(), 0);
    assert.match((await page.evaluate(() => document.activeElement?.getAttribute("aria-label"))) ?? "", /^catalog, open/);
    await page.keyboard.press("Space");
    await node(panel, "catalog").waitFor();
    assert.equal(await head(panel, "catalog").count(), 0);
    await node(panel, "forum").locator(".t").dblclick();
    await head(panel, "forum").waitFor();
    await head(panel, "forum").locator("[data-fold]").click();
    await node(panel, "forum").waitFor();
    await page.locator(".details").getByRole("button", { name: "Show what is inside" }).click();
    await head(panel, "forum").waitFor();
    await page.getByRole("button", { name: /^Close all/ }).click();
    await node(panel, "forum").waitFor();
  }));

test("who calls from outside is a mark on those it calls and in the legend; its lines are there when it is selected, or one of them", () =>
  withPlatform(async (panel) => {
    const { page } = panel;
    await page.getByRole("button", { name: "Show more" }).click();
    await page.waitForFunction(() => document.querySelectorAll("g.node").length === 73);
    assert.match(await page.locator(".legend").innerText(), /called from outside/);
    assert.equal(await page.locator(".hub-mark").count(), 40);
    assert.equal(await page.locator(".hub-mark title").first().textContent(), "called from outside");
    assert.match(
      (await page
        .locator("g.node", { has: page.locator(".hub-mark") })
        .first()
        .getAttribute("aria-label")) ?? "",
      /called from outside/,
    );
    assert.equal(await shownLines(panel), 80);
    await node(panel, "Callers outside").click();
    assert.equal(await shownLines(panel), 120);
    await page.keyboard.press("Escape");
    await page
      .locator("g.node", { has: page.locator(".hub-mark") })
      .first()
      .click();
    assert.equal(await shownLines(panel), 81);
  }));

test("the search finds what is in a closed application and opens it; the filter opens what it asks for", () =>
  withPlatform(async (panel) => {
    const { page } = panel;
    await page.keyboard.press("/");
    await page.keyboard.type("Events.Worker5");
    await page.locator("g.node.hit .t", { hasText: "events" }).waitFor();
    assert.equal(await page.locator("g.node.hit").count(), 1);
    await page.keyboard.press("Enter");
    await page.locator("g.node.selected .t", { hasText: "Worker5" }).waitFor();
    await head(panel, "events").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: /^Close all/ }).click();
    await page.getByRole("button", { name: /^Filter/ }).click();
    await page.getByRole("menuitemcheckbox", { name: /^hosting/ }).click();
    await page.waitForFunction(() => document.querySelectorAll("g.node .t").length === 12);
  }));
