/** Elixir as a front end: reading, what is known of its libraries, and how it prints atoms. */
import type { FileFacts } from "../../model/facts.ts";
import type { LanguageFrontEnd } from "../language.ts";
import { libraries } from "./libraries/index.ts";
import { modelSources } from "./libraries/models.ts";
import { readElixir } from "./lower/lower.ts";

let models: readonly FileFacts[] | null = null;

export const elixir: LanguageFrontEnd = {
  id: "elixir",
  extensions: [".ex", ".exs"],
  projectFiles: ["mix.exs"],
  read: readElixir,
  libraries,
  models: () => {
    models ??= modelSources.map((source) => readElixir({ text: source.text, path: `library:elixir/${source.path}`, role: "library" }));
    return models;
  },
  printAtom: printElixirAtom,
};

/** `Elixir.Foo` → `Foo`, `foo` → `:foo`, `nil` → `nil`, `a b` → `:"a b"`. */
export function printElixirAtom(atom: string): string {
  if (atom.startsWith("Elixir.") && atom.length > 7) return atom.slice(7);
  if (atom === "nil" || atom === "true" || atom === "false") return atom;
  return /^[a-z_][\w@]*[?!]?$/i.test(atom) ? `:${atom}` : `:${JSON.stringify(atom)}`;
}
