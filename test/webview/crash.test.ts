/** What if this crashes: the mode that plays the blast radius of a process on the tree. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { panelVersion } from "../../server/src/protocol/panel.ts";
import { answerCrash } from "./crash-answer.ts";
import { launchPanelBrowser, type OpenOptions, type PanelBrowser, type PanelPage } from "./open-panel.ts";
import { crashOf, generated, shop, snapshotOf } from "./samples.ts";

let browser: PanelBrowser;
before(async () => {
  browser = await launchPanelBrowser();
});
after(() => browser.close());

/** Titles of the drawn nodes by what has become of them. */
const fates = ({ page }: PanelPage): Promise<Record<string, string[]>> =>
  page.evaluate(() => {
    const found: Record<string, string[]> = {};
    for (const node of document.querySelectorAll('g.node[class*="fate-"]')) {
      const fate = [...node.classList].find((name) => name.startsWith("fate-"))?.slice(5) ?? "";
      const words = node.querySelector(".fate text")?.textContent ?? "no word";
      found[`${fate}: ${words}`] = [...(found[`${fate}: ${words}`] ?? []), node.querySelector(".t")?.textContent ?? ""];
    }
    return found;
  });

const step = ({ page }: PanelPage) => page.locator(".crash-count").innerText();

/** Selects a node and asks what its crash does, with the keyboard. */
async function crash(title: string, options: OpenOptions = {}): Promise<PanelPage> {
  const panel = await browser.open(options);
  await panel.draw(snapshotOf(shop()));
  await panel.page.locator("g.node", { hasText: title }).first().click();
  await panel.page.keyboard.press("c");
  await answerCrash(panel, shop());
  await panel.page.locator("g.fate-crashes").waitFor();
  return panel;
}

test("step by step: who waits, who is stopped and starts again by the strategy, who gives up in the end", async () => {
  const panel = await crash("Inventory.Server", { reducedMotion: "reduce" });
  try {
    const { page } = panel;
    const told: Record<string, string[]>[] = [];
    const texts: string[] = [];
    for (let at = 0; at < 7; at++) {
      told.push(await fates(panel));
      texts.push(await page.locator(".crash-text").innerText());
      await page.keyboard.press("ArrowRight");
    }
    assert.match(texts[0] ?? "", /^Shop\.Inventory\.Server crashes/);
    assert.deepEqual(told[0], { "crashes: crashes": ["Inventory.Server"] });
    assert.match(texts[1] ?? "", /^Calls that wait for it exit: \d+ functions\.$/);
    assert.deepEqual(told[1], {
      "crashes: crashes": ["Inventory.Server"],
      "exits: call exits": ["Cart", "Orders.Dispatcher", "CheckoutLive", "CatalogLive"],
    });
    // Only what was started after it.
    assert.deepEqual(told[2]?.["stops: stopped"], ["Inventory.Sync"]);
    assert.deepEqual(told[3]?.["starts: starts again"], ["Inventory.Server", "Inventory.Sync"]);
    assert.match(texts[4] ?? "", /^If it goes on crashing, the 11th crash within 60 s ends Shop\.Inventory\.Supervisor/);
    assert.deepEqual(told[4]?.["ends: ends"], ["Inventory.Supervisor", "Inventory.Cache", "Inventory.Server", "Inventory.Sync"]);
    assert.equal(told[5]?.["ends: ends"]?.includes("shop"), false);
    assert.equal(told[6]?.["ends: ends"]?.includes("shop"), true);
    assert.equal(told[6]?.["ends: ends"]?.includes("shop_web"), false);
    assert.equal(await step(panel), "7 of 7");
    // The details pane says all of it, and where one is.
    assert.equal(await page.locator(".details .crash-steps > li").count(), 7);
    assert.match(await page.locator(".details [aria-current=step]").innerText(), /The application ends with its topmost supervisor/);
    await page.locator(".details .step-name").nth(2).click();
    assert.equal(await step(panel), "3 of 7");
    assert.deepEqual(panel.troubles, []);
  } finally {
    await panel.page.close();
  }
});

