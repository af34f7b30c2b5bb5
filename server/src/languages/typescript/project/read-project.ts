/** What the files of a project say: `wrangler.toml` and its JSON forms, `partykit.json` and its other forms, `package.json`, `tsconfig.json`. */
import type { DeploymentFacts, PackageFacts } from "../../../model/facts.ts";
import type { Builder } from "../../builder.ts";
import { at, type Data, entriesOf, itemsOf, textOf } from "./data.ts";
import { readJson5 } from "./json5.ts";
import { readJsonc } from "./jsonc.ts";
import { readToml } from "./toml.ts";

export interface ReadProject {
  readonly deployment: DeploymentFacts | null;
  readonly packages: PackageFacts | null;
}

/** `name`: of the file, without its folder. */
export function readProject(name: string, text: string, out: Builder): ReadProject {
  if (name.endsWith(".toml")) return { deployment: deploymentOf(readToml(text), out), packages: null };
  if (name === "package.json") return { deployment: null, packages: packageOf(text) };
  // PartyKit reads JSON5, whatever the file is called. Source: https://github.com/partykit/partykit/blob/main/packages/partykit/src/config.ts
  if (name.startsWith("partykit")) return { deployment: partiesOf(readJson5(text), out), packages: null };
  const data = readJsonc(text);
  if (name.startsWith("wrangler")) return { deployment: deploymentOf(data, out), packages: null };
  const baseUrl = textOf(at(data, "compilerOptions", "baseUrl")) ?? ".";
  const paths = entriesOf(at(data, "compilerOptions", "paths")).map(([pattern, targets]): readonly [string, readonly string[]] => [
    pattern,
    itemsOf(targets).flatMap((target) => (textOf(target) === null ? [] : `${baseUrl}/${textOf(target)}`)),
  ]);
  const output = outputOf(data);
  return { deployment: null, packages: { name: null, paths, entries: [], ...(output === null ? {} : { output }) } };
}

/** Without a `rootDir` it is the folder that all sources lie in: mostly `src`, else the project's own. Source: https://www.typescriptlang.org/tsconfig/#outDir */
function outputOf(data: Data | undefined): Exclude<PackageFacts["output"], undefined> | null {
  const [written, root] = ["outDir", "rootDir"].map((option) => textOf(at(data, "compilerOptions", option)));
  return written == null ? null : { folder: written, sources: root == null ? ["src", "."] : [root] };
}

type Targets = PackageFacts["paths"];

/** A workspace has many such files, of which no place is asked for. https://nodejs.org/api/packages.html#package-entry-points */
function packageOf(text: string): PackageFacts {
  const { name, imports, exports, ...fields } = fieldsOf(text);
  const isPaths = isObject(exports) && Object.keys(exports).every((key) => key.startsWith("."));
  const entries = isPaths ? targetsIn(exports) : targetsIn({ ".": exports });
  const older = ["source", "module", "main", "types"].flatMap((field) => filesIn(fields[field]));
  return {
    name: typeof name === "string" ? name : null,
    paths: isObject(imports) ? targetsIn(imports) : [],
    entries: older.length === 0 ? entries : [...entries, [".", older]],
  };
}

function fieldsOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const data: unknown = JSON.parse(text);
    return isObject(data) ? data : {};
  } catch {
    const name = textOf(at(readJsonc(text), "name"));
    return name === null ? {} : { name };
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function targetsIn(of: Readonly<Record<string, unknown>>): Targets {
  return Object.entries(of).flatMap(([pattern, target]): Targets => {
    const files = filesIn(target);
    return files.length === 0 ? [] : [[pattern, files]];
  });
}

const depthLimit = 8;

/** Files of the package that a target names under any condition. */
function filesIn(target: unknown, depth = 0): readonly string[] {
  if (typeof target === "string") return target.startsWith("#") ? [] : [target];
  if (depth > depthLimit || typeof target !== "object" || target === null) return [];
  return Object.values(target).flatMap((inner) => filesIn(inner, depth + 1));
}

/**
 * Bindings of the top level and of the environments below it, which repeat them: one of a name is enough. Source:
 * https://developers.cloudflare.com/workers/wrangler/configuration/#durable-objects
 */
function deploymentOf(data: Data | undefined, out: Builder): DeploymentFacts | null {
  if (data === undefined) return null;
  const environments = entriesOf(at(data, "env")).map(([, environment]) => environment);
  const objects = new Map<string, DeploymentFacts["objects"][number]>();
  for (const environment of [data, ...environments])
    for (const item of itemsOf(at(environment, "durable_objects", "bindings"))) {
      const [binding, className] = [textOf(at(item, "name")), textOf(at(item, "class_name"))];
      if (binding === null || className === null || objects.has(binding)) continue;
      objects.set(binding, { at: out.mark(item.start, item.end), binding, className, script: textOf(at(item, "script_name")) });
    }
  const name = at(data, "name");
  const main = textOf(at(data, "main"));
  return { at: out.mark(name?.start ?? 0, name?.end ?? 0), name: textOf(name), main, objects: [...objects.values()] };
}

/** Parties by their names, each the default export of a file. Source: https://docs.partykit.io/reference/partykit-configuration */
function partiesOf(data: Data | undefined, out: Builder): DeploymentFacts | null {
  if (data === undefined) return null;
  const main = at(data, "main");
  const parties = [...(main === undefined ? [] : [["main", main] as const]), ...entriesOf(at(data, "parties"))];
  const objects = parties.flatMap(([binding, party]): DeploymentFacts["objects"] => {
    const file = textOf(party);
    return file === null ? [] : [{ at: out.mark(party.start, party.end), binding, className: "default", script: null, file }];
  });
  const name = at(data, "name");
  return { at: out.mark(name?.start ?? 0, name?.end ?? 0), name: textOf(name), main: textOf(main), objects };
}
