/** The contract of a language's front end: text in, facts out, and what it knows of libraries. Pure: no IO; never throws on user code. */
import type { FileFacts, FileRole, Language } from "../model/facts.ts";
import type { LibraryModel, LibraryTable } from "../model/library.ts";

export interface SourceFile {
  /** Relative to the workspace root, with `/`. */
  readonly path: string;
  readonly text: string;
  readonly role: FileRole;
  /** Only what other files may depend on is asked for: a front end may leave the rest of the file unread. */
  readonly skim?: boolean;
}

export interface LanguageFrontEnd {
  readonly id: Language;
  /** With the dot: `.ex`. */
  readonly extensions: readonly string[];
  /** Names of files that mark a project's root: `mix.exs`. */
  readonly projectFiles: readonly string[];
  /** Reads one file. Broken source gives facts for the rest of it and `problems`. */
  read(file: SourceFile): FileFacts;
  readonly libraries: readonly LibraryTable[];
  readonly models: readonly LibraryModel[];
  /** A BEAM atom as this language prints it: `Elixir.Foo` → `Foo`, `foo` → `:foo`. */
  printAtom(atom: string): string;
}
