/** Reads a whole folder into a workspace: the first index of the server, and all that the command line does. */
import type { SourceNames } from "../languages/language.ts";
import { namesOf } from "../languages/source-names.ts";
import type { Purpose } from "../model/purpose.ts";
import type { FileTree } from "../platform/file-tree.ts";
import type { IgnoreRules } from "../platform/ignore-rules.ts";
import { isSource, type WalkedFile, type WalkOptions, walk } from "../platform/walk.ts";
import { oneByOne } from "../platform/walk-beside.ts";
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
  /** Another way to walk the same tree, which gives some files at a time: in a thread of its own. */
  readonly walk?: ((options: WalkOptions) => AsyncIterable<readonly WalkedFile[]>) | undefined;
}

/** Sets every file of the tree in the workspace, each trouble as a problem of its own. Throws `Cancelled`. */
export async function indexFolder(workspace: Workspace, tree: FileTree, engine: Engine, options: IndexOptions = {}): Promise<void> {
  let count = 0;
  const walking = { ...sourceNames(engine), exclude: options.exclude ?? [], ...(options.rules && { rules: options.rules }) };
  for await (const files of options.walk?.(walking) ?? oneByOne(walk(tree, walking)))
    for (const file of files) {
      if (options.isCancelled?.() === true) throw new Cancelled();
      take(file, workspace);
      options.progress?.(++count, file.path);
      const pause = options.pause?.();
      if (pause !== undefined) await pause;
    }
}

function take({ path, text, late, bytes, trouble, ahead }: WalkedFile, workspace: Workspace): void {
  const found = ahead as Ahead | undefined;
  if (late !== undefined) workspace.setLate(path, late, bytes, found);
  else if (text !== null) workspace.setFile(path, text, bytes, found);
  if (trouble !== null) workspace.setTrouble(path, trouble);
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
