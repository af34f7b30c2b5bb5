/** What the page exports: files that need nothing of the page. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type PageMessage, panelVersion } from "../../server/src/protocol/panel.ts";
import { inRepository } from "../support/paths.ts";
import { hostileSnapshot } from "./hostile-labels.ts";
import { launchPanelBrowser, type PanelBrowser, type PanelPage } from "./open-panel.ts";
import { shop, snapshotOf } from "./samples.ts";
import { platform } from "./talking-sample.ts";

let browser: PanelBrowser;
before(async () => {
  browser = await launchPanelBrowser();
});
after(() => browser.close());

type Saved = PageMessage & { readonly type: "save" };

async function choose({ page, sent }: PanelPage, entry: string): Promise<PageMessage> {
  const before = (await sent()).length;
  await page.getByRole("button", { name: "Export" }).click();
  await page.getByRole("menuitem", { name: entry }).click();
  await page.waitForFunction((count) => (globalThis as unknown as { panelSent: unknown[] }).panelSent.length > count, before, {
    timeout: 30_000,
  });
  const last = (await sent()).at(-1);
  assert.ok(last !== undefined && last.type !== "trouble", JSON.stringify(last).slice(0, 500));
  return last;
}

async function withPanel(body: (panel: PanelPage) => Promise<void>, snapshot = snapshotOf(shop())): Promise<void> {
  const panel = await browser.open();
  try {
    await panel.draw(snapshot);
    await body(panel);
    assert.deepEqual(panel.troubles, []);
  } finally {
    await panel.page.close();
  }
}

/** The size of the picture that the SVG draws alone, and what must not be in it. */
async function drawnAlone(panel: PanelPage, svg: string): Promise<{ width: number; height: number; bad: number; texts: string }> {
  return panel.page.evaluate(async (text) => {
    const parsed = new DOMParser().parseFromString(text, "image/svg+xml");
    if (parsed.querySelector("parsererror") !== null) throw new Error(`not well-formed: ${parsed.documentElement.textContent}`);
    const image = new Image();
    image.src = `data:image/svg+xml,${encodeURIComponent(text)}`;
    await image.decode();
    const bad = parsed.querySelectorAll("script, foreignObject, image, a, [onload], [onclick]").length;
    return { width: image.naturalWidth, height: image.naturalHeight, bad, texts: parsed.documentElement.textContent ?? "" };
  }, svg);
}

