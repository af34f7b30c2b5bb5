// Packs the extension as it ships. Its `vscode:prepublish` builds dist/ for production.
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";

/** Where the package is written, from the repository's root. */
export const packedExtension = "out/process-topology.vsix";

/** Ends the process, with what was printed, when it fails. */
export function packExtension(root) {
  // A fresh clone has no such folder, and vsce makes none.
  mkdirSync(dirname(join(root, packedExtension)), { recursive: true });
  const options = ["--no-dependencies", "--allow-missing-repository", "--no-rewrite-relative-links", "--out", packedExtension];
  const ran = spawnSync(process.execPath, ["node_modules/@vscode/vsce/vsce", "package", ...options], { cwd: root, encoding: "utf8" });
  if (ran.status === 0) return;
  console.error(`${ran.stdout}${ran.stderr}`);
  process.exit(ran.status ?? 1);
}
