/**
 * Times the panel's page: how long a drawing takes, first and again. Prints a table; asserts nothing.
 *
 *   npx esbuild test/bench/panel.ts --bundle --platform=node --format=esm --external:playwright-core --outfile=out/bench/panel.mjs && node out/bench/panel.mjs
 */
import { panelVersion } from "../../server/src/protocol/panel.ts";
import { launchPanelBrowser } from "../webview/open-panel.ts";
import { generated, type Sample, shop, small, snapshotOf } from "../webview/samples.ts";
import { sequenceSample, startsSample } from "../webview/sequence-sample.ts";

const views = ["supervision", "messages", "sequence", "around"] as const;

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
    const json = JSON.stringify(snapshot).length;
    for (const view of views) {
      const panel = await browser.open({ width: 1400, height: 900, state: { version: 2, view, hops: 2 } });
      await panel.draw(snapshot);
      const sequence = sequenceSample();
      await panel.send({ type: "sequence-starts", version: panelVersion, starts: startsSample() });
      await panel.send({ type: "sequence", version: panelVersion, start: sequence.start, steps: 60, sequence });
      for (let i = 0; i < 7; i++) await panel.draw(snapshot);
      const times = await panel.page.evaluate(() => performance.getEntriesByName("panel:draw", "measure").map(({ duration }) => duration));
      const again = times.slice(1).sort((a, b) => a - b);
      rows.push({
        name,
        view,
        drawn: await panel.page.locator("svg.topology [data-key]:is(g)").count(),
        "first ms": Math.round(times[0] ?? 0),
        "again ms (median)": Math.round(again[again.length >> 1] ?? 0),
        "snapshot KB": Math.round(json / 1024),
      });
      await panel.page.close();
    }
  }
} finally {
  await browser.close();
}
console.table(rows);
