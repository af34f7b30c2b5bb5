// Builds dist/, bundles one benchmark and runs it:  node test/support/bench.mjs NAME [ARGUMENT…]
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { installIfMissing, root } from "./install.mjs";

const [name, ...args] = process.argv.slice(2);
const entry = join(root, "test", "bench", `${name}.ts`);
if (!name || !existsSync(entry)) {
  console.error("usage: npm run bench -- NAME [ARGUMENT…]      NAME is a file of test/bench");
  process.exit(2);
}
installIfMissing();
const run = (...command) => {
  const { status } = spawnSync(process.execPath, command, { cwd: root, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
};
run("esbuild.mjs", "--production");
const { build } = await import("esbuild");
const outfile = join(root, "out", "bench", `${name}.mjs`);
await build({
  entryPoints: [entry],
  outfile,
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node20",
  mainFields: ["module", "main"],
  loader: { ".ex": "text", ".css": "text" },
  external: ["playwright-core", "web-tree-sitter"],
  banner: { js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);' },
  logLevel: "warning",
});
run(outfile, ...args);
