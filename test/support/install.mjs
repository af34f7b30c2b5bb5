// Brings node_modules up to package-lock.json. Imports nothing but Node itself, so that it runs on a fresh clone.
import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/** Installs the locked packages where they are missing or older than the lock file; ends the process when that fails. */
export function installIfMissing() {
  const installed = join(root, "node_modules", ".package-lock.json");
  const lock = join(root, "package-lock.json");
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs - 2000) return;
  const first = !existsSync(installed);
  console.error(first ? "Installing packages (once)…" : "package-lock.json has changed: installing packages…");
  // No package here needs its install script; `--ignore-scripts` also keeps native addons of optional packages from being compiled.
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  // Not `npm ci`: it refuses a lock file that lacks packages of other platforms, which a registry's mirror may not have.
  const args = ["install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  const done = spawnSync(npm, args, { cwd: root, stdio: ["ignore", process.stderr, process.stderr], shell: process.platform === "win32" });
  if (done.status !== 0) {
    console.error("npm install failed.");
    process.exit(done.status ?? 1);
  }
}
