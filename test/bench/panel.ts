/**
 * Times the panel's page: how long a drawing takes, first and again. Prints a table; asserts nothing.
 *
 *   npx esbuild test/bench/panel.ts --bundle --platform=node --format=esm --external:playwright-core --outfile=out/bench/panel.mjs && node out/bench/panel.mjs
 */
import { launchPanelBrowser } from "../webview/open-panel.ts";
import { generated, type Sample, shop, small, snapshotOf } from "../webview/samples.ts";

const browser = await launchPanelBrowser();
const rows: Record<string, string | number>[] = [];
try {
  const samples: [string, Sample][] = [
    ["small", small()],
    ["shop", shop()],
    ["100 processes", generated(100)],
    ["1,000 processes", generated(1000)],
    ["10,000 processes", generated(10_000)],
  ];
  for (const [name, sample] of samples) {
    const snapshot = snapshotOf(sample);
    const panel = await browser.open({ width: 1400, height: 900 });
    for (let i = 0; i < 8; i++) await panel.draw(snapshot);
    const times = await panel.page.evaluate(() => performance.getEntriesByName("panel:draw", "measure").map(({ duration }) => duration));
    const nodes = await panel.page.locator("g.node").count();
    const again = times.slice(1).sort((a, b) => a - b);
    const json = JSON.stringify(snapshot).length;
    rows.push({
      name,
      nodes,
      "first ms": Math.round(times[0] ?? 0),
      "again ms (median)": Math.round(again[again.length >> 1] ?? 0),
      "snapshot KB": Math.round(json / 1024),
    });
    await panel.page.close();
  }
} finally {
  await browser.close();
}
console.table(rows);
