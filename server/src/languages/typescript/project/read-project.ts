/** What the files of a project say: `wrangler.toml` and its JSON forms, `package.json`, `tsconfig.json`. */
import type { DeploymentFacts, PackageFacts } from "../../../model/facts.ts";
import type { Builder } from "../../builder.ts";
import { at, type Data, entriesOf, itemsOf, textOf } from "./data.ts";
import { readJsonc } from "./jsonc.ts";
import { readToml } from "./toml.ts";

export interface ReadProject {
  readonly deployment: DeploymentFacts | null;
  readonly packages: PackageFacts | null;
}

/** `name`: of the file, without its folder. */
export function readProject(name: string, text: string, out: Builder): ReadProject {
  if (name === "wrangler.toml") return { deployment: deploymentOf(readToml(text), out), packages: null };
  if (name === "package.json") return { deployment: null, packages: { name: packageName(text), paths: [] } };
  const data = readJsonc(text);
  if (name.startsWith("wrangler.")) return { deployment: deploymentOf(data, out), packages: null };
  const baseUrl = textOf(at(data, "compilerOptions", "baseUrl")) ?? ".";
  const paths = entriesOf(at(data, "compilerOptions", "paths")).map(([pattern, targets]): readonly [string, readonly string[]] => [
    pattern,
    itemsOf(targets).flatMap((target) => (textOf(target) === null ? [] : `${baseUrl}/${textOf(target)}`)),
  ]);
  return { deployment: null, packages: { name: null, paths } };
}

/** A workspace has many such files, of which no place is asked for. */
function packageName(text: string): string | null {
  try {
    const { name } = JSON.parse(text) as { readonly name?: unknown };
    return typeof name === "string" ? name : null;
  } catch {
    return textOf(at(readJsonc(text), "name"));
  }
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
