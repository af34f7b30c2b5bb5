// Builds dist/, bundles one benchmark and runs it:  node test/support/bench.mjs NAME [ARGUMENT…]
import { existsSync } from "node:fs";
import { join } from "node:path";
import { installIfMissing, root } from "./install.mjs";
import { runBundled, runNode } from "./run-bundled.mjs";

const [name, ...args] = process.argv.slice(2);
const entry = `test/bench/${name}.ts`;
if (!name || !existsSync(join(root, entry))) {
  console.error("usage: npm run bench -- NAME [ARGUMENT…]      NAME is a file of test/bench");
  process.exit(2);
}
installIfMissing();
// Each as people run it: the command line from a clone, with its code cache; the extension from its package.
runNode("esbuild.mjs", ...(["check", "scripts"].includes(name) ? [] : ["--production"]));
await runBundled(entry, args);
