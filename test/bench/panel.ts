/**
 * Times the panel's page: how long a drawing takes, first and again. Prints a table; asserts nothing. Beside the time on the clock it tells
 * what the page's thread itself has worked, which other work of the machine does not lengthen.
 *
 *   npm run bench -- panel [SAMPLE…]
 */
import { type PanelSnapshot, panelVersion } from "../../server/src/protocol/panel.ts";
import { launchPanelBrowser } from "../webview/open-panel.ts";
import { type Sample, shop, small, snapshotOf } from "../webview/samples.ts";
import { sequenceSample, startsSample } from "../webview/sequence-sample.ts";
import { talking } from "../webview/talking-sample.ts";

const views = ["supervision", "messages", "sequence", "around"] as const;
/** Names of samples may be given as arguments; else all are drawn. */
const wanted = process.argv.slice(2);
/** A budget of nodes is drawn of the large ones, so that few repetitions tell as much. */
const repetitions = 4;

const browser = await launchPanelBrowser();
const rows: Record<string, string | number>[] = [];
try {
  const samples: [string, () => Sample][] = [
    ["small", small],
    ["shop", shop],
    ["60", () => talking(60)],
    ["1000", () => talking(1000)],
    ["10000", () => talking(10_000)],
  ];
  for (const [name, make] of samples.filter(([name]) => wanted.length === 0 || wanted.includes(name))) {
    const snapshot = snapshotOf(make());
    const json = JSON.stringify(snapshot).length;
    for (const view of views) {
      const panel = await browser.open({ width: 1400, height: 900, state: { version: 2, view, hops: 2 } });
      await panel.draw(snapshot);
      const sequence = sequenceSample();
      await panel.send({ type: "sequence-starts", version: panelVersion, starts: startsSample() });
      await panel.send({ type: "sequence", version: panelVersion, start: sequence.start, steps: 60, sequence });
      const session = await panel.page.context().newCDPSession(panel.page);
      await session.send("Performance.enable", { timeDomain: "threadTicks" });
      const worked = async (): Promise<number> => {
        const { metrics } = await session.send("Performance.getMetrics");
        return 1000 * (metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN);
      };
      const own: number[] = [];
      for (let i = 0; i < repetitions; i++) {
        // Most edits leave the tree as it was, which costs little: here it is another one each time.
        const before = await worked();
        await panel.draw(withAnother(snapshot, i));
        own.push((await worked()) - before);
      }
      own.sort((a, b) => a - b);
      const times = await panel.page.evaluate(() => performance.getEntriesByName("panel:draw", "measure").map(({ duration }) => duration));
      const again = times.slice(1).sort((a, b) => a - b);
      rows.push({
        name,
        view,
        drawn: await panel.page.locator("svg.topology [data-key]:is(g)").count(),
        "first ms": Math.round(times[0] ?? 0),
        "again ms (median)": Math.round(again[again.length >> 1] ?? 0),
        "again, own work": Math.round(own[own.length >> 1] ?? 0),
        "snapshot KB": Math.round(json / 1024),
      });
      await panel.page.close();
    }
  }
} finally {
  await browser.close();
}
console.table(rows);

/** The same snapshot with other names at its top. */
function withAnother(snapshot: PanelSnapshot, index: number): PanelSnapshot {
  const title = `${snapshot.title} ${index % 2}`;
  return { ...snapshot, title, roots: snapshot.roots.map((root) => ({ ...root, title: `${root.title}${index % 2}` })) };
}
