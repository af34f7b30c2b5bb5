/** The contract of a language's front end: text in, facts out, and what it knows of libraries. Pure: no IO; never throws on user code. */
import type { FileFacts, FileRole, Language } from "../model/facts.ts";
import type { Finding } from "../model/finding.ts";
import type { Fix } from "../model/fix.ts";
import type { ActorTable, LibraryModel, LibraryTable } from "../model/library.ts";
import type { Place, Topology } from "../model/topology.ts";

export interface SourceFile {
  /** Relative to the workspace root, with `/`. */
  readonly path: string;
  readonly text: string;
  readonly role: FileRole;
  /** Only what other files may depend on is asked for: a front end may leave the rest of the file unread. */
  readonly skim?: boolean;
  /** Nobody will compare these facts with those of another version: `shape.hash` may differ where the structure is equal. */
  readonly once?: boolean;
  /**
   * Reads once, and in outline: what functions are defined, their code only when somebody asks for it (`FunctionFacts.clauses`). A mistake in a
   * function's code that leaves its brackets and blocks in order is no problem of the file.
   */
  readonly outline?: boolean;
  readonly looked?: Looked | undefined;
}

/** What can be told of a file by looking at its letters alone, where somebody has looked before it is read. */
export interface Looked {
  /** A language's own word. */
  readonly as: string;
  /** Of the text. */
  readonly length: number;
  /** Whether a comment may be meant for this program. */
  readonly isMarked: boolean;
  /** What it imports, one a line; left out where nobody will ask. */
  readonly imported?: string;
}

/** A part of a file for which fixes are wanted, and what may be looked up for them. */
export interface FixRequest {
  readonly file: string;
  /** UTF-16 offsets; `end` is exclusive, and equal to `start` for a cursor. */
  readonly start: number;
  readonly end: number;
  /** Those that are shown in this part of the file. */
  readonly findings: readonly Finding[];
  readonly topology: Topology;
  /** The paths of the workspace's own files, those of tests and scripts among them. */
  readonly files: readonly string[];
  /** The text of a file of the workspace, or undefined for any other. */
  sourceOf(file: string): string | undefined;
  /** Where a place stands in its file's text; null where the file is not known. */
  spanOf(place: Place): { readonly start: number; readonly end: number } | null;
  /** The folder of the project that a file belongs to: two files of one application give the same. */
  projectOf(file: string): string;
}

/** What files of a language are called. */
export interface SourceNames {
  /** With the dot: `.ex`. */
  readonly extensions: readonly string[];
  /** Names of files that mark a project's root: `mix.exs`. */
  readonly projectFiles: readonly string[];
}

export interface LanguageFrontEnd extends SourceNames {
  readonly id: Language;
  /** Reads one file. Broken source gives facts for the rest of it and `problems`. */
  read(file: SourceFile): FileFacts;
  readonly libraries: readonly LibraryTable[];
  readonly models: readonly LibraryModel[];
  /** What is known of libraries whose processes are objects. */
  readonly actors?: readonly ActorTable[];
  /**
   * Fixes for a part of a file of this language, in the order in which they are to be offered. What comes of each parses, means what the
   * fix's title says, and leaves alone what is not understood: where that cannot be had, nothing is offered.
   */
  fixes(request: FixRequest): readonly Fix[];
  /** What names of its modules begin with, where no other language has such names: `ts:`. */
  readonly prefix?: string;
  /** A BEAM atom as this language prints it: `Elixir.Foo` → `Foo`, `foo` → `:foo`. */
  printAtom(atom: string): string;
}
