/** A look at a file before any front end is loaded. */

import { isProjectFile } from "../text/file-names.ts";
import { erlangNames } from "./erlang/source-names.ts";
import type { SourceFile } from "./language.ts";
import { languageNames } from "./source-names.ts";
import { isDeclaring, look, ownComment } from "./typescript/look.ts";
import { typescriptNames } from "./typescript/source-names.ts";

/**
 * Whether nothing can come of a file: no process, no finding, no problem, as long as the same is true of all the others. So it is of TypeScript that shows no
 * actor code, since a file is asked for only by one that does, and of configuration. When in doubt it says no.
 */
export function tellsNothing(file: SourceFile): boolean {
  if (file.text.includes(ownComment)) return false;
  const name = file.path.slice(file.path.lastIndexOf("/") + 1);
  const names = languageNames.find(
    ({ extensions, projectFiles }) => isProjectFile(name, projectFiles) || extensions.some((one) => name.endsWith(one)),
  );
  if (names === typescriptNames) return look(file) !== "actors" && !isDeclaring(name);
  // erlang.mk is told by what every Makefile of it sets.
  return names === erlangNames && name === "Makefile" && !file.text.includes("PROJECT");
}
