import { functionName } from "../model/function-name.ts";
import type { FunctionNode } from "../model/topology.ts";
import { buildSequence } from "../present/sequence.ts";
import { sequenceStarts } from "../present/sequence-starts.ts";
import { sequenceText } from "../protocol/sequence-text.ts";
import { type AnalyzedFolder, type Command, InputError, listed, pathAdvice, textOption } from "./host.ts";
import { lastAbove } from "./last-above.ts";
import { resolvePanelPlace } from "./topology-page.ts";

export const sequence: Command = {
  name: "sequence",
  usage: "sequence [TARGET]",
  summary:
    "follow a function across processes, as a sequence diagram (TARGET is Module.function/arity, or file:line; without one: list what there is)",
  options: {
    in: { values: "PATH", summary: "the folder to read (.)" },
    format: { values: ["mermaid", "json"], summary: "how it is printed (mermaid)" },
  },
  async run(request, host) {
    const folder = await host.analyze(textOption(request, "in") ?? ".");
    const json = textOption(request, "format") === "json";
    if (request.argument === undefined) {
      const starts = sequenceStarts(folder);
      if (json) host.out(`${JSON.stringify({ schema: "process-topology/sequences@1", starts }, null, 2)}\n`);
      else
        host.out(starts.map(({ title, detail }) => `${title}  (${detail})\n`).join("") || "No function that sends a message was found.\n");
      return 0;
    }
    const found = buildSequence(startNamed(request.argument, folder), {
      ...folder,
      resolve: (place) => resolvePanelPlace(place, folder.places),
    });
    if (found === null) throw new InputError(`there is no function ${request.argument}${pathAdvice(request.argument)}`);
    host.out(json ? `${JSON.stringify({ schema: "process-topology/sequence@1", ...found }, null, 2)}\n` : sequenceText(found));
    return 0;
  },
};

/**
 * The key of the function of that name, as its language prints it, or of its clause (`#2`, from 1), or of the function that stands at a line of a file; else
 * the text itself. The arity, and the file of a function of TypeScript, may be left out where there is one function of the name.
 */
function startNamed(target: string, { topology, places, print }: AnalyzedFolder): string {
  const at = /^(.+):(\d+)$/.exec(target);
  const standing = at === null ? undefined : lastAbove(topology.functions.values(), at[1] ?? "", Number(at[2]), places);
  if (standing !== undefined) return standing.key;
  const [, wanted = target, clause] = /^(.*?)(?:#(\d+))?$/.exec(target) ?? [];
  const nameOf = (one: FunctionNode): string => functionName(topology.language, print(one.module), one);
  const all = [...topology.functions.values()];
  const names = new Set(all.map(nameOf).filter((name) => name === wanted || name.replace(/\/\d+$| \(.*\)$/, "") === wanted));
  if (names.size > 1) throw new InputError(`several functions are called ${wanted}: ${listed([...names])}`);
  const [name = wanted] = names;
  const named = all.filter((one) => nameOf(one) === name);
  const modules = new Map(named.map((one) => [one.module, one] as const));
  if (modules.size > 1)
    throw new InputError(`${name} is a function of several projects: ${listed([...modules.values()].map(({ key }) => `"${key}"`))}`);
  const [fn] = named;
  if (fn === undefined) return target;
  return clause === undefined ? fn.key : `${fn.key}#${Number(clause) - 1}`;
}
