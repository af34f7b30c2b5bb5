import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launchPanelBrowser, type PanelBrowser } from "./open-panel.ts";
import { shop, snapshotOf } from "./samples.ts";

let browser: PanelBrowser;
before(async () => {
  browser = await launchPanelBrowser();
});
after(() => browser.close());

for (const scheme of ["light", "dark"] as const) {
  test(`draws by itself, in the ${scheme} colors that the browser asks for`, async () => {
    const panel = await browser.openStandalone(snapshotOf(shop()), null, scheme);
    try {
      await panel.page.waitForFunction(() => document.body.dataset.drawn === "1");
      const ground = await panel.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      assert.equal(ground, scheme === "light" ? "rgb(255, 255, 255)" : "rgb(31, 31, 31)");
      assert.match(await panel.page.locator(".status").innerText(), /28 processes/);
      assert.equal(await panel.page.title(), "shop · Process Topology");
      assert.deepEqual(panel.troubles, []);
    } finally {
      await panel.page.close();
    }
  });
}

test("places are text, and links into VS Code where the folder is known", async () => {
  for (const root of [null, "/home/me/a shop"]) {
    const panel = await browser.openStandalone(snapshotOf(shop()), root);
    try {
      await panel.page.waitForFunction(() => document.body.dataset.drawn === "1");
      const place = panel.page.locator(".details .card-foot .place").first();
      assert.match(await place.innerText(), /lib\/shop\/orders\/dispatcher\.ex:41/);
      const expected = root === null ? null : "vscode://file/home/me/a%20shop/lib/shop/orders/dispatcher.ex:41:3";
      assert.equal(await place.getAttribute("href"), expected);
    } finally {
      await panel.page.close();
    }
  }
});
