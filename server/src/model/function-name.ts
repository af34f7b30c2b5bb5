/** How the languages write the name of a function. Pure. */
import type { Language } from "./facts.ts";

/** The separator between a module and its function. */
const separators: Readonly<Record<Language, string>> = { elixir: ".", erlang: ":", typescript: "." };

export interface NamedFunction {
  readonly module: string;
  readonly name: string;
  readonly arity: number;
}

/** `get/1`; of TypeScript, where arity says nothing, `increment`. */
export function shortFunctionName({ module, name, arity }: NamedFunction): string {
  return isScript(module) ? name : `${name}/${arity}`;
}

/** `Shop.Cache.get/1`, `shop_cache:get/1`, `Counter.increment`, `hit (src/lib.ts)`; `module` is as the language prints it. */
export function functionName(language: Language, module: string, fn: NamedFunction): string {
  if (isScript(fn.module) && !fn.module.includes("#")) return `${fn.name} (${module})`;
  return `${module}${separators[isScript(fn.module) ? "typescript" : language]}${shortFunctionName(fn)}`;
}

/** Modules of scripts have names that no module of the BEAM has. */
export function isScript(module: string): boolean {
  return module.startsWith("ts:");
}

/** The language that a module is written in, by its name in the model. */
export function languageOf(module: string): Language {
  if (isScript(module)) return "typescript";
  return module.startsWith("Elixir.") ? "elixir" : "erlang";
}