test("plays by itself, stops at the end and begins anew; with reduced motion it waits for people, and nothing moves", async () => {
  const panel = await crash("Inventory.Server", {
    before: "const real = setTimeout; window.setTimeout = (run, time) => real(run, time > 3000 ? 60 : time);",
  });
  const still = await crash("Inventory.Server", { reducedMotion: "reduce" });
  try {
    await panel.page.waitForFunction(() => document.querySelector(".crash-count")?.textContent === "7 of 7");
    await panel.page.getByRole("button", { name: "Play", exact: true }).click();
    await panel.page.waitForFunction(() => document.querySelector(".crash-count")?.textContent === "2 of 7");
    await panel.page.waitForFunction(() => document.querySelector(".crash-count")?.textContent === "7 of 7");
    assert.equal(await step(still), "1 of 7");
    await still.page.waitForTimeout(3_600);
    assert.equal(await step(still), "1 of 7");
    const moving = await still.page.evaluate(() => document.getAnimations().length);
    assert.equal(moving, 0);
  } finally {
    await panel.page.close();
    await still.page.close();
  }
});

test("Escape leaves the mode first and the selection then; the focus goes to the bar and back to the process", async () => {
  const panel = await crash("Inventory.Server");
  try {
    const { page } = panel;
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? "");
    assert.match(await focused(), /^(Play|Pause)$/);
    // Nothing is linked to it: the legend has what happens in the drawing alone.
    assert.deepEqual(await page.locator(".legend > *").allInnerTexts(), [
      "crashes",
      "its call exits",
      "stopped with it",
      "starts again",
      "ends for good",
    ]);
    await page.keyboard.press("Escape");
    await page.waitForFunction(() => document.querySelector(".crash-bar")?.hasAttribute("hidden"));
    await page.waitForFunction(() => /^Inventory\.Server/.test(document.activeElement?.getAttribute("aria-label") ?? ""));
    assert.equal(await page.locator('g.node[class*="fate-"], g.fate').count(), 0);
    assert.equal(await page.locator("g.node.selected").count(), 1);
    assert.doesNotMatch(await page.locator(".legend").innerText(), /starts again/);
    await page.keyboard.press("Escape");
    assert.equal(await page.locator("g.node.selected").count(), 0);
  } finally {
    await panel.page.close();
  }
});

test("another process is another question; the button of the details asks it, too; a filter is cleared for it", async () => {
  const panel = await crash("Inventory.Cache");
  try {
    const { page } = panel;
    await page.locator("g.node", { hasText: "Orders.EventLog" }).click();
    await answerCrash(panel, shop());
    await page.waitForFunction(() => /EventLog/.test(document.querySelector(".crash-bar h2")?.textContent ?? ""));
    await page.keyboard.press("ArrowRight");
    assert.deepEqual((await fates(panel))["stops: stopped"], ["Orders.Dispatcher", "Pricing.Calculator"]);
    await page.keyboard.press("Escape");
    await page.keyboard.press("f");
    await page.keyboard.press("Space");
    await page.keyboard.press("Escape");
    await page.waitForFunction(() => document.querySelectorAll("g.node").length < 10);
    await page.locator("g.node", { hasText: "Inventory.Server" }).click();
    await page.getByRole("button", { name: "What if this crashes?" }).click();
    await answerCrash(panel, shop());
    await page.waitForFunction(() => document.querySelectorAll("g.node").length > 20);
    assert.deepEqual(panel.troubles, []);
  } finally {
    await panel.page.close();
  }
});

test("an application is no process; the editor may ask for one by its module or its key; a reload restores it", async () => {
  const panel = await browser.open();
  try {
    await panel.draw(snapshotOf(shop()));
    await panel.page.locator("g.node.kind-application").nth(1).click();
    assert.equal(await panel.page.getByRole("button", { name: "What if this crashes?" }).count(), 0);
    await panel.page.keyboard.press("c");
    assert.equal(
      (await panel.sent()).some(({ type }) => type === "crash"),
      false,
    );
    await panel.send({ type: "what-if", version: panelVersion, participant: "m:Elixir.Shop.Vault" });
    await answerCrash(panel, shop());
    await panel.page.locator("g.fate-crashes", { hasText: "Vault" }).waitFor();
    await panel.page.keyboard.press("ArrowRight");
    assert.equal(await step(panel), "2 of 4");
    await panel.page.waitForTimeout(300);
    const again = await browser.open({ state: await panel.state() });
    await again.draw(snapshotOf(shop()));
    await answerCrash(again, shop());
    await again.page.waitForFunction(() => document.querySelector(".crash-count")?.textContent === "2 of 4");
    assert.deepEqual([...panel.troubles, ...again.troubles], []);
    await again.page.close();
  } finally {
    await panel.page.close();
  }
});

