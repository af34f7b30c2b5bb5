/** What if an actor of TypeScript crashes: played by its library's rules, in its words, on `examples/typescript_actors`. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { readSources } from "../support/editor-source.ts";
import { listFiles, readText } from "../support/repository.ts";
import { answerCrash } from "./crash-answer.ts";
import { launchPanelBrowser, type PanelBrowser, type PanelPage } from "./open-panel.ts";
import { type Sample, snapshotOf } from "./samples.ts";

let browser: PanelBrowser;
before(async () => {
  browser = await launchPanelBrowser();
});
after(() => browser.close());

function example(): Sample {
  const folder = "examples/typescript_actors/";
  const paths = listFiles(folder).filter((path) => /\.(m?ts|jsonc?)$/.test(path) && !/lock|node_modules/.test(path));
  const { topology } = readSources(Object.fromEntries(paths.map((path) => [path.slice(folder.length), readText(path)]))).snapshot;
  return { topology, findings: [] };
}

interface Told {
  readonly text: string;
  /** Titles of the drawn nodes by what has become of them, in words. */
  readonly fates: Readonly<Record<string, readonly string[]>>;
}

/** Goes through all steps of a crash. */
async function play({ page }: PanelPage): Promise<readonly Told[]> {
  const told: Told[] = [];
  const [, count] = (await page.locator(".crash-count").innerText()).split(" of ");
  for (let at = 0; at < Number(count); at++) {
    if (at > 0) await page.keyboard.press("ArrowRight");
    const fates = await page.evaluate(() => {
      const found: Record<string, string[]> = {};
      for (const node of document.querySelectorAll('g.node[class*="fate-"]')) {
        const words = node.querySelector(".fate text")?.textContent ?? "no word";
        found[words] = [...(found[words] ?? []), node.querySelector(".t")?.textContent ?? ""];
      }
      return found;
    });
    told.push({ text: await page.locator(".crash-text").innerText(), fates });
  }
  return told;
}

const legend = ({ page }: PanelPage) => page.locator(".legend > *").allInnerTexts();

test("each kind of actor by the rules of its library, with a legend of what happens in the drawing alone", async () => {
  const data = example();
  const panel = await browser.open({ reducedMotion: "reduce" });
  const crash = async (title: string): Promise<readonly Told[]> => {
    const own = { has: panel.page.locator(".t", { hasText: new RegExp(`^${title}$`) }) };
    await panel.page.locator("g.node", own).click();
    await panel.page.keyboard.press("c");
    await answerCrash(panel, data);
    await panel.page.locator("g.fate-crashes", own).waitFor();
    return play(panel);
  };
  try {
    await panel.draw(snapshotOf(data));
    const clock = await crash("clock");
    assert.deepEqual(clock.at(-1)?.fates, { crashes: ["clock"], "ends too": ["bar"], stopped: ["order", "brew"] });
    assert.deepEqual(await legend(panel), ["crashes", "stopped by its parent", "ends with the error"]);
    assert.match(await panel.page.locator(".details").innerText(), /by errors, which parents take or end with/);
    assert.deepEqual((await crash("brew")).at(-1)?.fates, { crashes: ["brew"], "takes the error": ["order"] });
    assert.deepEqual(await legend(panel), ["crashes", "takes the error"]);
    assert.deepEqual((await crash("countBeans")).at(-1)?.fates, {
      "starts over": ["countBeans"],
      stopped: ["deliver"],
      "query fails": ["brew"],
    });
    assert.deepEqual(await legend(panel), ["crashes", "its query fails", "stopped with it", "starts over"]);
    const till = await crash("Till");
    assert.deepEqual(
      till.map(({ fates }) => Object.keys(fates).join()),
      ["throws", "throws", "goes on", "starts again"],
    );
    assert.deepEqual(await legend(panel), ["throws an error", "goes on as it was", "starts again when asked"]);
    const payment = await crash("payment");
    assert.deepEqual(payment.at(-1)?.fates, { "runs again": ["payment"] });
    assert.deepEqual(await legend(panel), ["throws an error", "runs again"]);
    assert.doesNotMatch(JSON.stringify([...clock, ...till, ...payment]), /exit|linked|supervis/i);
    assert.deepEqual(panel.troubles, []);
  } finally {
    await panel.page.close();
  }
});

test("a sign is as wide as its words; only what is gone has dashes, whatever its condition was", async () => {
  const data = example();
  const panel = await browser.open({ reducedMotion: "reduce" });
  try {
    const { page } = panel;
    await panel.draw(snapshotOf(data));
    await page.locator("g.node", { hasText: "clock" }).click();
    await page.keyboard.press("c");
    await answerCrash(panel, data);
    await page.locator("g.fate-crashes").waitFor();
    await page.keyboard.press("End");
    const signs = await page.evaluate(() =>
      [...document.querySelectorAll<SVGGElement>("g.fate")].map((sign) => {
        const [pill, words] = [sign.querySelector<SVGRectElement>(".fate-pill"), sign.querySelector("text")];
        const dashes = getComputedStyle(sign.parentElement?.querySelector(".label-container") ?? sign).strokeDasharray;
        const room = (pill?.getBBox().width ?? 0) - (words?.getBBox().x ?? 0) - (words?.getBBox().width ?? 0);
        return { words: words?.textContent ?? "", room, isDashed: dashes !== "none" };
      }),
    );
    assert.deepEqual(
      signs.filter(({ isDashed }) => isDashed).map(({ words }) => words),
      ["ends too", "stopped", "stopped"],
    );
    assert.equal(signs.length, 4);
    for (const { words, room } of signs) assert.ok(room > 6 && room < 11, `${words}: ${room}`);
  } finally {
    await panel.page.close();
  }
});

test("a system of actors has no code that could crash", async () => {
  const panel = await browser.open();
  try {
    await panel.draw(snapshotOf(example()));
    await panel.page.locator("g.node.kind-actor_system").first().click();
    await panel.page.keyboard.press("c");
    assert.equal(await panel.page.locator(".crash-bar").isVisible(), false);
    assert.equal(
      (await panel.sent()).some(({ type }) => type === "crash"),
      false,
    );
  } finally {
    await panel.page.close();
  }
});
