/** The look-ups of a snapshot: places, texts, roles. Pure. */
import type { FileFacts, FileRole } from "../model/facts.ts";
import type { LibraryModel } from "../model/library.ts";
import type { Place } from "../model/topology.ts";
import { type ResolvedPlace, resolvePlace } from "./places.ts";

/** A file as the workspace keeps it. */
export interface SourceEntry {
  readonly source: { readonly text: string };
  readonly bytes: number;
  /** Read as a file on disk, not as an open document. */
  readonly skimmed: boolean;
  /** What the last link saw, with the positions of the text as it is now. */
  readonly facts: FileFacts;
  /** What the text says now, where that differs in a way that the topology does not depend on; it counts from the next link on. */
  readonly unlinked: FileFacts | null;
}

/** The parts of a snapshot that look things up. */
export interface View {
  readonly entries: ReadonlyMap<string, SourceEntry>;
  /** Facts by path. */
  readonly files: ReadonlyMap<string, FileFacts>;
  /** A file that is unknown gives its first line. */
  locate(place: Place): ResolvedPlace;
  /** The text of a line (from 1) without its line break, or null where there is no such line. */
  line(file: string, line: number): string | null;
  /** A module's BEAM atom as its language prints it. */
  print(atom: string): string;
  /** The first line of a place's source text, at most `limit` characters of it. */
  textOf(place: Place, limit: number): string;
  /** Of files of the workspace and of the bundled models of libraries. */
  factsOf(file: string): FileFacts | undefined;
  /** The whole text of a file of the workspace. */
  sourceOf(file: string): string | undefined;
  roleOf(file: string): FileRole;
}

export interface ViewInput {
  readonly entries: ReadonlyMap<string, SourceEntry>;
  readonly files: ReadonlyMap<string, FileFacts>;
  /** The bundled models of libraries, by path. */
  readonly models: ReadonlyMap<string, LibraryModel>;
  print(atom: string): string;
}

export function createView({ entries, files, models, print }: ViewInput): View {
  const factsOf = (file: string): FileFacts | undefined => files.get(file) ?? models.get(file)?.read();
  return {
    entries,
    files,
    print,
    factsOf,
    locate({ file, at }) {
      const facts = factsOf(file);
      return facts === undefined ? { file, line: 1, column: 1, endLine: 1, endColumn: 1 } : resolvePlace(facts, at);
    },
    line(file, line) {
      const [facts, entry] = [files.get(file), entries.get(file)];
      const start = facts?.lineStarts[line - 1];
      if (entry === undefined || start === undefined) return null;
      return entry.source.text.slice(start, facts?.lineStarts[line]).replace(/[\r\n]+$/, "");
    },
    textOf({ file, at }, limit) {
      const [facts, entry] = [files.get(file), entries.get(file)];
      if (facts === undefined || entry === undefined) return "";
      const start = facts.spans[2 * at] ?? 0;
      const end = Math.min(facts.spans[2 * at + 1] ?? start, start + limit);
      return /^[^\r\n]*/.exec(entry.source.text.slice(start, end))?.[0].trimEnd() ?? "";
    },
    sourceOf: (file) => entries.get(file)?.source.text,
    roleOf: (file) => files.get(file)?.role ?? (models.has(file) ? "library" : "source"),
  };
}
