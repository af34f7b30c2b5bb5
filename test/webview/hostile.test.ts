/** Labels are other people's source code: whatever stands in them is drawn as text, and nothing of it runs or is fetched. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { panelVersion } from "../../server/src/protocol/panel.ts";
import { hostile, hostileSnapshot } from "./hostile-labels.ts";
import { launchPanelBrowser, type PanelBrowser } from "./open-panel.ts";

let browser: PanelBrowser;
before(async () => {
  browser = await launchPanelBrowser();
});
after(() => browser.close());

test("every hostile label is drawn as text", async () => {
  const panel = await browser.open({ state: { version: 2, budget: 300 } });
  try {
    const snapshot = hostileSnapshot();
    await panel.draw(snapshot);
    const drawn = await panel.page.locator("g.node .t").allTextContents();
    assert.ok(drawn.length >= hostile.length + 3, `${drawn.length} nodes`);
    const seen = (text: string) => text.replace(/[\p{Cc}\p{Cf}\p{Cs}\ufffd\s]/gu, "");
    const titles = new Set(drawn.map(seen));
    const children = snapshot.roots[0]?.children[0]?.children ?? [];
    const missing = children.filter(({ title }) => title.length < 40 && !titles.has(seen(title))).map(({ title }) => title);
    assert.deepEqual(missing, []);
    assert.ok(drawn.some((title) => /^A{45}…$/.test(title)));
    const strange = await panel.page.evaluate(() =>
      [...document.querySelectorAll("svg.topology *")]
        .map(({ tagName }) => tagName.toLowerCase())
        .filter((name) =>
          ["img", "script", "a", "iframe", "math", "i", "em", "strong", "ul", "ol", "object", "image", "use"].includes(name),
        ),
    );
    assert.deepEqual(strange, []);
    for (const item of (await panel.page.locator("g.node .t").all()).slice(2, 12)) {
      await item.click({ force: true });
      assert.equal(await panel.page.locator(".details img, .details script").count(), 0);
    }
    assert.deepEqual(panel.troubles, []);
  } finally {
    await panel.page.close();
  }
});

test("a crash of a process with a hostile name is told and played as text", async () => {
  const panel = await browser.open({ state: { version: 2, budget: 300 }, reducedMotion: "reduce" });
  try {
    const snapshot = hostileSnapshot();
    await panel.draw(snapshot);
    for (const { key, title } of (snapshot.roots[0]?.children[0]?.children ?? []).slice(0, 12)) {
      const text = `\`${title}\` crashes`;
      const steps = [
        { fate: "crashes" as const, text, nodes: [key], below: false, participants: [] },
        { fate: "exits" as const, text, nodes: [], below: false, participants: [title, "m:gone"] },
      ];
      await panel.send({ type: "what-if", version: panelVersion, participant: key });
      await panel.send({ type: "crash", version: panelVersion, key, crash: { key, title, rules: "otp", steps } });
      await panel.page.locator(".crash-steps > li").nth(1).waitFor();
      assert.equal(await panel.page.locator(":is(.crash-bar, .details) :is(img, script, iframe, b i)").count(), 0, title);
    }
    assert.deepEqual(panel.troubles, []);
  } finally {
    await panel.page.close();
  }
});

test("the page that stands alone holds hostile text as data", async () => {
  const panel = await browser.openStandalone(hostileSnapshot(), "/home/me/<b>shop");
  try {
    await panel.page.waitForFunction(() => document.body.dataset.drawn === "1");
    assert.ok((await panel.page.locator("g.node").count()) > 10);
    assert.deepEqual(panel.troubles, []);
  } finally {
    await panel.page.close();
  }
});

test("the tests would notice: a script, an image from elsewhere and a violation are troubles", async () => {
  const panel = await browser.open();
  try {
    await panel.page.evaluate(() => {
      const holder = document.createElement("div");
      holder.innerHTML = '<img src="https://example.com/x.png"><img src="data:," onerror="alert(1)">';
      document.body.append(holder);
    });
    await panel.page.waitForTimeout(300);
    assert.ok(
      panel.troubles.some((text) => text.includes("img-src")),
      panel.troubles.join("\n"),
    );
    assert.ok(
      panel.troubles.some((text) => text.includes("script-src")),
      panel.troubles.join("\n"),
    );
  } finally {
    await panel.page.close();
  }
});