for (const [key, view, word] of [
  ["1", "supervision", "Inventory.Supervisor"],
  ["2", "messages", "CatalogController"],
] as const) {
  test(`${view}: an SVG that draws alone, a PNG of twice its size, Mermaid text, a Markdown block`, () =>
    withPanel(async (panel) => {
      await panel.page.keyboard.press(key);
      await panel.page.locator(`.tab[aria-selected="true"]`, { hasText: new RegExp(view, "i") }).waitFor();
      await panel.page.locator(view === "messages" ? "svg.messages" : "svg.topology").waitFor();
      const svg = (await choose(panel, "Save as SVG…")) as Saved;
      assert.deepEqual([svg.type, svg.format, svg.name], ["save", "svg", `shop-${view}`]);
      const drawn = await drawnAlone(panel, svg.content);
      assert.ok(drawn.texts.includes(word), drawn.texts);
      assert.equal(drawn.bad, 0);
      assert.doesNotMatch(svg.content, /var\(--/);
      assert.doesNotMatch(drawn.texts, /&#\d+;/, "labels are decoded");
      if (view === "messages") {
        assert.ok(drawn.texts.includes("{:place, order}"), drawn.texts);
        const screen = await panel.page.locator("svg.messages").evaluate((element) => element.clientWidth / element.clientHeight);
        // By the layout of the screen, with labels of another size: not by Mermaid's, which is much wider.
        assert.ok(Math.abs(Math.log(drawn.width / drawn.height / screen)) < 0.5, `${drawn.width}×${drawn.height}, on the screen ${screen}`);
      }
      const png = (await choose(panel, "Save as PNG…")) as Saved;
      const bytes = Buffer.from(png.content, "base64");
      assert.equal(bytes.toString("latin1", 1, 4), "PNG");
      assert.deepEqual([bytes.readUInt32BE(16), bytes.readUInt32BE(20)], [drawn.width * 2, drawn.height * 2]);
      const mermaid = (await choose(panel, "Save as Mermaid text…")) as Saved;
      assert.match(mermaid.content, /^flowchart LR\n/);
      assert.match(mermaid.content, /classDef /);
      const copied = await choose(panel, "Copy Markdown block");
      assert.deepEqual(copied, { type: "copy", text: `\`\`\`mermaid\n${mermaid.content.trimEnd()}\n\`\`\`\n` });
      // The drawing on the page is as it was.
      await panel.page.locator("g.node", { hasText: word }).first().click();
      await panel.page.locator("g.node.selected", { hasText: word }).waitFor();
      await drawsElsewhere(mermaid.content, word);
    }));
}

/** With all of Mermaid, as other places have it. */
async function drawsElsewhere(text: string, word: string): Promise<void> {
  const { page } = await browser.open();
  await page.goto("about:blank");
  await page.addScriptTag({ path: inRepository("node_modules", "mermaid", "dist", "mermaid.min.js") });
  const texts = await page.evaluate(async (source) => {
    const { mermaid } = globalThis as unknown as { mermaid: { render(id: string, text: string): Promise<{ svg: string }> } };
    document.body.innerHTML = (await mermaid.render("elsewhere", source)).svg;
    return document.body.textContent ?? "";
  }, text);
  assert.ok(texts.includes(word), texts);
  await page.close();
}

test("hostile labels are text in an SVG too", () =>
  withPanel(async (panel) => {
    const svg = (await choose(panel, "Save as SVG…")) as Saved;
    assert.equal((await drawnAlone(panel, svg.content)).bad, 0);
  }, hostileSnapshot()));

test("the menu is walked with the keyboard, and Escape gives the focus back", () =>
  withPanel(async ({ page }) => {
    const button = page.getByRole("button", { name: "Export" });
    await button.focus();
    await page.keyboard.press("Enter");
    await page.getByRole("menu", { name: "Export" }).waitFor();
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), "Save as SVG…");
    await page.keyboard.press("ArrowUp");
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), "Copy SVG");
    await page.keyboard.press("Escape");
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("aria-label")), "Export");
    assert.equal(await button.getAttribute("aria-expanded"), "false");
  }));

test("the page as a whole is the host's to write; the host's wish opens the menu", () =>
  withPanel(async (panel) => {
    assert.deepEqual(await choose(panel, "Save as a page (HTML)…"), { type: "save-page" });
    await panel.send({ type: "export", version: panelVersion });
    await panel.page.getByRole("menuitem", { name: "Save as SVG…" }).waitFor();
  }));

test("a page that stands alone downloads", async () => {
  const panel = await browser.openStandalone(snapshotOf(shop()), null);
  try {
    await panel.page.waitForFunction(() => document.body.dataset.drawn !== undefined);
    await panel.page.getByRole("button", { name: "Export" }).click();
    assert.equal(await panel.page.getByRole("menuitem", { name: /page/ }).count(), 0);
    const download = panel.page.waitForEvent("download");
    await panel.page.getByRole("menuitem", { name: "Save as Mermaid text…" }).click();
    assert.equal((await download).suggestedFilename(), "shop-supervision.mmd");
  } finally {
    await panel.page.close();
  }
});

test("of many applications, an export has what is drawn: those that are closed as one, and words for marks", () =>
  withPanel(
    async (panel) => {
      await panel.page.keyboard.press("2");
      await panel.page.locator("svg.messages").waitFor();
      const { content: text } = (await choose(panel, "Save as Mermaid text…")) as Saved;
      assert.match(text, /"catalog<br\/>10 processes<br\/>⚠ 1 finding"/);
      assert.match(text, /-\.->\|"cast ×2"\|/);
      assert.doesNotMatch(text, /Worker/);
      const { content: svg } = (await choose(panel, "Save as SVG…")) as Saved;
      const { texts, bad } = await drawnAlone(panel, svg);
      assert.ok(texts.includes("catalog") && texts.includes("cast ×2") && bad === 0, texts);
      await panel.page.getByRole("button", { name: "Show more" }).click();
      await panel.page.waitForFunction(() => document.querySelectorAll("g.node").length === 73);
      const { content: all } = (await choose(panel, "Save as Mermaid text…")) as Saved;
      assert.equal(all.match(/ · called from outside/g)?.length, 40);
      assert.equal(all.match(/^ {2}N\d+ -/gm)?.length, 80, "lines of hubs are not drawn");
    },
    snapshotOf(platform(), "platform"),
  ));
