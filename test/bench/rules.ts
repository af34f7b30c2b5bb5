// What each rule costs in a cold check with every rule on, those in preview among them, as a share of the whole from the first file on.
//   npm run bench -- rules FOLDER… [--runs N]      Prints the dearest of each folder, medians; asserts nothing.
import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";
import { analyzeFolder } from "../../server/src/analysis/analyze-folder.ts";
import { engine } from "../../server/src/analysis/engine.ts";
import { defaultSettings } from "../../server/src/analysis/settings.ts";
import { folderOnDisk } from "../../server/src/platform/files-node.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: "string", default: "5" }, once: { type: "boolean", default: false } },
});

type Times = Readonly<Record<string, number>>;

/** Milliseconds of each rule, and of everything as `whole`, in this process. */
async function timeRules(folder: string): Promise<Times> {
  const times: Record<string, number> = {};
  const rules = engine.rules.map((rule): (typeof engine.rules)[number] => ({
    ...rule,
    check(context) {
      const start = performance.now();
      const findings = rule.check(context);
      times[rule.meta.id] = performance.now() - start;
      return findings;
    },
  }));
  const settings = { ...defaultSettings, rules: Object.fromEntries(rules.map(({ meta }) => [meta.id, meta.severity])) };
  const start = performance.now();
  await analyzeFolder(folderOnDisk(folder), { engine: { ...engine, rules }, purpose: "findings", settings });
  return { ...times, whole: performance.now() - start };
}

const median = (numbers: readonly number[]): number => [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? 0;

function compare(folder: string, runs: number): void {
  const found: Times[] = [];
  for (let run = 0; run < runs; run++) {
    const ran = spawnSync(process.execPath, [process.argv[1] ?? "", "--once", folder], { encoding: "utf8" });
    if (ran.status !== 0) throw new Error(ran.stderr);
    found.push(JSON.parse(ran.stdout) as Times);
  }
  const times = Object.keys(found[0] ?? {}).map((name) => ({ name, ms: median(found.map((one) => one[name] ?? 0)) }));
  const whole = times.find(({ name }) => name === "whole")?.ms ?? 0;
  const rules = times.filter(({ name }) => name !== "whole").sort((a, b) => b.ms - a.ms);
  const row = (name: string, ms: number) => ({ rule: name, ms: Math.round(ms), "% of the whole": ((100 * ms) / whole).toFixed(1) });
  const sum = rules.reduce((all, { ms }) => all + ms, 0);
  console.log(`\n${folder}: ${Math.round(whole)} ms, median of ${runs} runs`);
  console.table([...rules.slice(0, 5).map(({ name, ms }) => row(name, ms)), row(`all ${rules.length}`, sum)]);
}

if (values.once) console.log(JSON.stringify(await timeRules(positionals[0] ?? ".")));
else for (const folder of positionals) compare(folder, Number(values.runs));
