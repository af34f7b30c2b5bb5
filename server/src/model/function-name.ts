/** How the languages write the name of a function. Pure. */
import type { Language } from "./facts.ts";

/** The separator between a module and its function. */
const separators: Readonly<Record<Language, string>> = { elixir: ".", erlang: ":", typescript: "." };

/** `Shop.Cache.get/1`, `shop_cache:get/1`; `module` is as the language prints it. */
export function functionName(language: Language, module: string, name: string, arity: number): string {
  return `${module}${separators[language]}${name}/${arity}`;
}
