import { findingsSummary, findingsText, plural } from "../present/findings-text.ts";
import { colorStyle, plainStyle } from "../present/terminal-style.ts";
import { treeText } from "../present/tree-text.ts";
import { type AnalyzedFolder, type Command, InputError, proseWidth, textOption } from "./host.ts";
import { problemLines } from "./problem-lines.ts";
import { topologyPage } from "./topology-page.ts";

export const report: Command = {
  name: "report",
  usage: "report [PATH]",
  summary: "print the supervision tree and the findings, and write the tree as an HTML page",
  options: { html: { values: "FILE", summary: "where the page is written (process-topology.html)" } },
  async run(request, host) {
    const folder = await host.analyze(request.argument ?? ".");
    // Somebody looks on, and has named another folder than they think: an empty page would not tell.
    if (folder.summary.files === 0) throw new InputError(`${folder.root} holds no source that can be read. Is it the folder of a project?`);
    const style = host.color ? colorStyle : plainStyle;
    host.out(
      `${treeText(folder.topology, folder.places, { style, width: host.columns, ownModules: folder.ownModules, findings: findingsByModule(folder) })}\n`,
    );
    host.out(findingsText(folder.findings, folder.places, { style, width: proseWidth(host) }));
    host.error(problemLines(folder.problems, host));
    const page = host.resolve(textOption(request, "html") ?? "process-topology.html");
    await host.writeText(page, await topologyPage(folder, host));
    const { definitions, processes, files, bytes, milliseconds } = folder.summary;
    const read = `${plural(files, "file")} (${size(bytes)}) read in ${duration(milliseconds)}`;
    const counted = `${plural(processes, "process")} shown, ${plural(definitions, "process definition")}; ${read}`;
    host.out(`${findingsSummary(folder.findings, style)} ${style.dim(`(${counted})`)}\n`);
    host.out(`The supervision tree as a page: ${style.cyan(page)}\n`);
    return 0;
  },
};

function findingsByModule({ findings }: AnalyzedFolder): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { process } of findings) if (process !== null) counts.set(process, (counts.get(process) ?? 0) + 1);
  return counts;
}

function size(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

function duration(milliseconds: number): string {
  return milliseconds < 1000 ? `${milliseconds} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}
