import { type BaselineEntry, parseBaseline, withoutBaseline, writeBaseline } from "../analysis/baseline.ts";
import { compareFindings } from "../analysis/finding-changes.ts";
import type { Finding, Severity } from "../model/finding.ts";
import { plural } from "../present/findings-text.ts";
import { compareTrees } from "../present/tree-changes.ts";
import { type Checked, checkFormats, checkMarkdownText, checkSarif, printCheck } from "./check-output.ts";
import {
  type AnalyzedFolder,
  type CliHost,
  type Command,
  type CommandRequest,
  type ExitStatus,
  InputError,
  textOption,
  UsageError,
} from "./host.ts";
import { problemLines } from "./problem-lines.ts";

const defaultBaseline = "process-topology-baseline.json";

export const check: Command = {
  name: "check",
  usage: "check [PATH]",
  summary: "report findings",
  options: {
    format: { values: checkFormats, summary: "how findings are printed (text)" },
    "fail-on": { values: ["error", "warning", "info", "never"], summary: "the least severity that gives exit status 1 (warning)" },
    changed: { values: null, summary: "only what changed since the base brings, with Git" },
    base: { values: "REV", summary: "what changes are counted from: where REV and HEAD parted (HEAD); implies --changed" },
    baseline: { values: "FILE", summary: "leave out the findings that FILE knows" },
    "write-baseline": { values: null, summary: `write all findings to the baseline file (the project's, else ${defaultBaseline} in PATH)` },
    sarif: { values: "FILE", summary: "write findings as SARIF, too" },
    markdown: { values: "FILE", summary: "write a summary in Markdown, too" },
    links: { values: "URL", summary: "what paths are appended to for links to the source, in Markdown" },
  },
  async run(request, host) {
    if (request.options["write-baseline"] === true) return writeKnown(request, host);
    const checked = await checkFolder(request, host);
    const { findings } = checked;
    host.out(printCheck(textOption(request, "format") ?? "text", checked, host, textOption(request, "links")));
    const [sarif, markdown] = [textOption(request, "sarif"), textOption(request, "markdown")];
    if (sarif !== undefined) await host.writeText(sarif, checkSarif(checked, host));
    if (markdown !== undefined) await host.writeText(markdown, checkMarkdownText(checked, host, textOption(request, "links")));
    host.error(problemLines(checked.folder.problems, host));
    // No findings in another folder than was meant would look like success.
    if (checked.folder.summary.files === 0) host.error(`note: ${checked.folder.root} holds no source that can be read\n`);
    return exitStatus(findings, textOption(request, "fail-on") ?? "warning");
  },
};

async function writeKnown(request: CommandRequest, host: CliHost): Promise<ExitStatus> {
  if (revisionOf(request) !== undefined)
    throw new UsageError("check: a baseline holds all findings, so --write-baseline takes no --changed");
  const path = request.argument ?? ".";
  const folder = await host.analyze(path, "findings");
  const file = textOption(request, "baseline") ?? host.resolve(path, folder.baseline || defaultBaseline);
  await host.writeText(file, writeBaseline(folder.findings));
  host.error(`${plural(folder.findings.length, "finding")} written to ${file}\n`);
  return 0;
}

async function checkFolder(request: CommandRequest, host: CliHost): Promise<Checked> {
  const path = request.argument ?? ".";
  const revision = revisionOf(request);
  if (revision === undefined) {
    const folder = await host.analyze(path, "findings");
    return { folder, findings: withoutBaseline(folder.findings, await readBaseline(request, folder, host)), change: null };
  }
  const { commit, before, after } = await host.analyzeChange(path, revision);
  const { added, fixed } = compareFindings(before.findings, after.findings, (file) => after.places.line(file, 1) === null);
  const versionOf = ({ topology, ownModules }: typeof before) => ({ trees: topology, ownModules });
  const tree = compareTrees(versionOf(before), versionOf(after));
  const change = { revision, commit, before, fixed, fixedPlaces: before.places, tree };
  return { folder: after, findings: withoutBaseline(added, await readBaseline(request, after, host)), change };
}

/** The revision that `--changed` or `--base` names, or undefined for a check of everything. */
function revisionOf(request: CommandRequest): string | undefined {
  return textOption(request, "base") ?? (request.options.changed === true ? "HEAD" : undefined);
}

/** The file that the command line names, else the project's. */
async function readBaseline(request: CommandRequest, folder: AnalyzedFolder, host: CliHost): Promise<readonly BaselineEntry[]> {
  const project = folder.baseline === "" ? undefined : host.resolve(request.argument ?? ".", folder.baseline);
  const file = textOption(request, "baseline") ?? project;
  if (file === undefined) return [];
  const entries = parseBaseline(await host.readText(file));
  if (typeof entries === "string") throw new InputError(`${file} ${entries}`);
  return entries;
}

function exitStatus(findings: readonly Finding[], failOn: string): ExitStatus {
  const order: readonly Severity[] = ["hint", "info", "warning", "error"];
  const least = order.indexOf(failOn as Severity);
  return least >= 0 && findings.some(({ severity }) => order.indexOf(severity) >= least) ? 1 : 0;
}
