/** The command line: the real world, wired to the commands. `main.cli.ts` starts it. */
import { createHash } from "node:crypto";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, isAbsolute, join, relative, resolve, sep } from "node:path";
import { version } from "../../package.json";
import { analyzeChange } from "./analysis/analyze-change.ts";
import { analyzeFolder, isSourceName } from "./analysis/analyze-folder.ts";
import { type Configuration, configurationPath, noConfiguration, readConfiguration } from "./analysis/configuration-file.ts";
import { engine } from "./analysis/engine.ts";
import type { Snapshot } from "./analysis/snapshot.ts";
import { analyzedFolder } from "./cli/analyzed-folder.ts";
import { type AnalyzedFolder, type CliHost, InputError } from "./cli/host.ts";
import { run } from "./cli/run.ts";
import { folderAtCommit } from "./platform/commit-tree.ts";
import { decodeSource } from "./platform/decode.ts";
import type { FileTree } from "./platform/file-tree.ts";
import { folderOnDisk } from "./platform/files-node.ts";
import { findBase, GitError } from "./platform/git.ts";
import { sizeLimit, type WalkOptions } from "./platform/walk.ts";
import { walkBeside } from "./platform/walk-in-thread.ts";
import type { WalkingThread } from "./platform/walking-thread.ts";

const { stdout, stderr, env } = process;

const hostWith = (walker: WalkingThread | null): CliHost => ({
  version,
  // no-color.org: any value but the empty one; FORCE_COLOR for terminals that are not seen as such.
  color: !env.NO_COLOR && (stdout.isTTY || (env.FORCE_COLOR ?? "0") !== "0"),
  columns: stdout.columns ?? null,
  out: (text) => void stdout.write(text),
  error: (text) => void (text === "" || stderr.write(text)),
  async analyze(path, purpose = "everything") {
    const root = resolve(path);
    requireFolder(root, path);
    const started = performance.now();
    const disk = folderOnDisk(root);
    const settings = await projectSettings(disk, path);
    const walk = walker === null ? undefined : (options: WalkOptions) => walkBeside(walker, disk, root, options);
    const snapshot = await analyzeFolder(disk, { engine, purpose, settings, walk, now: () => performance.now() });
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
  readText: async (path) => trying(path, "read", () => readFileSync(path, "utf8")),
  writeText: async (path, text) => trying(path, "written", () => writeFileSync(path, text)),
  pageScript: async () => readFileSync(join(__dirname, "webview.js"), "utf8"),
  sha256: (text) => createHash("sha256").update(text).digest("base64"),
  resolve,
  fromHere(folder) {
    const path = relative(process.cwd(), folder);
    return path === ".." || path.startsWith(`..${sep}`) || isAbsolute(path) ? "" : path.split(sep).join("/");
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
    engine.rules.map(({ meta }) => meta.id),
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
    rules: engine.rules.map(({ meta }) => meta),
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

function requireFolder(root: string, path: string): void {
  const stat = trying(path, "read", () => statSync(root));
  if (!stat.isDirectory()) throw new InputError(`${path} is not a folder`);
}

function trying<T>(path: string, what: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new InputError(code === "ENOENT" ? `${path}: no such file or folder` : `${path} cannot be ${what} (${code ?? message})`);
  }
}

/** Runs what the command line asks for. `walker`: the thread that reads folders (`main.walker.ts`), or null to read them here. */
export function start(walker: WalkingThread | null): void {
  // A reader that has seen enough (`| head`) is no failure.
  stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit();
  });
  run(process.argv.slice(2), hostWith(walker)).then(
    (status) => {
      process.exitCode = status;
    },
    (error: unknown) => {
      // A defect of this program: the status must not be mistaken for findings.
      stderr.write(`process-topology: internal error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
      process.exitCode = 2;
    },
  );
}

export type Start = typeof start;