test("of five thousand processes, what it touches is drawn; what is folded stands for many", async () => {
  const large = generated(5_000);
  const snapshot = snapshotOf(large);
  const panel = await browser.open({ reducedMotion: "reduce", width: 760, height: 560 });
  try {
    await panel.draw(snapshot);
    const top = snapshot.roots[0]?.children[0]?.children.find(({ children }) => children.length === 0);
    assert.ok(top !== undefined);
    await panel.send({ type: "what-if", version: panelVersion, participant: top.key });
    await answerCrash(panel, large);
    await panel.page.locator("g.fate-crashes").waitFor();
    // The whole cannot be read: what crashes is in the middle, large enough.
    await panel.page.waitForFunction(() => Number.parseInt(document.querySelector(".zoom-level")?.textContent ?? "0", 10) >= 70);
    const [room, crashed] = [
      await panel.page.locator(".room").boundingBox(),
      await panel.page.locator("g.fate-crashes .label-container").boundingBox(),
    ];
    assert.ok(room !== null && crashed !== null);
    assert.ok(Math.abs(crashed.x + crashed.width / 2 - room.x - room.width / 2) < 3);
    const steps = crashOf(large, top.key)?.steps.length ?? 0;
    for (let at = 1; at < steps; at++) await panel.page.keyboard.press("ArrowRight");
    assert.equal(await step(panel), `${steps} of ${steps}`);
    assert.ok((await panel.page.locator("g.node").count()) <= 300);
    const words = Object.keys(await fates(panel));
    assert.ok(
      words.some((word) => /×\d/.test(word)),
      words.join(", "),
    );
    assert.deepEqual(panel.troubles, []);
  } finally {
    await panel.page.close();
  }
});

test("a page on disk plays the crashes that it was given, and offers no others", async () => {
  const data = shop();
  const key = snapshotOf(data).roots[0]?.children[0]?.children[2]?.key ?? "";
  const given = crashOf(data, key);
  assert.ok(given !== null);
  const panel = await browser.openStandalone(snapshotOf(data), null, "dark", { crashes: [given] });
  try {
    const { page } = panel;
    await page.waitForFunction(() => document.body.dataset.drawn === "1");
    await page.locator("g.node", { hasText: "Vault" }).click();
    await page.getByRole("button", { name: "What if this crashes?" }).click();
    await page.locator("g.fate-crashes", { hasText: "Vault" }).waitFor();
    await page.keyboard.press("Escape");
    await page.locator("g.node", { hasText: "Registry" }).first().click();
    assert.equal(await page.getByRole("button", { name: "What if this crashes?" }).count(), 0);
    assert.deepEqual(panel.troubles, []);
  } finally {
    await panel.page.close();
  }
});

test("a process that is drawn nowhere is named by the step's sentence, never by what the host calls it", async () => {
  const panel = await crash("Inventory.Server");
  try {
    const asked = (await panel.sent()).findLast((message) => message.type === "crash");
    assert.ok(asked !== undefined);
    const answer = crashOf(shop(), asked.key);
    assert.ok(answer !== null);
    const steps = answer.steps.map((one, index) => (index === 0 ? { ...one, participants: ["m:Elixir.Shop.Nowhere"] } : one));
    await panel.send({ type: "crash", version: panelVersion, key: asked.key, crash: { ...answer, steps } });
    assert.doesNotMatch(await panel.page.locator(".details").innerText(), /Elixir\./);
  } finally {
    await panel.page.close();
  }
});
