/**
 * One workspace folder, kept analysed: files go in, snapshots come out, and what did not change is not worked out again.
 *
 * Pure: no IO, no clock but the one handed in. An edit that leaves a file's shape equal, or changes nothing in it that the topology depends on,
 * swaps its spans and keeps the topology and the findings as they are.
 */
import type { LanguageFrontEnd, Looked, SourceFile } from "../languages/language.ts";
import { factsWith } from "../link/facts-with.ts";
import type { Linker } from "../link/link.ts";
import type { FileFacts, FileRole, Language } from "../model/facts.ts";
import type { Finding } from "../model/finding.ts";
import type { ActorTable, LibraryModel, LibraryTable } from "../model/library.ts";
import { bareName } from "../model/module-name.ts";
import type { Purpose } from "../model/purpose.ts";
import type { Steps } from "../model/steps.ts";
import type { Topology } from "../model/topology.ts";
import type { LateText } from "../platform/walk.ts";
import type { Rule } from "../rules/rule.ts";
import { isProjectFile } from "../text/file-names.ts";
import type { BaselineEntry } from "./baseline.ts";
import { Cancelled } from "./cancelled.ts";
import { findInto, isOn, judge, type RuleFailed } from "./judgement.ts";
import type { Ahead } from "./look-ahead.ts";
import { countRoles, roleOfPath } from "./roles.ts";
import { defaultSettings, type Settings } from "./settings.ts";
import type { Snapshot } from "./snapshot.ts";
import { createView, type SourceEntry } from "./view.ts";

/** The parts that a workspace is made of; `engine.ts` holds the real ones. */
export interface Engine {
  readonly languages: readonly LanguageFrontEnd[];
  readonly rules: readonly Rule[];
  createLinker(input: {
    readonly purpose: Purpose;
    readonly libraries: readonly LibraryTable[];
    readonly models: readonly LibraryModel[];
    readonly actors: readonly ActorTable[];
    print(atom: string, language: Language): string;
  }): Linker;
}

export interface WorkspaceOptions {
  readonly engine: Engine;
  /** What its snapshots are for; everything, if nothing is said. For less than that, files are read once: an edit costs a link. */
  readonly purpose?: Purpose;
  readonly settings?: Settings;
  readonly baseline?: readonly BaselineEntry[];
  /** Told of a rule that threw, so that the others are heard; without it the snapshot throws. */
  readonly ruleFailed?: RuleFailed;
  /** Milliseconds since any moment; without it summaries say 0. */
  readonly now?: () => number;
}

/** What an edit did: nothing, only positions as far as the topology goes, or the structure too. */
export type FileChange = "none" | "spans" | "shape";

export interface Workspace {
  /**
   * Reads a file of a known language and keeps it; one of an unknown language is left alone. `bytes`: its size on disk, for a text that comes
   * from there; an open document has none, and is read in full where files on disk may be skimmed. `ahead`: what has been found of a file on disk already.
   */
  setFile(path: string, text: string, bytes?: number, ahead?: Ahead): FileChange;
  /** The same for a file on disk whose text is put together when something asks for it. */
  setLate(path: string, late: LateText, bytes: number, ahead: Ahead | undefined): FileChange;
  /** Adds to a file something that is wrong with it as a whole: it cannot be read, it is not UTF-8. Holds until it is set or removed. */
  setTrouble(path: string, message: string): void;
  /** False if there was no such file. */
  removeFile(path: string): boolean;
  /** Of the files that it knows, readable or not. */
  paths(): readonly string[];
  setSettings(settings: Settings): void;
  setBaseline(baseline: readonly BaselineEntry[]): void;
  /** Links and judges what changed since the last one. Throws `Cancelled` as soon as `isCancelled` says so, and keeps nothing of it. */
  snapshot(isCancelled?: () => boolean): Snapshot;
  /** The same in steps. A change of the workspace between two of them ends the work: the next step throws `Cancelled`. */
  steps(): Steps<Snapshot>;
}

