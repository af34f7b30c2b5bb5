/** The Sequence view: what it asks for, draws and lists, by pointer and by keyboard, whatever stands in the source. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { panelVersion } from "../../server/src/protocol/panel.ts";
import { hostile } from "./hostile-labels.ts";
import { launchPanelBrowser, type PanelBrowser, type PanelPage } from "./open-panel.ts";
import { shop, snapshotOf } from "./samples.ts";
import { sequenceSample, startsSample } from "./sequence-sample.ts";

let browser: PanelBrowser;
before(async () => {
  browser = await launchPanelBrowser();
});
after(() => browser.close());

async function answer(panel: PanelPage, text: string | null = null): Promise<void> {
  await panel.send({ type: "sequence-starts", version: panelVersion, starts: startsSample(text) });
  const sequence = sequenceSample(text);
  await panel.send({ type: "sequence", version: panelVersion, start: sequence.start, steps: 60, sequence });
  await panel.page.waitForSelector("svg.sequence");
}

async function openSequence(text: string | null = null): Promise<PanelPage> {
  const panel = await browser.open();
  await panel.draw(snapshotOf(shop()));
  await panel.page.keyboard.press("3");
  await answer(panel, text);
  return panel;
}

test("the view asks for its list and its sequence once, and draws and lists every step", async () => {
  const panel = await openSequence();
  try {
    const sent = await panel.sent();
    assert.deepEqual(
      sent.filter(({ type }) => type.startsWith("sequence")),
      [{ type: "sequence-starts" }, { type: "sequence", start: "Elixir.Shop.Orders.order/1", steps: 60 }],
    );
    const { page } = panel;
    const kinds = ["call", "reply", "cast", "info", "monitor", "wait", "deadlock", "loop", "later"];
    for (const kind of kinds) assert.ok((await page.locator(`svg.sequence .step-${kind}`).count()) > 0, kind);
    assert.equal(await page.locator("svg.sequence .lifeline").count(), 3);
    // Bars: the request's, the two calls', and that of what is done later.
    assert.equal(await page.locator('svg.sequence rect[class^="activation"]').count(), 4);
    assert.equal(await page.locator(".details ol.steps > li").count(), 14);
    assert.match((await page.locator(".details").textContent()) ?? "", /… 12 more steps/);
    assert.match((await page.locator("svg.sequence").textContent()) ?? "", /… 12 more steps/);
    assert.deepEqual(panel.troubles, []);
  } finally {
    await panel.page.close();
  }
});

test("arrows walk the steps, Enter opens the source, and the list goes with them", async () => {
  const panel = await openSequence();
  try {
    const { page } = panel;
    await page.locator("svg.sequence .step-cast").focus();
    await page.keyboard.press("ArrowDown");
    assert.equal(await page.locator("svg.sequence .selected").getAttribute("data-key"), "step:2");
    assert.match((await page.locator(".details [aria-current=step]").textContent()) ?? "", /Web calls Vault and waits: \{:take, _\}/);
    assert.equal(await page.locator("svg.sequence .lifeline.related").count(), 2);
    await page.keyboard.press("Enter");
    const opened = (await panel.sent()).filter(({ type }) => type === "open");
    assert.deepEqual(opened, [{ type: "open", place: { file: "lib/shop/orders.ex", line: 12, column: 5 } }]);
    await page.keyboard.press("End");
    assert.equal(await page.locator("svg.sequence .selected").getAttribute("data-key"), "step:14");
    await page.keyboard.press("Escape");
    assert.equal(await page.locator("svg.sequence .selected").count(), 0);
    await page.locator("svg.sequence .step-wait rect").click();
    assert.equal(await page.locator("svg.sequence .selected").getAttribute("data-key"), "step:3");
  } finally {
    await panel.page.close();
  }
});

test("another function is found by typing, and chosen with the keyboard", async () => {
  const panel = await openSequence();
  try {
    const { page } = panel;
    await page.locator(".start-chooser button").click();
    assert.equal(await page.locator(".start-list [role=option]").count(), 3);
    await page.keyboard.type("stock");
    assert.equal(await page.locator(".start-list [role=option]").count(), 1);
    await page.keyboard.press("Enter");
    await page.waitForTimeout(200);
    assert.equal(await page.locator(".start-popup").isVisible(), false);
    assert.deepEqual((await panel.sent()).at(-1), { type: "sequence", start: "Elixir.Shop.Stock.take/1", steps: 60 });
    await panel.send({ type: "sequence", version: panelVersion, start: "Elixir.Shop.Stock.take/1", steps: 60, sequence: null });
    await page.waitForSelector("text=This function is gone");
    await page.waitForFunction(() => (globalThis as unknown as { panelState: { start?: string } | null }).panelState?.start !== undefined);
  } finally {
    await panel.page.close();
  }
});

test("a newer snapshot asks again, and what is drawn stays until the answer comes", async () => {
  const panel = await openSequence();
  try {
    await panel.draw(snapshotOf(shop()));
    assert.equal(await panel.page.locator("svg.sequence").count(), 1);
    assert.equal((await panel.sent()).filter(({ type }) => type === "sequence").length, 2);
  } finally {
    await panel.page.close();
  }
});

test("hostile text is drawn as text, in every kind of step", async () => {
  const panel = await openSequence();
  try {
    for (const text of hostile) {
      const drawings = () => performance.getEntriesByName("panel:draw", "measure").length;
      const before = await panel.page.evaluate(drawings);
      await answer(panel, text);
      await panel.page.waitForFunction((count) => performance.getEntriesByName("panel:draw", "measure").length > count + 1, before);
      const seen = (words: string | null) => (words ?? "").replace(/[\p{Cc}\p{Cf}\p{Cs}\ufffd\s]/gu, "");
      const drawn = await panel.page.locator("svg.sequence .step-cast text").textContent();
      if (text.length < 40 && seen(text) !== "") assert.equal(seen(drawn), seen(text));
      assert.equal(await panel.page.locator("svg.sequence .lifeline").count(), 3, text);
      assert.equal(await panel.page.locator("svg.sequence .step").count(), 12, text);
      assert.equal(await panel.page.locator(".notice.error").count(), 0, text);
    }
    const strange = "svg.topology :is(img, script, a, iframe, foreignObject, image), .details :is(img, script)";
    assert.equal(await panel.page.locator(strange).count(), 0);
    assert.deepEqual(panel.troubles, []);
  } finally {
    await panel.page.close();
  }
});
