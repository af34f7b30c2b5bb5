/** Runs programs of tests under Node, with the real packages of actors. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { inRepository } from "./paths.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const entries: Readonly<Record<string, string>> = { xstate: "dist/xstate.cjs.js", nact: "lib/index.js" };

/** What the program prints, line by line. */
export function runProgram(text: string): readonly string[] {
  const real = text.replace(/from "(xstate|nact)"/g, (_, name: string) => `from "${inRepository(`node_modules/${name}`, entries[name]!)}"`);
  const folder = temporaryFolder({ "program.mjs": real });
  try {
    return execFileSync(process.execPath, [join(folder.path, "program.mjs")], { encoding: "utf8", timeout: 60_000 })
      .trim()
      .split("\n");
  } finally {
    folder.remove();
  }
}
