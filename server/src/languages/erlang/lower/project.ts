/** What files of projects say: `.app` and `.app.src` of OTP, the Makefile of erlang.mk (erlang.mk.org, "Applications"). */
import type { Expression } from "../../../model/expression.ts";
import type { DependencyFacts, ProjectFacts } from "../../../model/facts.ts";
import type { Node, SyntaxTree } from "../ast.ts";
import { parseTerms } from "../parser/parser.ts";
import { lower } from "./expressions.ts";
import { type FileScope, Scope } from "./scope.ts";

/** `{application, Name, Properties}.`; null where there is none. */
export function readApplication(tree: SyntaxTree, file: FileScope): ProjectFacts | null {
  for (const form of tree.forms) {
    if (form.kind !== "term" || form.term.kind !== "tuple") continue;
    const [tag, name, properties] = form.term.items;
    if (tag?.kind !== "atom" || tag.value !== "application" || name?.kind !== "atom" || properties?.kind !== "list") continue;
    const scope = new Scope(file);
    const at = file.out.mark(name.start, name.end);
    file.out.mixText(name.value);
    const mod = property(properties, "mod");
    const env = property(properties, "env");
    return {
      at,
      app: name.value,
      callback: mod?.kind === "tuple" && mod.items.length === 2 ? callbackOf(lower(mod, scope)) : null,
      environment: env ? lower(env, scope) : null,
      dependencies: [...atomsOf(property(properties, "applications")), ...atomsOf(property(properties, "included_applications"))].map(
        named,
      ),
      appsPath: null,
    };
  }
  return null;
}

function named(app: string): DependencyFacts {
  return { app, path: null };
}

function callbackOf(mod: Expression): ProjectFacts["callback"] {
  return mod.k === "tuple" ? { at: mod.at, module: mod.items[0], argument: mod.items[1] } : null;
}

function property(list: Node & { kind: "list" }, key: string): Node | null {
  for (const item of list.items)
    if (item.kind === "tuple" && item.items[0]?.kind === "atom" && item.items[0].value === key) return item.items[1] ?? null;
  return null;
}

function atomsOf(list: Node | null): string[] {
  return list?.kind === "list" ? list.items.flatMap((n) => (n.kind === "atom" ? [n.value] : [])) : [];
}

/**
 * `PROJECT = name`, `PROJECT_MOD = module`, `define PROJECT_ENV`; null for a Makefile of something else. Without `PROJECT_MOD` erlang.mk takes the module
 * `name_app`, if there is one. Source: erlang.mk, core/core.mk and core/erlc.mk.
 */
export function readMakefile(text: string, file: FileScope): ProjectFacts | null {
  const { out } = file;
  const project = /^PROJECT[ \t]*:?=[ \t]*(\w+)[ \t]*$/m.exec(text);
  if (!project?.[1] || !/^(-?include\b.*|.*\b)erlang\.mk\b/m.test(text)) return null;
  const start = project.index + project[0].lastIndexOf(project[1]);
  out.mixText(project[1]);
  const at = out.mark(start, start + project[1].length);
  const mod = /^PROJECT_MOD[ \t]*:?=[ \t]*(\w+)[ \t]*$/m.exec(text);
  const modStart = mod?.[1] ? mod.index + mod[0].lastIndexOf(mod[1]) : start;
  const modEnd = modStart + (mod?.[1] ?? project[1]).length;
  return {
    at,
    app: project[1],
    callback: {
      at: out.mark(modStart, modEnd),
      module: out.atom(modStart, modEnd, mod?.[1] ?? `${project[1]}_app`),
      argument: out.list(modStart, modStart, [], null),
      ...(mod?.[1] ? {} : { convention: true }),
    },
    environment: readEnvironment(text, file),
    dependencies: [...text.matchAll(/^(?:DEPS|LOCAL_DEPS|BUILD_DEPS)[ \t]*\+?=[ \t]*(.*)$/gm)].flatMap((m) =>
      (m[1] ?? "").split(/\s+/).filter(Boolean).map(named),
    ),
    appsPath: null,
  };
}

/** `define PROJECT_ENV`: a list of Erlang terms. */
function readEnvironment(text: string, file: FileScope): Expression | null {
  const block = /^define PROJECT_ENV[ \t]*\r?\n([\s\S]*?)^endef/m.exec(text);
  if (!block?.[1]) return null;
  const start = block.index + block[0].indexOf("\n") + 1;
  // Blanks before it keep positions what they are in the file.
  const form = parseTerms(`${" ".repeat(start)}${block[1]} .\n`).forms[0];
  return form?.kind === "term" ? lower(form.term, new Scope(file)) : null;
}
