/** The commands, wired to the real analysis. `main.cli.ts` starts them. */
import { basename, join, resolve } from "node:path";
import { analyzeChange } from "./analysis/analyze-change.ts";
import { analyzeFolder, isSourceName } from "./analysis/analyze-folder.ts";
import { type Configuration, configurationPath, noConfiguration, readConfiguration } from "./analysis/configuration-file.ts";
import { engine } from "./analysis/engine.ts";
import type { Snapshot } from "./analysis/snapshot.ts";
import { analyzedFolder } from "./cli/analyzed-folder.ts";
import { type AnalyzedFolder, type CliHost, InputError } from "./cli/host.ts";
import { commands } from "./cli/index.ts";
import { hostWith, requireFolder, runCommandLine } from "./main.host.ts";
import type { RuleMetadata } from "./model/finding.ts";
import { folderAtCommit } from "./platform/commit-tree.ts";
import { decodeSource } from "./platform/decode.ts";
import type { FileTree } from "./platform/file-tree.ts";
import { folderOnDisk } from "./platform/files-node.ts";
import { findBase, GitError } from "./platform/git.ts";
import { sizeLimit, type WalkedFile, type WalkOptions, walk } from "./platform/walk.ts";
import { walkBeside } from "./platform/walk-beside.ts";
import type { WalkingThread } from "./platform/walking-thread.ts";

/** The files of a folder without settings of its own, all of them, of which some have been read when this program starts. */
export interface ReadAhead {
  /** Absolute. */
  readonly root: string;
  readonly files: AsyncIterable<readonly WalkedFile[]>;
  /** When reading began, by the clock of `performance`. */
  readonly started: number;
}

/** What is there already when the commands start. */
export interface Beginning {
  /** The thread that reads folders (`main.walker.ts`), or null to read them here. */
  readonly walker: WalkingThread | null;
  readonly ahead: ReadAhead | null;
}

const analysesWith = ({ walker, ahead }: Beginning): Pick<CliHost, "analyze" | "analyzeChange"> => ({
  async analyze(path, purpose = "everything") {
    const root = resolve(path);
    requireFolder(root, path);
    const disk = folderOnDisk(root);
    const isAhead = ahead?.root === root;
    const started = isAhead ? ahead.started : performance.now();
    const settings = await projectSettings(disk, path);
    const beside = walker === null ? undefined : (options: WalkOptions) => walkBeside(walk(disk, options), walker.walk(root, options));
    const files = isAhead ? () => ahead.files : beside;
    const snapshot = await analyzeFolder(disk, { engine, purpose, settings, walk: files, now: () => performance.now() });
    return analyzed(root, snapshot, settings, started);
  },
  async analyzeChange(path, revision) {
    const root = resolve(path);
    requireFolder(root, path);
    const started = performance.now();
    const disk = folderOnDisk(root);
    const { commit, base } = askingGit(() => {
      const commit = findBase(root, revision);
      return { commit, base: folderAtCommit(root, commit, disk, (name) => isSourceName(name, engine)) };
    });
    const settings = await projectSettings(disk, path);
    const { before, after } = await analyzeChange(base, disk, { engine, purpose: "findings", settings, now: () => performance.now() });
    return { commit, before: analyzed(root, before, settings, started), after: analyzed(root, after, settings, started) };
  },
});

/** What the project's file says. One with a mistake is not half followed: in CI, nobody would see it. */
async function projectSettings(disk: FileTree, path: string): Promise<Configuration> {
  const bytes = await disk.read(configurationPath, sizeLimit);
  if ("trouble" in bytes) {
    if (bytes.trouble.includes("ENOENT")) return noConfiguration;
    throw new InputError(`${join(path, configurationPath)}: ${bytes.trouble}`);
  }
  const { configuration, problems } = readConfiguration(
    decodeSource(bytes).text ?? "",
    rules.map(({ id }) => id),
  );
  const [first, ...more] = problems;
  if (first === undefined) return configuration;
  const others = more.length === 0 ? "" : ` (and ${more.length} more)`;
  throw new InputError(`${join(path, configurationPath)}:${first.line}:${first.column}: ${first.message}${others}`);
}

function analyzed(root: string, snapshot: Snapshot, { baseline }: Configuration, started: number): AnalyzedFolder {
  return analyzedFolder(snapshot, {
    root,
    title: basename(root),
    rules,
    baseline,
    milliseconds: Math.round(performance.now() - started),
  });
}

function askingGit<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof GitError) throw new InputError(error.message);
    throw error;
  }
}

/** Of all rules. */
export const rules: readonly RuleMetadata[] = engine.rules.map(({ meta }) => meta);

/** Runs what the command line asks for. */
export function start(beginning: Beginning): void {
  runCommandLine(commands, hostWith(analysesWith(beginning)));
}
