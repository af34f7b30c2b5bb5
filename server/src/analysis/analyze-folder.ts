/** Reads a whole folder into a workspace: the first index of the server, and all that the command line does. */
import type { SourceNames } from "../languages/language.ts";
import { namesOf } from "../languages/source-names.ts";
import type { Purpose } from "../model/purpose.ts";
import type { FileTree } from "../platform/file-tree.ts";
import type { IgnoreRules } from "../platform/ignore-rules.ts";
import { isSource, type WalkedFile, type WalkOptions, walk } from "../platform/walk.ts";
import type { BaselineEntry } from "./baseline.ts";
import { Cancelled } from "./cancelled.ts";
import type { Ahead } from "./look-ahead.ts";
import type { Settings } from "./settings.ts";
import type { Snapshot } from "./snapshot.ts";
import { createWorkspace, type Engine, type Workspace } from "./workspace.ts";

export interface IndexOptions {
  /** Globs of files that are not read. */
  readonly exclude?: readonly string[];
  /** Filled with what the folder's `.gitignore` files say. */
  readonly rules?: IgnoreRules;
  /** Called after each file with the count so far. */
  readonly progress?: (files: number, path: string) => void;
  /** Awaited after each file: where a server lets other work in. */
  readonly pause?: () => Promise<void> | undefined;
  readonly isCancelled?: () => boolean;
  /** Another way to walk the same tree: in a thread of its own. */
  readonly walk?: ((options: WalkOptions) => AsyncIterable<WalkedFile>) | undefined;
}

/** Sets every file of the tree in the workspace, each trouble as a problem of its own. Throws `Cancelled`. */
export async function indexFolder(workspace: Workspace, tree: FileTree, engine: Engine, options: IndexOptions = {}): Promise<void> {
  let count = 0;
  const walking = { ...sourceNames(engine), exclude: options.exclude ?? [], ...(options.rules && { rules: options.rules }) };
  for await (const file of options.walk?.(walking) ?? walk(tree, walking)) {
    if (options.isCancelled?.() === true) throw new Cancelled();
    const ahead = file.ahead as Ahead | undefined;
    if (file.late !== undefined) workspace.setLate(file.path, file.late, file.bytes, ahead);
    else if (file.text !== null) workspace.setFile(file.path, file.text, file.bytes, ahead);
    if (file.trouble !== null) workspace.setTrouble(file.path, file.trouble);
    options.progress?.(++count, file.path);
    const pause = options.pause?.();
    if (pause !== undefined) await pause;
  }
}

/** What files of the engine's languages are called. */
export function sourceNames({ languages }: Engine): SourceNames {
  return namesOf(languages);
}

/** Whether a file of that name is read: source, what marks a project, what says which files are left out. */
export function isSourceName(name: string, engine: Engine): boolean {
  return name === ".gitignore" || isSource(name, sourceNames(engine));
}

export interface AnalyzeOptions extends IndexOptions {
  readonly engine: Engine;
  readonly purpose?: Purpose;
  readonly settings?: Settings;
  readonly baseline?: readonly BaselineEntry[];
  readonly now?: () => number;
}

/** Reads and judges a folder once. */
export async function analyzeFolder(tree: FileTree, options: AnalyzeOptions): Promise<Snapshot> {
  const workspace = createWorkspace(options);
  await indexFolder(workspace, tree, options.engine, { exclude: options.settings?.exclude ?? [], ...options });
  return workspace.snapshot(options.isCancelled);
}
