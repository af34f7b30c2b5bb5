// npm start [-- PATH]: installs what is missing, builds, and reports on PATH (examples/elixir_shop where none is given).
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { installIfMissing, root } from "./install.mjs";

installIfMissing();
const built = spawnSync(process.execPath, [join(root, "esbuild.mjs")], { cwd: root, stdio: ["ignore", process.stderr, process.stderr] });
if (built.status !== 0) process.exit(built.status ?? 1);

const args = process.argv.slice(2);
const paths = args.some((arg) => !arg.startsWith("-")) ? args : [join(root, "examples", "elixir_shop"), ...args];
// A path on the command line is meant from where `npm start` was called, which npm hides behind the package's folder.
const ran = spawnSync(process.execPath, [join(root, "dist", "cli.js"), "report", ...paths], {
  cwd: process.env.INIT_CWD ?? process.cwd(),
  stdio: "inherit",
});
process.exit(ran.status ?? 1);
