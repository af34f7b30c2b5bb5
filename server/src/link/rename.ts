/**
 * Facts in which modules bear other names. Atoms are renamed wherever they stand, since source does not say which of them mean modules: child
 * specifications, registered names, messages. What bears no other name stays the same object; positions stay what they are. Pure.
 */
import type { Clause } from "../model/expression.ts";
import type { FileShape, FunctionFacts, ModuleFacts, Template } from "../model/facts.ts";

/** The other name of a module, or null where it keeps its own. */
export type Names = (name: string) => string | null;

export function renameShape(shape: FileShape, names: Names): FileShape {
  const modules = renameAll(shape.modules, (module): ModuleFacts => {
    const body = renameBody(module, names);
    const name = names(module.name);
    return name === null ? body : { ...body, name };
  });
  const templates = renameAll(shape.templates, (template) => renameTemplate(template, names));
  const project = rename(shape.project, names);
  if (modules === shape.modules && templates === shape.templates && project === shape.project) return shape;
  return { ...shape, modules, templates, project };
}

function renameTemplate(template: Template, names: Names): Template {
  const body = renameBody(template, names);
  const aliases = renameAll(template.aliases, (alias) => {
    const [short, full] = [names(alias[0]), names(alias[1])];
    return short === null && full === null ? alias : ([short ?? alias[0], full ?? alias[1]] as const);
  });
  return aliases === template.aliases ? body : { ...body, aliases };
}

function renameBody<T extends ModuleFacts | Template>(body: T, names: Names): T {
  const { functions: own, ...rest } = body;
  const functions = renameAll(own, (fn) => (fn.mayCall == null ? renameFunction(fn, names) : new LaterFunction(fn, names)));
  const renamed = rename(rest, names);
  return functions === own && renamed === rest ? body : ({ ...renamed, functions } as unknown as T);
}

function renameFunction(fn: FunctionFacts, names: Names): FunctionFacts {
  const [clauses, defaults] = [rename(fn.clauses, names), rename(fn.defaults, names)];
  if (clauses === fn.clauses && defaults === fn.defaults) return fn;
  const { name, arity, form, at, nameAt, forTests } = fn;
  return { name, arity, defaults, form, at, nameAt, ...(forTests === undefined ? {} : { forTests }), clauses };
}

/** A function that was read in outline: its clauses are worked out when they are asked for, and renamed then. */
class LaterFunction implements FunctionFacts {
  readonly name: string;
  readonly arity: number;
  readonly form: FunctionFacts["form"];
  readonly at: number;
  readonly nameAt: number;
  readonly defaults: FunctionFacts["defaults"];
  private read: readonly Clause[] | null = null;
  private readonly fn: FunctionFacts;
  private readonly names: Names;

  constructor(fn: FunctionFacts, names: Names) {
    ({ name: this.name, arity: this.arity, form: this.form, at: this.at, nameAt: this.nameAt } = fn);
    this.defaults = rename(fn.defaults, names);
    this.fn = fn;
    this.names = names;
  }

  get clauses(): readonly Clause[] {
    this.read ??= rename(this.fn.clauses, this.names);
    return this.read;
  }

  get mayCall(): readonly string[] | null {
    return this.fn.mayCall ?? null;
  }
}

function renameAll<T>(items: readonly T[], renamed: (item: T) => T): readonly T[] {
  let copy: T[] | null = null;
  items.forEach((item, i) => {
    const fresh = renamed(item);
    if (fresh !== item) (copy ??= [...items])[i] = fresh;
  });
  return copy ?? items;
}

/** Any part of facts: whatever holds expressions is looked into. */
function rename<T>(part: T, names: Names): T {
  if (typeof part !== "object" || part === null) return part;
  if (Array.isArray(part)) return renameAll(part, (item) => rename(item, names)) as T;
  if ("k" in part && part.k === "atom" && "value" in part) {
    const name = names(part.value as string);
    return name === null ? part : { ...part, value: name };
  }
  let copy: T | null = null;
  for (const key in part) {
    const value = part[key];
    if (typeof value !== "object" || value === null) continue;
    const fresh = rename(value, names);
    if (fresh !== value) (copy ??= { ...part })[key] = fresh;
  }
  return copy ?? part;
}
