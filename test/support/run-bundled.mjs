// Bundles a program of the test folder, as the tests are bundled, and runs it.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { root } from "./install.mjs";

/** Runs Node in the repository with these arguments; ends this process where that fails. */
export function runNode(...args) {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}

/** Runs a TypeScript program (path in the repository) with these arguments; ends this process with its status where that is not 0. */
export async function runBundled(entry, args) {
  const { build } = await import("esbuild");
  const outfile = join(root, entry.replace(/^test/, "out").replace(/ts$/, "mjs"));
  await build({
    entryPoints: [join(root, entry)],
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    mainFields: ["module", "main"],
    loader: { ".ex": "text", ".erl": "text", ".css": "text" },
    external: ["playwright-core", "typescript", "web-tree-sitter"],
    banner: { js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);' },
    logLevel: "warning",
  });
  runNode(outfile, ...args);
}
