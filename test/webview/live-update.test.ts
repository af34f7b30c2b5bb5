/** A newer snapshot leaves in its place what somebody looks at, in the views that draw processes. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launchPanelBrowser, type PanelBrowser, type PanelPage } from "./open-panel.ts";
import { node, type Sample, sample, shop, snapshotOf } from "./samples.ts";

let browser: PanelBrowser;
before(async () => {
  browser = await launchPanelBrowser();
});
after(() => browser.close());

/** The shop with more in it, above and before what is looked at, and somebody who talks to it. */
function grown(): Sample {
  const { topology, findings } = shop();
  const applications = topology.applications.map(({ name, root }) => ({
    name,
    root: root === null ? null : { ...root, children: [node("gen_server", "Shop.Fresh"), node("agent", "Shop.Newer"), ...root.children] },
  }));
  const { topology: own } = sample(applications);
  const calls: [string, string, number][] = [["Shop.Fresh", "Shop.Inventory.Server", 3]];
  const added = sample([], { calls }).topology;
  return {
    findings,
    topology: {
      ...topology,
      applications: own.applications,
      messages: [...topology.messages, ...added.messages],
      functions: new Map([...topology.functions, ...added.functions]),
      contexts: new Map([...topology.contexts, ...added.contexts]),
      definitions: new Map([...added.definitions, ...topology.definitions]),
    },
  };
}

async function placeOf({ page }: PanelPage, selector: string): Promise<readonly [number, number]> {
  const box = await page.locator(selector).first().boundingBox();
  assert.ok(box !== null, `${selector} is drawn`);
  return [Math.round(box.x), Math.round(box.y)];
}

for (const [view, key] of [
  ["supervision", "1"],
  ["messages", "2"],
  ["around", "4"],
] as const) {
  test(`${view}: the selected process stays where it is, at the same size`, async () => {
    const panel = await browser.open();
    try {
      const { page } = panel;
      await panel.draw(snapshotOf(shop()));
      await page.locator("g.node", { hasText: "Inventory.Server" }).locator(".t").click();
      await page.keyboard.press(key);
      if (view !== "supervision") await page.locator("svg.messages").waitFor();
      await page.keyboard.press("+");
      const count = await page.locator("g.node").count();
      const box = "g.node.selected :is(rect.label-container, rect.basic)";
      const [before, scale] = [await placeOf(panel, box), await page.locator(".zoom-level").innerText()];
      await panel.draw(snapshotOf(grown()));
      assert.ok((await page.locator("g.node").count()) > count, "there is more of it");
      assert.deepEqual(await placeOf(panel, box), before);
      assert.equal(await page.locator(".zoom-level").innerText(), scale);
      assert.deepEqual(panel.troubles, []);
    } finally {
      await panel.page.close();
    }
  });
}
