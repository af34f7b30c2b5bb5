/** Small workspaces from source strings, through the real reader: facts, and the topology that they link to. */
import { resolvePlace } from "../../server/src/analysis/places.ts";
import { languages } from "../../server/src/languages/index.ts";
import { createLinker, type Linker } from "../../server/src/link/link.ts";
import type { FileFacts, FileRole } from "../../server/src/model/facts.ts";
import { bareName } from "../../server/src/model/module-name.ts";
import { finish } from "../../server/src/model/steps.ts";
import type { FunctionNode, Message, ProcessDefinition, Topology } from "../../server/src/model/topology.ts";
import type { Places } from "../../server/src/present/places.ts";
import { isProjectFile } from "../../server/src/text/file-names.ts";

/** Facts by path; files under `test/` are tests, `.exs` files elsewhere scripts (but for `mix.exs`). */
export function readWorkspace(sources: Readonly<Record<string, string>>): Map<string, FileFacts> {
  const files = new Map<string, FileFacts>();
  for (const [path, text] of Object.entries(sources)) {
    const language = languages.find(
      ({ extensions, projectFiles }) =>
        extensions.some((extension) => path.endsWith(extension)) || isProjectFile(path.split("/").at(-1) ?? "", projectFiles),
    );
    if (language === undefined) throw new Error(`no language reads ${path}`);
    files.set(path, language.read({ path, text, role: roleOf(path) }));
  }
  return files;
}

function roleOf(path: string): FileRole {
  if (path.startsWith("deps/")) return "dependency";
  if (path.startsWith("test/")) return "test";
  return path.endsWith(".exs") && !/(^|\/)mix\.exs$/.test(path) ? "script" : "source";
}

export function createTestLinker(): Linker {
  return createLinker({
    purpose: "everything",
    libraries: languages.flatMap(({ libraries }) => libraries),
    models: languages.flatMap(({ models }) => models),
    print: (name, language) => languages.find(({ id }) => id === language)?.printAtom(bareName(name)) ?? name,
  });
}

/** The topology of a workspace of sources in any language; one string stands for `lib/source.ex`. */
export function linkWorkspace(sources: string | Readonly<Record<string, string>>): Topology {
  const files = readWorkspace(typeof sources === "string" ? { "lib/source.ex": sources } : sources);
  const topology = finish(createTestLinker().link(files));
  if (topology === null) throw new Error("the link was cancelled");
  return topology;
}

/** The places of a workspace's files. */
export function placesOf(files: ReadonlyMap<string, FileFacts>, sources: Readonly<Record<string, string>>): Places {
  return {
    locate: ({ file, at }) => resolvePlace(files.get(file)!, at),
    line: (file, line) => sources[file]?.split("\n")[line - 1] ?? null,
  };
}

/** A definition by its module as Elixir writes it. */
export function definitionOf(topology: Topology, module: string): ProcessDefinition {
  const definition = topology.definitions.get(`Elixir.${module}`);
  if (definition === undefined)
    throw new Error(`${module} is no process definition; there are ${[...topology.definitions.keys()].join(", ")}`);
  return definition;
}

/** A function by its key as Elixir writes it: `Cache.get/1`. */
export function functionOf(topology: Topology, key: string): FunctionNode {
  const node = topology.functions.get(`Elixir.${key}`);
  if (node === undefined) throw new Error(`there is no function ${key}; there are ${[...topology.functions.keys()].join(", ")}`);
  return node;
}

/** Messages as text, without `Elixir.`: `Cache.get/1 call :get -> Cache`. */
export function printMessages(messages: readonly Message[]): string[] {
  const plain = (text: string): string => text.replaceAll("Elixir.", "");
  return messages.map(
    ({ from, mode, pattern, to }) => `${plain(from)} ${mode} ${pattern ?? "-"} -> ${to.length === 0 ? "?" : to.map(plain).join(" | ")}`,
  );
}
