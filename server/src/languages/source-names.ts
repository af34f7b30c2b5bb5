/** What files of each language are called. Loads no front end. */
import { elixirNames } from "./elixir/source-names.ts";
import { erlangNames } from "./erlang/source-names.ts";
import type { SourceNames } from "./language.ts";
import { typescriptNames } from "./typescript/source-names.ts";

/** In the order of the register of languages. */
export const languageNames: readonly SourceNames[] = [elixirNames, erlangNames, typescriptNames];

export function namesOf(languages: readonly SourceNames[]): SourceNames {
  return {
    extensions: languages.flatMap(({ extensions }) => extensions),
    projectFiles: languages.flatMap(({ projectFiles }) => projectFiles),
  };
}
