import { topologyJson } from "../present/topology-json.ts";
import { topologyMermaid } from "../present/topology-mermaid.ts";
import { type Command, textOption } from "./host.ts";

export const topology: Command = {
  name: "topology",
  usage: "topology [PATH]",
  summary: "show processes, messages and the contexts that code runs in",
  options: { format: { values: ["json", "mermaid"], summary: "how it is printed (json)" } },
  async run(request, host) {
    const folder = await host.analyze(request.argument ?? ".");
    if (textOption(request, "format") === "mermaid") host.out(topologyMermaid(folder.topology, folder.print));
    else host.out(`${JSON.stringify(topologyJson(folder.topology, folder.places, folder.print), null, 2)}\n`);
    return 0;
  },
};
