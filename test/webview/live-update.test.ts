/** A newer snapshot leaves in its place what somebody looks at, in the views that draw processes. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { panelVersion } from "../../server/src/protocol/panel.ts";
import { launchPanelBrowser, type PanelBrowser, type PanelPage } from "./open-panel.ts";
import { node, type Sample, sample, shop, snapshotOf } from "./samples.ts";
import { sequenceSample, startsSample } from "./sequence-sample.ts";

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

test("sequence: where it begins stays, when steps say more than before", async () => {
  const panel = await browser.open({ state: { version: 2, view: "sequence" } });
  try {
    const { page } = panel;
    const sequence = sequenceSample();
    const answer = async (longer: string) => {
      const steps = sequence.steps.map((step) => (step.kind === "loop" ? { ...step, text: step.text + longer } : step));
      const told = { ...sequence, steps };
      await panel.send({ type: "sequence", version: panelVersion, start: sequence.start, steps: 60, sequence: told });
    };
    await panel.draw(snapshotOf(shop()));
    await panel.send({ type: "sequence-starts", version: panelVersion, starts: startsSample() });
    await answer("");
    await page.locator("svg.sequence").waitFor();
    const [place, width] = [await placeOf(panel, "svg.sequence .lifeline"), await page.locator("svg.sequence").getAttribute("width")];
    await panel.draw(snapshotOf(grown()));
    await answer(", again and again, for as long as there is anything to do");
    await page.waitForFunction((before) => document.querySelector("svg.sequence")?.getAttribute("width") !== before, width);
    assert.deepEqual(await placeOf(panel, "svg.sequence .lifeline"), place);
  } finally {
    await panel.page.close();
  }
});

test("what was fitted is fitted into another room; what somebody looks at closer stays", async () => {
  const panel = await browser.open({ width: 900, height: 500 });
  try {
    const { page } = panel;
    const zoom = () => page.locator(".zoom-level").innerText();
    await panel.draw(snapshotOf(shop()));
    const small = await zoom();
    await page.setViewportSize({ width: 1600, height: 1000 });
    await page.waitForFunction((before) => document.querySelector(".zoom-level")?.textContent !== before, small);
    await page.keyboard.press("+");
    const closer = await zoom();
    await page.setViewportSize({ width: 900, height: 500 });
    await page.waitForTimeout(500);
    assert.equal(await zoom(), closer);
  } finally {
    await panel.page.close();
  }
});

test("after a failure nothing is told that is not true any more, and all of it is back with the next snapshot", async () => {
  const panel = await browser.open();
  try {
    const { page } = panel;
    await panel.draw(snapshotOf(shop()));
    await page.locator("g.node", { hasText: "Inventory.Server" }).click();
    await panel.send({ type: "failed", version: panelVersion, message: "The language server has stopped." });
    await page.locator(".notice.error").waitFor();
    assert.equal(await page.locator(".details").innerText(), "");
    assert.equal(await page.locator(".status").innerText(), "");
    await page.locator("g.node.selected").focus();
    await page.keyboard.press("ArrowDown");
    assert.equal(await page.locator(".details").innerText(), "");
    await panel.draw(snapshotOf(shop()));
    assert.match(await page.locator(".details").innerText(), /^Inventory\.Sync/);
    assert.match(await page.locator(".status").innerText(), /28 processes/);
  } finally {
    await panel.page.close();
  }
});

test("an edit that leaves the tree as it was draws nothing anew, and what else has changed is shown", async () => {
  const panel = await browser.open();
  try {
    const { page } = panel;
    const tree = () => page.evaluate(() => document.querySelector("svg.topology")?.id ?? "");
    await panel.draw(snapshotOf(shop()));
    const before = await tree();
    const { topology } = shop();
    await panel.draw(snapshotOf({ topology, findings: [] }));
    assert.equal(await tree(), before);
    assert.equal(await page.locator("g.node.found, g.badge").count(), 0);
    assert.equal(await page.locator("svg.topology").count(), 1);
    await panel.draw(snapshotOf(shop()));
    assert.equal(await page.locator("g.node.found").count(), 3);
    await panel.draw(snapshotOf(grown()));
    assert.notEqual(await tree(), before);
  } finally {
    await panel.page.close();
  }
});