export function createWorkspace(options: WorkspaceOptions): Workspace {
  const { engine, purpose = "everything", now = () => 0 } = options;
  const { languages, rules } = engine;
  const byExtension = new Map(languages.flatMap((language) => language.extensions.map((extension) => [extension, language] as const)));
  const entries = new Map<string, SourceEntry>();
  const troubles = new Map<string, string>();
  const print = (name: string, language: Language): string => {
    const atom = bareName(name);
    const own = languages.find(({ prefix }) => prefix !== undefined && atom.startsWith(prefix));
    return (own ?? languages.find(({ id }) => id === language))?.printAtom(atom) ?? atom;
  };
  let linking: { readonly linker: Linker; readonly models: ReadonlyMap<string, LibraryModel> } | null = null;
  let settings = options.settings ?? defaultSettings;
  let baseline = options.baseline ?? [];
  let facts: ReadonlyMap<string, FileFacts> | null = null;
  let linked: Topology | null = null;
  /** What rules found in a topology, each asked when it was first on. */
  let raw: { readonly topology: Topology; readonly found: Map<string, readonly Finding[]> } | null = null;
  let latest: Snapshot | null = null;
  let relink = true;
  let spent = 0;
  let revision = 0;
  /** Counts what may make a difference to the next snapshot. */
  let version = 0;

  function timed<T>(work: () => T): T {
    const start = now();
    try {
      return work();
    } finally {
      spent += now() - start;
    }
  }

  function startLinking(): NonNullable<typeof linking> {
    if (linking !== null) return linking;
    const models = languages.flatMap((language) => language.models);
    const libraries = [...languages.flatMap((language) => language.libraries), ...settings.libraries];
    const linker = engine.createLinker({ purpose, libraries, models, actors: languages.flatMap(({ actors }) => actors ?? []), print });
    linking = { linker, models: new Map(models.map((model) => [model.path, model])) };
    return linking;
  }

  function read(path: string, late: LateText, skim: boolean, { role, looked }: Ahead): FileFacts | null {
    const language =
      byExtension.get(path.slice(path.lastIndexOf("."))) ??
      languages.find(
        ({ extensions, projectFiles }) =>
          extensions.some((extension) => path.endsWith(extension)) || isProjectFile(path.slice(path.lastIndexOf("/") + 1), projectFiles),
      );
    return language?.read(new Source(path, late, role, skim, purpose, looked)) ?? null;
  }

  function set(path: string, source: LateText, bytes: number | undefined, ahead: Ahead | undefined): FileChange {
    const old = entries.get(path);
    const hadTrouble = troubles.delete(path);
    const skimmed = bytes !== undefined;
    if (old !== undefined && old.source.text === source.text && old.skimmed === skimmed && !hadTrouble) return "none";
    const fresh = read(path, source, skimmed, ahead ?? { role: roleOfPath(path) });
    if (fresh === null) return "none";
    const shown = old === undefined ? null : refresh(old.facts, fresh);
    const unlinked = shown === null || shown.shape.hash === fresh.shape.hash ? null : fresh;
    entries.set(path, { source, bytes: bytes ?? source.text.length, skimmed, facts: shown ?? fresh, unlinked });
    forget(shown === null);
    return shown === null ? "shape" : "spans";
  }

  /** The linked facts with new positions, where the edit changes nothing that the topology depends on. */
  function refresh(linked: FileFacts, fresh: FileFacts): FileFacts | null {
    if (linked.role !== fresh.role) return null;
    if (linked.shape.hash === fresh.shape.hash) return factsWith(fresh, "shape", linked.shape);
    return relink ? null : (linking?.linker.refresh(linked, fresh) ?? null);
  }

  /** Before a link: what texts say now counts, whether or not the last topology depended on it. */
  function takeUnlinked(): void {
    for (const [path, entry] of entries) {
      if (entry.unlinked === null) continue;
      entries.set(path, { ...entry, facts: entry.unlinked, unlinked: null });
      facts = null;
    }
  }

  function forget(shape: boolean): void {
    facts = null;
    changed();
    relink ||= shape;
  }

  function changed(): void {
    version++;
    latest = null;
  }

  function removeFile(path: string): boolean {
    const known = entries.delete(path);
    const troubled = troubles.delete(path);
    if (known || troubled) forget(known);
    return known || troubled;
  }

  /** The topology, linked again only where a shape changed. */
  function* topologyOf(files: ReadonlyMap<string, FileFacts>): Steps<Topology> {
    if (!relink && linked !== null) return linked;
    const topology = yield* startLinking().linker.link(files);
    linked = topology;
    relink = false;
    return topology;
  }

  function* analyse(): Steps<Snapshot> {
    if (relink) takeUnlinked();
    facts ??= countRoles(new Map([...entries].map(([path, entry]) => [path, entry.facts])));
    const topology = yield* topologyOf(facts);
    const view = createView({
      entries: new Map(entries),
      files: startLinking().linker.seen(facts),
      models: startLinking().models,
      print: (atom) => print(atom, topology.language),
    });
    if (raw?.topology !== topology) raw = { topology, found: new Map() };
    const { found } = raw;
    const on = rules.filter((rule) => isOn(rule, settings));
    yield* findInto(found, { rules: on, topology, view, ruleFailed: options.ruleFailed });
    yield;
    latest = judge({
      revision: ++revision,
      view,
      topology,
      found: on.flatMap(({ meta }) => found.get(meta.id) ?? []),
      rules,
      settings,
      baseline,
      troubles: new Map(troubles),
      elapsed: () => spent,
    });
    return latest;
  }

  function* steps(): Steps<Snapshot> {
    if (latest !== null) return latest;
    const started = version;
    const work = analyse();
    for (;;) {
      const step = timed(() => work.next());
      if (step.done === true) return step.value;
      yield;
      if (version !== started) throw new Cancelled();
    }
  }

  function snapshot(isCancelled: () => boolean = () => false): Snapshot {
    if (latest !== null) return latest;
    const work = steps();
    for (;;) {
      if (isCancelled()) throw new Cancelled();
      const step = work.next();
      if (step.done === true) return step.value;
    }
  }

  return {
    setFile: (path, text, bytes, ahead) => timed(() => set(path, { text }, bytes, ahead)),
    setLate: (path, late, bytes, ahead) => timed(() => set(path, late, bytes, ahead)),
    setTrouble(path, message) {
      troubles.set(path, message);
      changed();
    },
    removeFile,
    paths: () => [...new Set([...entries.keys(), ...troubles.keys()])],
    setSettings(value) {
      if (JSON.stringify(value.libraries) !== JSON.stringify(settings.libraries)) {
        linking = null;
        relink = true;
      }
      settings = value;
      changed();
    },
    setBaseline(value) {
      baseline = value;
      changed();
    },
    snapshot,
    steps,
  };
}

class Source implements SourceFile {
  readonly path: string;
  readonly role: FileRole;
  readonly skim: boolean;
  readonly once: boolean;
  readonly outline: boolean;
  readonly looked: Looked | undefined;
  private readonly late: LateText;

  constructor(path: string, late: LateText, role: FileRole, skim: boolean, purpose: Purpose, looked: Looked | undefined) {
    this.path = path;
    this.late = late;
    this.role = role;
    this.skim = skim;
    this.once = purpose === "findings";
    this.outline = purpose === "trees";
    this.looked = looked;
  }

  get text(): string {
    return this.late.text;
  }
}
