/** Elixir as a front end: reading, what is known of its libraries, and how it prints atoms. */
import type { FileFacts } from "../../model/facts.ts";
import type { LibraryModel } from "../../model/library.ts";
import type { LanguageFrontEnd } from "../language.ts";
import { elixirFixes } from "./fixes/index.ts";
import { libraries } from "./libraries/index.ts";
import { modelSources } from "./libraries/models.ts";
import { readElixir } from "./lower/lower.ts";
import { elixirNames } from "./source-names.ts";

/** Few workspaces need more than some of them: a model is read when one of its modules is asked for. */
const models: readonly LibraryModel[] = modelSources.map((source) => {
  const path = `library:elixir/${source.path}`;
  let facts: FileFacts | null = null;
  return {
    path,
    modules: [...source.text.matchAll(/^defmodule (:?)([\w.]+)/gm)].map(([, colon, name]) => (colon ? name : `Elixir.${name}`)) as string[],
    read: () => {
      facts ??= readElixir({ text: source.text, path, role: "library" });
      return facts;
    },
  };
});

export const elixir: LanguageFrontEnd = {
  id: "elixir",
  ...elixirNames,
  read: readElixir,
  libraries,
  models,
  fixes: elixirFixes,
  printAtom: printElixirAtom,
};

/** `Elixir.Foo` → `Foo`, `foo` → `:foo`, `nil` → `nil`, `a b` → `:"a b"`. */
export function printElixirAtom(atom: string): string {
  if (atom.startsWith("Elixir.") && atom.length > 7) return atom.slice(7);
  if (atom === "nil" || atom === "true" || atom === "false") return atom;
  return /^[a-z_][\w@]*[?!]?$/i.test(atom) ? `:${atom}` : `:${JSON.stringify(atom)}`;
}
