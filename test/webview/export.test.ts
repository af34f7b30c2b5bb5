/** The exported Mermaid text draws with all of Mermaid, as on GitHub, and with its labels as text. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import { treeToMermaid } from "../../server/src/present/mermaid.ts";
import type { PanelSnapshot } from "../../server/src/protocol/panel.ts";
import { inRepository } from "../support/paths.ts";
import { hostile, hostileSnapshot } from "./hostile-labels.ts";
import { launchPanelBrowser, type PanelBrowser } from "./open-panel.ts";
import { generated, shop, snapshotOf } from "./samples.ts";

let browser: PanelBrowser;
let page: Page;
before(async () => {
  browser = await launchPanelBrowser();
  page = (await browser.open()).page;
  await page.goto("about:blank");
  await page.addScriptTag({ path: inRepository("node_modules", "mermaid", "dist", "mermaid.min.js") });
});
after(() => browser.close());

/** Texts of the nodes that Mermaid draws, without marks that are not seen. */
async function draw(snapshot: PanelSnapshot, htmlLabels: boolean): Promise<string[]> {
  const labels = await page.evaluate(
    async ([text, html]) => {
      const { mermaid } = globalThis as unknown as {
        mermaid: { initialize(config: object): void; render(id: string, text: string): Promise<{ svg: string }> };
      };
      mermaid.initialize({ startOnLoad: false, securityLevel: "strict", htmlLabels: html, flowchart: { htmlLabels: html } });
      const { svg } = await mermaid.render(`export${Math.random().toString(36).slice(2)}`, text);
      document.body.innerHTML = svg;
      if (document.querySelector("svg img, svg script, svg a, svg image") !== null) throw new Error("markup in a label");
      return [...document.querySelectorAll("g.node")].map(({ textContent }) => textContent ?? "");
    },
    [treeToMermaid(snapshot), htmlLabels] as const,
  );
  return labels.map(unmarked);
}

const unmarked = (text: string) => text.replace(/[\p{Cc}\p{Cf}\p{Cs}\ufffd\s]/gu, "");

for (const htmlLabels of [true, false]) {
  test(`a shop draws (${htmlLabels ? "HTML" : "SVG"} labels)`, async () => {
    const labels = await draw(snapshotOf(shop()), htmlLabels);
    assert.equal(labels.length, 31);
    assert.ok(labels.includes(unmarked("Inventory.Server GenServer · 42 callers ⚠ 1 finding")), labels.join("\n"));
    assert.ok(labels.includes(unmarked("Inventory.Supervisor rest_for_one · 10 in 60 s")), labels.join("\n"));
  });

  test(`hostile labels are text (${htmlLabels ? "HTML" : "SVG"} labels)`, async () => {
    const labels = await draw(hostileSnapshot(), htmlLabels);
    assert.ok(labels.length > hostile.length);
    // Mermaid's SVG labels show an ampersand as `&amp;`: ugly, and still text.
    const readable = hostile.filter((label) => htmlLabels || !label.includes("&"));
    for (const text of readable.filter((label) => label.length < 60 && unmarked(label) !== "")) {
      assert.ok(
        labels.some((label) => label.includes(unmarked(text))),
        `${text} in ${labels.join("\n")}`,
      );
    }
  });
}

test("a folded tree of five thousand draws", async () => {
  const labels = await draw(snapshotOf(generated(5000)), true);
  assert.ok(labels.length > 100 && labels.length <= 250);
});
