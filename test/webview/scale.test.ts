/** From twenty to five thousand processes: every view draws, folds rather than fails, and counts right. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { isProcess } from "../../client/webview/model.ts";
import { type PanelNode, type PanelSnapshot, panelVersion } from "../../server/src/protocol/panel.ts";
import type { Sequence } from "../../server/src/protocol/sequence.ts";
import { launchPanelBrowser, type PanelBrowser, type PanelPage } from "./open-panel.ts";
import { snapshotOf } from "./samples.ts";
import { sequenceSample, startsSample } from "./sequence-sample.ts";
import { talking } from "./talking-sample.ts";

let browser: PanelBrowser;
before(async () => {
  browser = await launchPanelBrowser();
});
after(() => browser.close());

/** Nodes that are drawn at first, rests of applications on top. */
const budget = 60;

function nodesOf({ roots }: PanelSnapshot): PanelNode[] {
  const nodes = [...roots];
  for (const node of nodes) nodes.push(...node.children);
  return nodes;
}

/** `12 of 345 shown` in numbers; null where nothing is folded. */
async function shown({ page }: PanelPage): Promise<readonly [drawn: number, total: number] | null> {
  const folded = page.locator(".status .folded");
  if ((await folded.count()) === 0) return null;
  const [, drawn = "", total = ""] = /^([\d,]+) of ([\d,]+)/.exec(await folded.innerText()) ?? [];
  return [Number(drawn.replaceAll(",", "")), Number(total.replaceAll(",", ""))];
}

async function showView(panel: PanelPage, key: string, drawing: string): Promise<number> {
  await panel.page.keyboard.press(key);
  await panel.page.locator(drawing).waitFor({ timeout: 60_000 });
  return panel.page.locator("svg.topology g.node").count();
}

/** As many steps as asked for, between two lifelines, and the rest counted. */
function longSequence(steps: number, room: number): Sequence {
  const { lifelines, ...rest } = sequenceSample();
  const step = {
    kind: "cast",
    at: 0,
    to: 1,
    fn: "Shop.Orders.order/1",
    place: null,
    text: ":go",
    handler: null,
    via: [],
    certainty: "certain",
  } as const;
  const drawn = Math.min(steps, room);
  return { ...rest, lifelines: lifelines.slice(0, 2), steps: Array.from({ length: drawn }, () => step), more: steps - drawn };
}

for (const count of [20, 200, 2000, 5000]) {
  test(`${count} processes are drawn in every view`, async () => {
    const snapshot = snapshotOf(talking(count), "platform");
    const all = nodesOf(snapshot);
    const panel = await browser.open();
    try {
      await panel.draw(snapshot);
      const { page } = panel;
      const processes = all.filter(isProcess).length;
      assert.equal(processes, count);
      assert.match(await page.locator(".status").innerText(), new RegExp(`^${processes.toLocaleString("en-US")} processes`));
      const tree = await page.locator("svg.topology g.node").count();
      const ofTree = await shown(panel);
      assert.ok(tree <= budget && tree >= Math.min(8, all.length), `${tree} nodes`);
      assert.equal(ofTree?.[1] ?? all.length, all.length);
      assert.equal(ofTree?.[0] ?? all.length, await page.locator("svg.topology g.node.form-node").count());
      if (count > 60) assert.ok(ofTree !== null, "what is folded is counted");

      const messages = await showView(panel, "2", "svg.messages");
      const ofMessages = await shown(panel);
      assert.ok(messages > 1 && messages <= budget + snapshot.roots.length + 1, `${messages} participants`);
      assert.equal(ofMessages?.[1] ?? snapshot.participants.length, snapshot.participants.length);

      await page.keyboard.press("3");
      await panel.send({ type: "sequence-starts", version: panelVersion, starts: startsSample() });
      const sequence = longSequence(count, budget);
      await panel.send({ type: "sequence", version: panelVersion, start: sequence.start, steps: budget, sequence });
      await page.locator("svg.sequence").waitFor({ timeout: 60_000 });
      assert.deepEqual(await shown(panel), count <= budget ? null : [budget, count]);

      const around = await showView(panel, "4", "g.node.center");
      assert.ok(around > 1 && around <= budget + snapshot.roots.length + 1, `${around} around`);
      assert.deepEqual(panel.troubles, []);
    } finally {
      await panel.page.close();
    }
  });
}
