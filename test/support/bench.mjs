// Runs a benchmark:  node test/support/bench.mjs NAME [ARGUMENT]…   (test/bench/NAME.ts)
// Builds dist/ for production first, so that what is timed is what is shipped.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { installIfMissing, root } from "./install.mjs";

const [name, ...rest] = process.argv.slice(2);
if (name === undefined) {
  console.error("usage: node test/support/bench.mjs NAME [ARGUMENT]…");
  process.exit(2);
}
installIfMissing();
const built = spawnSync(process.execPath, ["esbuild.mjs", "--production"], { cwd: root, stdio: "inherit" });
if (built.status !== 0) process.exit(built.status ?? 1);
const { build } = await import("esbuild");
await build({
  absWorkingDir: root,
  entryPoints: [`test/bench/${name}.ts`],
  outfile: `out/bench/${name}.mjs`,
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node20",
  mainFields: ["module", "main"],
  conditions: ["module"],
  external: ["playwright-core", "web-tree-sitter"],
  banner: { js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);' },
});
const ran = spawnSync(process.execPath, [join("out", "bench", `${name}.mjs`), ...rest], { cwd: root, stdio: "inherit" });
process.exit(ran.status ?? 1);
