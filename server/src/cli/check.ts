import { type BaselineEntry, parseBaseline, withoutBaseline, writeBaseline } from "../analysis/baseline.ts";
import type { Finding, Severity } from "../model/finding.ts";
import { findingsJson } from "../present/findings-json.ts";
import { findingsSummary, findingsText, plural } from "../present/findings-text.ts";
import { github } from "../present/github.ts";
import { sarif } from "../present/sarif.ts";
import { colorStyle, plainStyle } from "../present/terminal-style.ts";
import { type AnalyzedFolder, type CliHost, type Command, type CommandRequest, type ExitStatus, InputError, textOption } from "./host.ts";
import { problemLines } from "./problem-lines.ts";

const defaultBaseline = "process-topology-baseline.json";

export const check: Command = {
  name: "check",
  usage: "check [PATH]",
  summary: "report findings",
  options: {
    format: { values: ["text", "json", "sarif", "github"], summary: "how findings are printed (text)" },
    "fail-on": { values: ["error", "warning", "info", "never"], summary: "the least severity that gives exit status 1 (warning)" },
    baseline: { values: "FILE", summary: "leave out the findings that FILE knows" },
    "write-baseline": { values: null, summary: `write all findings to the baseline file (${defaultBaseline} in PATH)` },
  },
  async run(request, host) {
    const path = request.argument ?? ".";
    const known = request.options["write-baseline"] === true ? [] : await readBaseline(request, host);
    const folder = await host.analyze(path, "findings");
    if (request.options["write-baseline"] === true) {
      const file = textOption(request, "baseline") ?? host.resolve(path, defaultBaseline);
      await host.writeText(file, writeBaseline(folder.findings));
      host.error(`${plural(folder.findings.length, "finding")} written to ${file}\n`);
      return 0;
    }
    const findings = withoutBaseline(folder.findings, known);
    host.out(print(textOption(request, "format") ?? "text", findings, folder, host));
    host.error(problemLines(folder.problems, host));
    return exitStatus(findings, textOption(request, "fail-on") ?? "warning");
  },
};

async function readBaseline(request: CommandRequest, host: CliHost): Promise<readonly BaselineEntry[]> {
  const file = textOption(request, "baseline");
  if (file === undefined) return [];
  const entries = parseBaseline(await host.readText(file));
  if (typeof entries === "string") throw new InputError(`${file} ${entries}`);
  return entries;
}

function print(format: string, findings: readonly Finding[], folder: AnalyzedFolder, host: CliHost): string {
  const { places, summary, rules } = folder;
  switch (format) {
    case "json":
      return `${JSON.stringify(findingsJson(findings, places, summary, folder.print), null, 2)}\n`;
    case "sarif":
      return `${JSON.stringify(sarif(findings, places, { version: host.version, rules }), null, 2)}\n`;
    case "github":
      return github(findings, places);
    default: {
      const style = host.color ? colorStyle : plainStyle;
      const known = folder.findings.length - findings.length;
      const text = findingsText(findings, places, { style, width: Math.min(host.columns, 120) });
      const read = `${plural(summary.definitions, "process definition")} in ${plural(summary.files, "file")}, ${summary.milliseconds} ms`;
      const left = known === 0 ? "" : `; ${plural(known, "known finding")} left out`;
      return `${text}${findingsSummary(findings, style)} ${style.dim(`(${read}${left})`)}\n`;
    }
  }
}

function exitStatus(findings: readonly Finding[], failOn: string): ExitStatus {
  const order: readonly Severity[] = ["hint", "info", "warning", "error"];
  const least = order.indexOf(failOn as Severity);
  return least >= 0 && findings.some(({ severity }) => order.indexOf(severity) >= least) ? 1 : 0;
}
