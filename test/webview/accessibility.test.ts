/** axe-core on the real page, under its real policy: each state of it, in each of VS Code's four themes. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import type { AxeResults } from "axe-core";
import { panelVersion } from "../../server/src/protocol/panel.ts";
import { inRepository } from "../support/paths.ts";
import { answerCrash } from "./crash-answer.ts";
import { launchPanelBrowser, type PanelBrowser, type PanelPage } from "./open-panel.ts";
import { sample, shop, snapshotOf } from "./samples.ts";
import { platform } from "./talking-sample.ts";

let browser: PanelBrowser;
const axe = readFileSync(inRepository("node_modules", "axe-core", "axe.min.js"), "utf8");
before(async () => {
  browser = await launchPanelBrowser();
});
after(() => browser.close());

const themes = ["vscode-dark", "vscode-light", "vscode-high-contrast", "vscode-high-contrast vscode-high-contrast-light"] as const;

/** What the page is brought to before it is looked at. */
const states: Readonly<Record<string, (panel: PanelPage) => Promise<void>>> = {
  loading: (panel) => panel.send({ type: "loading", version: panelVersion, detail: "12 of 340 files" }),
  failed: (panel) => panel.send({ type: "failed", version: panelVersion, message: "The language server stopped." }),
  empty: (panel) => panel.draw(snapshotOf(sample([{ name: "schemas", root: null }]), "schemas")),
  tree: (panel) => panel.draw(snapshotOf(shop())),
  "a process selected": async (panel) => {
    await panel.draw(snapshotOf(shop()));
    await panel.page.locator(".t", { hasText: "Inventory.Server" }).click();
  },
  messages: async (panel) => {
    await panel.draw(snapshotOf(shop()));
    await panel.page.keyboard.press("2");
    await panel.page.locator("svg.messages").waitFor();
    await panel.page.locator("g.node", { hasText: "CatalogController" }).click();
  },
  "an open application": async (panel) => {
    await panel.draw(snapshotOf(platform(), "platform"));
    await panel.page.keyboard.press("Escape");
    await panel.page.locator("g.node", { hasText: "catalog" }).locator(".t").dblclick();
    await panel.page.getByRole("button", { name: "catalog, open, Space closes it" }).waitFor();
  },
  "what if it crashes": async (panel) => {
    await panel.draw(snapshotOf(shop()));
    await panel.page.keyboard.press("1");
    await panel.page.locator("g.node", { hasText: "Inventory.Cache" }).click();
    await panel.page.keyboard.press("c");
    await answerCrash(panel, shop());
    await panel.page.locator("g.fate-crashes").waitFor();
    for (let step = 0; step < 3; step++) await panel.page.keyboard.press("ArrowRight");
  },
  "the export menu": async (panel) => {
    await panel.page.getByRole("button", { name: "Export" }).click();
  },
  "the filter": async (panel) => {
    await panel.page.keyboard.press("Escape");
    await panel.page.keyboard.press("f");
    await panel.page.keyboard.press("Space");
  },
  search: async (panel) => {
    await panel.page.keyboard.press("Escape");
    await panel.page.keyboard.press("1");
    await panel.draw(snapshotOf(shop()));
    await panel.page.keyboard.press("/");
    await panel.page.keyboard.type("Cart");
  },
};

/**
 * One rule is replaced by one of our own: axe-core takes the counts on badges and fold markers, and the tooltip, for parts of the visible label,
 * which the accessible name would have to repeat word for word. Each name begins with the title that is seen.
 */
const ownRule = "label-content-name-mismatch";

async function namesThatDiffer({ page }: PanelPage): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll("g.node[aria-label]")].flatMap((node) => {
      const [seen, name] = [node.querySelector(".t")?.textContent ?? "", node.getAttribute("aria-label") ?? ""];
      return name.startsWith(seen.replace(/…$/, "")) ? [] : [`${seen} is called ${name}`];
    }),
  );
}

/** Findings of axe-core that are serious or critical: the rule, the first element, how many there are. */
async function seriousIn(panel: PanelPage): Promise<string[]> {
  await panel.page.evaluate(axe);
  const results = (await panel.page.evaluate(() =>
    (globalThis as unknown as { axe: { run(): Promise<unknown> } }).axe.run(),
  )) as AxeResults;
  assert.ok(results.passes.length > 5, "axe-core ran");
  return results.violations
    .filter(({ id, impact }) => id !== ownRule && (impact === "serious" || impact === "critical"))
    .map(({ id, nodes }) => `${id} × ${nodes.length}: ${nodes[0]?.html.slice(0, 200)} ${nodes[0]?.failureSummary}`);
}

for (const theme of themes) {
  test(`${theme.split(" ").at(-1)}: no serious finding in any state`, async () => {
    const panel = await browser.open({ theme });
    try {
      for (const [state, bring] of Object.entries(states)) {
        await bring(panel);
        await panel.page.waitForTimeout(200);
        assert.deepEqual(await seriousIn(panel), [], state);
        assert.deepEqual(await namesThatDiffer(panel), [], state);
      }
      assert.deepEqual(panel.troubles, []);
    } finally {
      await panel.page.close();
    }
  });
}
