/** TypeScript and JavaScript as a front end, for what is written with actor libraries. */
import type { LanguageFrontEnd } from "../language.ts";
import { typescriptFixes } from "./fixes/index.ts";
import { actorTables } from "./libraries/index.ts";
import { readTypeScript } from "./read.ts";
import { typescriptNames } from "./source-names.ts";

export const typescript: LanguageFrontEnd = {
  id: "typescript",
  ...typescriptNames,
  read: readTypeScript,
  libraries: [],
  models: [],
  actors: actorTables,
  prefix: "ts:",
  fixes: typescriptFixes,
  printAtom: printModule,
};

/** `ts:src/counter.ts#Counter` → `Counter`, `ts:src/index.ts` → `src/index.ts`. */
export function printModule(module: string): string {
  const name = module.replace(/^ts:/, "");
  return name.slice(name.lastIndexOf("#") + 1);
}
