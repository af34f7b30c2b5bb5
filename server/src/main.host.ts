/** The real world, as the commands see it. Who reads and judges folders is handed in. */
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import { version } from "../../package.json";
import { type CliHost, type Command, InputError } from "./cli/host.ts";
import { run } from "./cli/run.ts";

const { stdout, stderr, env } = process;

export function hostWith(analyses: Pick<CliHost, "analyze" | "analyzeChange">): CliHost {
  return {
    ...analyses,
    version,
    // no-color.org: any value but the empty one; FORCE_COLOR for terminals that are not seen as such.
    color: !env.NO_COLOR && (stdout.isTTY || (env.FORCE_COLOR ?? "0") !== "0"),
    columns: stdout.columns ?? null,
    out: (text) => void stdout.write(text),
    error: (text) => void (text === "" || stderr.write(text)),
    readText: async (path) => trying(path, "read", () => readFileSync(path, "utf8")),
    writeText: async (path, text) => trying(path, "written", () => writeFileSync(path, text)),
    pageScript: async () => readFileSync(join(__dirname, "webview.js"), "utf8"),
    sha256(text) {
      // One command alone needs it.
      const { createHash } = require("node:crypto") as typeof import("node:crypto");
      return createHash("sha256").update(text).digest("base64");
    },
    resolve,
    fromHere(folder) {
      const path = relative(process.cwd(), folder);
      return path === ".." || path.startsWith(`..${sep}`) || isAbsolute(path) ? "" : path.split(sep).join("/");
    },
  };
}

/** `path`: as the command line names it; `root`: the same, absolute. Throws `InputError`. */
export function requireFolder(root: string, path: string): void {
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

/** Runs what the command line asks for, one of these commands. `failed`: told of an error that is none of the user's. */
export function runCommandLine(commands: readonly Command[], host: CliHost, failed: (error: unknown) => void = reportDefect): void {
  // A reader that has seen enough (`| head`) is no failure.
  stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit();
  });
  run(process.argv.slice(2), commands, host).then(end, failed);
}

/** Ends the program once all that it said has been taken: to give back the memory of an analysis piece by piece takes longer than to print what came of it. */
function end(status: number): void {
  stdout.write("", () => stderr.write("", () => process.exit(status)));
}

/** A defect of this program: the status must not be mistaken for findings. */
export function reportDefect(error: unknown): void {
  stderr.write(`process-topology: internal error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 2;
}
