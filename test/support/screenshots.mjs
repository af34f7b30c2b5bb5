// Takes the pictures of README and of every view in every theme, in a real VS Code:  node test/support/screenshots.mjs [THEME…]
// Packs the extension, opens the bundled example, writes to out/screenshots/; those that README shows go to docs/images/.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { installIfMissing, root } from "./install.mjs";
import { packExtension } from "./pack-extension.mjs";

installIfMissing();
packExtension(root);
const { build } = await import("esbuild");
const outfile = join(root, "out", "screenshots.mjs");
await build({
  entryPoints: [join(root, "test", "editor", "take-screenshots.ts")],
  outfile,
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node20",
  external: ["playwright-core", "@vscode/vsce"],
  banner: { js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);' },
  logLevel: "warning",
});
process.exit(spawnSync(process.execPath, [outfile, ...process.argv.slice(2)], { cwd: root, stdio: "inherit" }).status ?? 1);
