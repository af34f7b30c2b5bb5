/**
 * Starts the command line as fast as a cold process can. Imports little of ours.
 *
 * `check` looks at the folder first: where nothing can come of any file, that is all there is to do. Anything else is a matter for `commands.js`, which
 * is loaded in compiled form (`commands.compiled`, written by the build), as the parser of TypeScript is: V8's own code cache. V8 takes it only for the same
 * version, flags and length of source; the build writes it anew with each bundle. Whatever is wrong with it, the bundle is compiled as usual.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { basename, join, resolve } from "node:path";
import { Script } from "node:vm";
import { configurationPath } from "./analysis/configuration-file.ts";
import { lookThrough } from "./analysis/look-through.ts";
import { check } from "./cli/check.ts";
import { emptyFolder } from "./cli/empty-folder.ts";
import type { CliHost } from "./cli/host.ts";
import { languageNames, namesOf } from "./languages/source-names.ts";
import type { Beginning } from "./main.commands.ts";
import { hostWith, reportDefect, requireFolder, runCommandLine } from "./main.host.ts";
import { folderOnDisk } from "./platform/files-node.ts";
import { sizeLimit, type WalkedFile, walk } from "./platform/walk.ts";
import { oneByOne, walkBeside } from "./platform/walk-beside.ts";
import type { WalkingThread } from "./platform/walking-thread.ts";

type Commands = Pick<typeof import("./main.commands.ts"), "start" | "rules">;

/** Where there are so many, what comes of them is worth a thread: it has started when it is wanted. */
const manyFolders = 256;

/** Thrown where a look does not do: all begins anew, with what there is by then. */
class AskCommands {
  readonly beginning: Beginning;

  constructor(beginning: Beginning) {
    this.beginning = beginning;
  }
}

const looks: Pick<CliHost, "analyze" | "analyzeChange"> = {
  async analyze(path) {
    const root = resolve(path);
    requireFolder(root, path);
    const started = performance.now();
    const disk = folderOnDisk(root);
    const settings = await disk.read(configurationPath, sizeLimit);
    if (!("trouble" in settings && settings.trouble.includes("ENOENT")))
      throw new AskCommands({ walker: await startWalker(), ahead: null });
    const options = { ...namesOf(languageNames), exclude: [] };
    let walker: Promise<WalkingThread | null> | null = null;
    let listed = 0;
    const list = (folder: string) => {
      if (++listed === manyFolders) walker ??= startWalker();
      return disk.list(folder);
    };
    const files = walk({ ...disk, list }, options);
    const seen: WalkedFile[] = [];
    const looked = await lookThrough(files, seen);
    if (looked !== null) {
      const milliseconds = Math.round(performance.now() - started);
      return emptyFolder({ root, title: basename(root), ...looked, milliseconds }, () => loadCommands().rules);
    }
    walker ??= startWalker();
    const thread = await walker;
    // It reads on while the commands load.
    const walked = thread?.walk(root, { ...options, known: new Set(seen.map(({ path }) => path)) });
    const rest = walked === undefined ? oneByOne(files) : walkBeside(files, walked);
    throw new AskCommands({ walker: thread, ahead: { root, files: inTurn(seen, rest), started } });
  },
  async analyzeChange() {
    throw new AskCommands({ walker: null, ahead: null });
  },
};

type FilesAtATime = AsyncIterable<readonly WalkedFile[]>;

async function* inTurn(first: readonly WalkedFile[], rest: FilesAtATime): FilesAtATime {
  yield first;
  yield* rest;
}

/** The thread starts while the commands load. Where there is one core alone, it would only be in their way. */
async function startWalker(): Promise<WalkingThread | null> {
  if (availableParallelism() < 2) return null;
  const { WalkingThread } = await import("./platform/walking-thread.ts");
  return new WalkingThread(join(__dirname, "walker.js"));
}

function loadCommands(): Commands {
  const { setFlagsFromString } = require("node:v8") as typeof import("node:v8");
  // What an analysis allocates mostly lives to its end: a young generation that grows at once is collected half as often.
  setFlagsFromString("--semi-space-growth-factor=16");
  // Eight times what V8 waits, and a fifth of what it puts into one another: optimizing what runs for a second costs more than it saves, on machines of few cores above all.
  setFlagsFromString("--interrupt-budget=540000");
  setFlagsFromString("--max-inlined-bytecode-size-cumulative=200");
  return loadCompiled("commands", (id) => (id === "./typescript.js" ? loadCompiled("typescript", require) : require(id))) as Commands;
}

/** What a bundle exports. `requireFrom`: what it gets the others from. */
function loadCompiled(name: string, requireFrom: (id: string) => unknown): unknown {
  const [bundle, compiled] = [join(__dirname, `${name}.js`), join(__dirname, `${name}.compiled`)];
  // ASCII, which V8 keeps at one byte a character.
  const source = readFileSync(bundle, "latin1");
  const cachedData = read(compiled);
  const script = new Script(`(function (exports, require, module, __filename, __dirname) {${source}\n})`, {
    filename: bundle,
    ...(cachedData && { cachedData }),
  });
  const loaded = { exports: {} };
  script.runInThisContext()(loaded.exports, requireFrom, loaded, bundle, __dirname);
  // For the build: with the functions that an analysis needs, since they have been called by then.
  if (process.env.PROCESS_TOPOLOGY_COMPILE === "1") process.on("exit", () => writeFileSync(compiled, script.createCachedData()));
  return loaded.exports;
}

function read(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

async function startCommands(): Promise<void> {
  const isCommand = /^\w/.test(process.argv[2] ?? "");
  const walker = isCommand ? await startWalker() : null;
  loadCommands().start({ walker, ahead: null });
}

if (process.argv[2] !== check.name) void startCommands();
else
  runCommandLine([check], hostWith(looks), (error) => {
    if (error instanceof AskCommands) loadCommands().start(error.beginning);
    else reportDefect(error);
  });
