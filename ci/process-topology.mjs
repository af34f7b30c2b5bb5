#!/usr/bin/env node
// The command line from a clone of this repository, as hooks and actions have it: installs and builds once, then runs `process-topology ARGS…`.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { installIfMissing, root } from "../test/support/install.mjs";

const program = join(root, "dist", "cli.js");

if (!existsSync(program) || !existsSync(join(root, "dist", "commands.js"))) {
  installIfMissing();
  const built = spawnSync(process.execPath, [join(root, "esbuild.mjs")], { cwd: root, stdio: ["ignore", process.stderr, process.stderr] });
  if (built.status !== 0) process.exit(2);
}
const ran = spawnSync(process.execPath, [program, ...process.argv.slice(2)], { stdio: "inherit" });
process.exit(ran.status ?? 2);
