import type { Place, Topology } from "../model/topology.ts";
import { type ExplainTextOptions, explainFunctions, explainProcess } from "../present/explain-text.ts";
import type { Places } from "../present/places.ts";
import { colorStyle, plainStyle } from "../present/terminal-style.ts";
import { indexTopology } from "../present/topology-index.ts";
import { type AnalyzedFolder, type Command, InputError, listed, pathAdvice, proseWidth, textOption, UsageError } from "./host.ts";
import { lastAbove } from "./last-above.ts";

export const explain: Command = {
  name: "explain",
  usage: "explain TARGET",
  summary: "why is this a process: reasons, costs, evidence (TARGET is a module, or file:line)",
  options: { in: { values: "PATH", summary: "the folder to read (.); FILE of file:line is relative to it" } },
  async run(request, host) {
    const target = request.argument;
    if (target === undefined) throw new UsageError("explain needs a TARGET: a module, or file:line");
    const folder = await host.analyze(textOption(request, "in") ?? ".");
    host.out(explainTarget(target, folder, { style: host.color ? colorStyle : plainStyle, width: proseWidth(host) }));
    return 0;
  },
};

function explainTarget(target: string, folder: AnalyzedFolder, options: ExplainTextOptions): string {
  const at = /^(.+):(\d+)$/.exec(target);
  const module = at === null ? moduleNamed(target, folder) : moduleAt(at[1] ?? "", Number(at[2]), folder);
  const definition = module === undefined ? undefined : folder.topology.definitions.get(module);
  if (definition !== undefined) return explainProcess(definition, folder, options);
  const functions = [...folder.topology.functions.values()].filter((fn) => fn.module === module);
  if (functions.length === 0) throw new InputError(at === null ? whyUnknown(target, folder) : `there is no module at ${target}`);
  return explainFunctions(functions, folder, options);
}

/** A process of the tree may run a library's code alone (a Repo, a Finch pool): then there is nothing to explain. */
function whyUnknown(name: string, { topology, places }: AnalyzedFolder): string {
  const started = indexTopology(topology).nodes.find(({ node }) => node.module === name || node.name?.value === name);
  if (started === undefined) return `there is no module ${name}${pathAdvice(name)}`;
  const { file, line } = places.locate(started.node.place);
  return `${name} runs the code of a library alone, and is started at ${file}:${line}: there is nothing to explain`;
}

/** The BEAM atom of the module of that name, as its language prints it or as the atom itself, or of the only one whose name ends so. */
function moduleNamed(name: string, { topology, places, print }: AnalyzedFolder): string | undefined {
  const modules = [...new Set([...topology.definitions.keys(), ...[...topology.functions.values()].map(({ module }) => module)])];
  const exact = modules.filter((module) => module === name || print(module) === name);
  if (exact.length > 1) throw new InputError(`${name} is a module of several projects: ${listed(placesIn(exact, topology, places))}`);
  if (exact[0] !== undefined) return exact[0];
  const ending = modules.filter((module) => print(module).endsWith(`.${name}`));
  if (ending.length > 1) throw new InputError(`${name} may be ${ending.map(print).sort().join(" or ")}`);
  return ending[0];
}

/** `explain` takes these as well. */
function placesIn(modules: readonly string[], { definitions, functions }: Topology, places: Places): string[] {
  const placeOf = (module: string): Place | undefined =>
    definitions.get(module)?.place ?? [...functions.values()].find((fn) => fn.module === module)?.place;
  return modules.flatMap((module) => {
    const place = placeOf(module);
    if (place === undefined) return [];
    const { file, line } = places.locate(place);
    return [`${file}:${line}`];
  });
}

/** The module whose last definition at or above a line is nearest to it. */
function moduleAt(file: string, line: number, { topology, places }: AnalyzedFolder): string | undefined {
  const owners = new Map(
    [...topology.definitions.values()].flatMap(({ module, callbacks }) => callbacks.map(({ fn }) => [fn, module] as const)),
  );
  // A function that an actor takes messages by may stand in another module than the actor's.
  const all = [
    ...topology.definitions.values(),
    ...[...topology.functions.values()].map(({ key, module, place }) => ({ module: owners.get(key) ?? module, place })),
  ];
  return lastAbove(all, file, line, places)?.module;
}
