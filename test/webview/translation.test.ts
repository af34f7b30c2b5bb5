/** The page in another language: whatever it says by itself comes from the texts that it was given. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { panelVersion } from "../../server/src/protocol/panel.ts";
import { bundle } from "../support/texts.ts";
import { answerCrash } from "./crash-answer.ts";
import { launchPanelBrowser, type PanelBrowser, type PanelPage } from "./open-panel.ts";
import { crashOf, sample, shop, snapshotOf } from "./samples.ts";
import { sequenceSample, startsSample } from "./sequence-sample.ts";

let browser: PanelBrowser;
before(async () => {
  browser = await launchPanelBrowser();
});
after(() => browser.close());

const english = JSON.parse(readFileSync(bundle, "utf8")) as Record<string, string>;
/** Another language: every word begins and ends with a sign of its own. */
const texts = Object.fromEntries(
  Object.keys(english).map((text) => [text, text.replace(/\{\d+\}|[\p{L}’']+/gu, (word) => (word.startsWith("{") ? word : `⟦${word}⟧`))]),
);

/** What is seen or read aloud, and is neither translated nor from the project. */
async function untranslated({ page }: PanelPage, data: readonly string[]): Promise<string[]> {
  const said = await page.evaluate(() => {
    const found: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      if (node instanceof Element) {
        for (const name of ["aria-label", "title", "placeholder"]) found.push(node.getAttribute(name) ?? "");
      } else if (node.parentElement?.closest("script, style, kbd") === null) {
        // A name that may break between its parts is one text all the same.
        const whole = node.parentElement.querySelector(":scope > wbr") === null ? node : node.parentElement;
        found.push(whole.textContent ?? "");
      }
    }
    return found;
  });
  const known = [...data].sort((a, b) => b.length - a.length);
  const rest = (text: string): string => {
    let left = text.replace(/⟦[^⟧]*⟧/g, "");
    for (const one of known) if (left.includes(one)) left = left.replaceAll(one, "");
    return left;
  };
  return [...new Set(said.filter((text) => /\p{L}{2}/u.test(rest(text))))];
}

/** Every string, and the pieces that the page makes of some: what stands between backticks and dots, and the folders of paths. */
function stringsIn(value: unknown): string[] {
  if (typeof value === "string")
    return [value, ...value.split("`"), ...value.split(" · "), ...value.split("/")].filter((part) => part.length > 1);
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}

/** What the host says in words of ours, which the page says in the reader's. */
function isOurs(text: string): boolean {
  return text.split(" · ").some((part) => part in english || /^\d+ callers?$|^\d+ in \d+ s$/.test(part));
}

const sequence = sequenceSample();
/** What OTP, libraries and Mermaid call things. */
const terms = ["call", "cast", "info", "monitor", "link", "alt", "GenServer", "Broadway", "transient", "temporary"];

const states: Readonly<Record<string, (panel: PanelPage) => Promise<void>>> = {
  loading: (panel) => panel.send({ type: "loading", version: panelVersion, detail: "" }),
  failed: (panel) => panel.send({ type: "failed", version: panelVersion, message: "" }),
  empty: (panel) => panel.draw(snapshotOf(sample([{ name: "schemas", root: null }]), "schemas")),
  tree: (panel) => panel.draw(snapshotOf(shop())),
  "a process selected": async ({ page }) => page.locator("g.node", { hasText: "Inventory.Server" }).click(),
  crash: async (panel) => {
    await panel.page.keyboard.press("c");
    await answerCrash(panel, shop());
    await panel.page.locator("g.fate-crashes").waitFor();
  },
  messages: async ({ page }) => {
    await page.keyboard.press("2");
    await page.locator("svg.messages").waitFor();
  },
  "a context": async ({ page }) => page.locator("g.node", { hasText: "CatalogController" }).click(),
  around: async ({ page }) => {
    await page.keyboard.press("4");
    await page.locator(".around-options").waitFor();
    await page.waitForTimeout(500);
  },
  sequence: async (panel) => {
    await panel.page.keyboard.press("3");
    await panel.send({ type: "sequence-starts", version: panelVersion, starts: startsSample() });
    await panel.send({ type: "sequence", version: panelVersion, start: sequence.start, steps: 60, sequence });
    await panel.page.locator("svg.sequence").waitFor();
  },
  "the chooser": async ({ page }) => page.locator(".tool.start").click(),
  "the filter": async ({ page }) => {
    await page.keyboard.press("Escape");
    await page.keyboard.press("f");
    await page.keyboard.press("Space");
  },
};

test("nothing that the page says by itself is in English", async () => {
  const data = shop();
  const known = [
    ...stringsIn(snapshotOf(data)),
    ...stringsIn(snapshotOf(sample([{ name: "schemas", root: null }]), "schemas")),
    ...snapshotOf(data).participants.map(({ key }) => key),
    ...stringsIn(sequence),
    ...stringsIn(startsSample()),
    sequence.title,
    ...snapshotOf(data).roots.flatMap(({ key }) => stringsIn(crashOf(data, `${key}//Shop.Inventory.Supervisor/Shop.Inventory.Server`))),
  ].filter((text) => !isOurs(text));
  known.push(...terms);
  const panel = await browser.open({ language: "xx", texts });
  try {
    for (const [state, bring] of Object.entries(states)) {
      await bring(panel);
      await panel.page.waitForTimeout(200);
      assert.deepEqual(await untranslated(panel, known), [], state);
    }
    assert.equal(await panel.page.evaluate(() => document.documentElement.lang), "xx");
    assert.deepEqual(panel.troubles, []);
  } finally {
    await panel.page.close();
  }
});
