import { treeToMermaid } from "../present/mermaid.ts";
import { colorStyle, plainStyle } from "../present/terminal-style.ts";
import { treeDot } from "../present/tree-dot.ts";
import { type Trees, treeJson } from "../present/tree-json.ts";
import { treeText } from "../present/tree-text.ts";
import { type AnalyzedFolder, type CliHost, type Command, type CommandRequest, InputError, textOption } from "./host.ts";
import { problemLines } from "./problem-lines.ts";
import { panelSnapshot, topologyPage } from "./topology-page.ts";

export const tree: Command = {
  name: "tree",
  usage: "tree [PATH]",
  summary: "show the supervision tree",
  options: {
    format: { values: ["text", "json", "mermaid", "dot", "html"], summary: "how it is printed (text)" },
    app: { values: "NAME", summary: "only the application of that name" },
  },
  async run(request, host) {
    const format = textOption(request, "format") ?? "text";
    // The panel, drawn or as a page, shows who calls whom as well.
    const folder = await host.analyze(request.argument ?? ".", format === "mermaid" || format === "html" ? "everything" : "trees");
    const trees = chooseTrees(request, folder);
    host.out(await print(format, trees, folder, request, host));
    host.error(problemLines(folder.problems, host));
    return 0;
  },
};

function chooseTrees(request: CommandRequest, { topology }: AnalyzedFolder): Trees {
  const app = textOption(request, "app");
  if (app === undefined) return topology;
  const applications = topology.applications.filter(({ name }) => name === app);
  if (applications.length > 0) return { language: topology.language, applications, unattached: [] };
  const names = topology.applications.map(({ name }) => name);
  throw new InputError(`there is no application ${app} (${names.length === 0 ? "there is none at all" : `there are ${names.join(", ")}`})`);
}

async function print(format: string, trees: Trees, folder: AnalyzedFolder, request: CommandRequest, host: CliHost): Promise<string> {
  switch (format) {
    case "json":
      return `${JSON.stringify(treeJson(trees, folder.places, folder.problems), null, 2)}\n`;
    case "dot":
      return treeDot(trees, folder.places);
    case "mermaid":
      return treeToMermaid(panelSnapshot(folder, textOption(request, "app")));
    case "html":
      return topologyPage(folder, host, textOption(request, "app"));
    default:
      return treeText(trees, folder.places, {
        style: host.color ? colorStyle : plainStyle,
        width: host.columns,
        ownModules: folder.ownModules,
      });
  }
}
