import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "./cache-folder.mjs";

/**
 * The unpacked source of a Debian package, fetched with `apt-get source` on first use. Adds source entries to apt's configuration where there are
 * none (CI runs as root). Throws with apt's own words where that fails.
 */
export function debianSource(name: string): string {
  const folder = join(cacheFolder, "debian");
  mkdirSync(folder, { recursive: true });
  const found = (): string | undefined =>
    readdirSync(folder, { withFileTypes: true }).find((e) => e.isDirectory() && e.name.startsWith(`${name}-`))?.name;
  if (!found()) {
    try {
      execFileSync("apt-get", ["source", "-qq", name], { cwd: folder, stdio: "pipe" });
    } catch {
      addSourceEntries();
      execFileSync("apt-get", ["update", "-qq"], { stdio: "pipe" });
      execFileSync("apt-get", ["source", "-qq", name], { cwd: folder, stdio: "pipe" });
    }
  }
  const unpacked = found();
  if (!unpacked) throw new Error(`apt-get source ${name} left no folder in ${folder}`);
  return join(folder, unpacked);
}

/** The same archives as for binary packages, in both of the forms that apt reads. */
function addSourceEntries(): void {
  const folder = "/etc/apt/sources.list.d";
  const own = "process-topology-source";
  const names = readdirSync(folder).filter((name) => !name.startsWith(own));
  const stanzas = names
    .filter((name) => name.endsWith(".sources"))
    .map((name) => readFileSync(join(folder, name), "utf8").replace(/^Types:.*$/gm, "Types: deb-src"));
  if (stanzas.length > 0) writeFileSync(join(folder, `${own}.sources`), stanzas.join("\n\n"));
  const lists = [...names.filter((name) => name.endsWith(".list")).map((name) => join(folder, name)), "/etc/apt/sources.list"].filter(
    (path) => existsSync(path),
  );
  const lines = lists.flatMap((path) => readFileSync(path, "utf8").split("\n")).filter((line) => line.startsWith("deb "));
  if (lines.length > 0)
    writeFileSync(join(folder, `${own}.list`), `${lines.map((line) => line.replace(/^deb /, "deb-src ")).join("\n")}\n`);
}
