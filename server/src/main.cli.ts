/**
 * Starts the command line as fast as a cold process can: sets what must be set before anything is allocated, and loads `commands.js` in compiled
 * form. Imports little of ours.
 *
 * The compiled form (`commands.compiled`, written by the build) is V8's own code cache. V8 takes it only for the same version, flags and length of
 * source; the build writes it anew with each bundle. Whatever is wrong with it, the bundle is compiled as usual.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { Script } from "node:vm";
import type { Start } from "./main.commands.ts";
import { WalkingThread } from "./platform/walking-thread.ts";

// What an analysis allocates mostly lives to its end: a young generation that grows at once is collected half as often.
setFlagsFromString("--semi-space-growth-factor=16");
// Four times V8's own: optimizing what runs for a second costs more than it saves, on machines of few cores above all.
setFlagsFromString("--interrupt-budget=270000");

// It starts while the commands load. Where there is one core alone, it would only be in their way.
const isCommand = /^\w/.test(process.argv[2] ?? "");
const walker = isCommand && availableParallelism() > 1 ? new WalkingThread(join(__dirname, "walker.js")) : null;

const bundle = join(__dirname, "commands.js");
const compiled = join(__dirname, "commands.compiled");

function read(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

// The bundle is ASCII, which V8 keeps at one byte a character.
const source = readFileSync(bundle, "latin1");
const cachedData = read(compiled);
const script = new Script(`(function (exports, require, module, __filename, __dirname) {${source}\n})`, {
  filename: bundle,
  ...(cachedData && { cachedData }),
});
const commands = { exports: {} as { readonly start: Start } };
script.runInThisContext()(commands.exports, require, commands, bundle, __dirname);
commands.exports.start(walker);

// For the build: with the functions that an analysis needs, since they have been called by then.
if (process.env.PROCESS_TOPOLOGY_COMPILE === "1") process.on("exit", () => writeFileSync(compiled, script.createCachedData()));
