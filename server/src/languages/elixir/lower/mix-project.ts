/** What a `mix.exs` says of its application, read from the literal keyword lists of `project/0`, `application/0` and `deps/0`. */
import type { Expression } from "../../../model/expression.ts";
import type { DependencyFacts, FunctionFacts, ModuleFacts, ProjectFacts } from "../../../model/facts.ts";

/** Gives null where no module of the file has a `project/0` with an `app:`. */
export function readMixProject(modules: readonly ModuleFacts[]): ProjectFacts | null {
  for (const module of modules) {
    const find = (name: string): FunctionFacts | undefined => module.functions.find((f) => f.name === name && f.arity === 0);
    const project = find("project");
    if (!project) continue;
    const attribute = (value: Expression | null): Expression | null =>
      value?.k === "attribute" ? (module.attributes.find((a) => a.name === value.name)?.value ?? null) : value;
    const app = attribute(option(project, "app"));
    const appsPath = attribute(option(project, "apps_path"));
    const application = find("application");
    const mod = application ? attribute(option(application, "mod")) : null;
    const deps = find("deps");
    const inPlace = option(project, "deps");
    return {
      at: module.at,
      app: app?.k === "atom" ? app.value : "",
      callback: mod?.k === "tuple" && mod.items.length === 2 ? { at: mod.at, module: mod.items[0], argument: mod.items[1] } : null,
      environment: application ? option(application, "env") : null,
      dependencies: [...(deps?.clauses ?? []).flatMap(({ body }) => dependenciesIn(body)), ...(inPlace ? dependenciesIn(inPlace) : [])],
      appsPath: appsPath?.k === "text" ? appsPath.value : null,
    };
  }
  return null;
}

/** The value of the first `key: value` anywhere in the function's clauses. */
function option(fn: FunctionFacts, key: string): Expression | null {
  let found: Expression | null = null;
  for (const clause of fn.clauses)
    visit(clause.body, (e) => {
      if (found === null && e.k === "tuple" && e.items.length === 2 && e.items[0].k === "atom" && e.items[0].value === key)
        found = e.items[1];
    });
  return found;
}

function dependenciesIn(part: Expression): DependencyFacts[] {
  const found: DependencyFacts[] = [];
  const options = new Set<Expression>();
  visit(part, (e) => {
    if (e.k !== "list" || options.has(e)) return;
    for (const item of e.items) {
      if (item.k !== "tuple" || item.items[0]?.k !== "atom" || item.items.length < 2 || item.items[1].k === "atom") continue;
      const last = item.items[item.items.length - 1]!;
      options.add(last);
      found.push({ app: item.items[0].value, path: pathOf(last) });
    }
  });
  return found;
}

/** `path: "../core"` among a dependency's options. */
function pathOf(options: Expression): string | null {
  if (options.k !== "list") return null;
  for (const option of options.items) {
    const [key, value] = option.k === "tuple" ? option.items : [];
    if (key?.k === "atom" && key.value === "path" && value?.k === "text") return value.value;
  }
  return null;
}

function visit(e: Expression, see: (e: Expression) => void): void {
  see(e);
  switch (e.k) {
    case "tuple":
    case "list":
    case "block":
      for (const item of e.items) visit(item, see);
      return;
    case "operator":
      for (const item of e.operands) visit(item, see);
      return;
    case "call":
      for (const arg of e.args) visit(arg, see);
      return;
    case "branch":
      for (const clause of e.clauses) visit(clause.body, see);
      return;
    case "match":
      visit(e.value, see);
  }
}
