/** Elixir sources to compare parsers on: Debian's own source of Elixir, fetched once, and folders from the environment. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "process-topology");

/** The unpacked source of Debian's `elixir-lang`: of the version whose `elixir` is installed, where the release still has it. */
export function debianElixirSource(): string {
  const folder = join(cache, "elixir-lang");
  if (existsSync(folder)) return folder;
  const work = join(cache, `elixir-lang.${process.pid}`);
  mkdirSync(join(work, "lists", "partial"), { recursive: true });
  mkdirSync(join(work, "archives", "partial"), { recursive: true });
  // Lists of our own, so that the machine's apt settings stay as they are.
  const list = join(work, "sources.list");
  const keyring = "/usr/share/keyrings/debian-archive-keyring.gpg";
  writeFileSync(list, `deb-src [signed-by=${keyring}] http://deb.debian.org/debian ${debianRelease()} main\n`);
  const options = [
    `Dir::Etc::sourcelist=${list}`,
    "Dir::Etc::sourceparts=/dev/null",
    `Dir::State::lists=${join(work, "lists")}`,
    `Dir::Cache=${work}`,
  ];
  const apt = (...args: string[]) =>
    execFileSync("apt-get", [...options.flatMap((option) => ["-o", option]), ...args], { cwd: work, stdio: "pipe" });
  apt("update");
  apt("source", "--download-only", "elixir-lang");
  const archive = readdirSync(work).find((name) => name.includes(".orig.tar"));
  if (archive === undefined) throw new Error("apt-get source elixir-lang gave no archive");
  mkdirSync(join(work, "source"));
  execFileSync("tar", ["xf", archive, "-C", "source", "--strip-components=1"], { cwd: work });
  renameSync(join(work, "source"), folder);
  rmSync(work, { recursive: true, force: true });
  return folder;
}

function debianRelease(): string {
  return execFileSync("sh", ["-c", ". /etc/os-release && echo $VERSION_CODENAME"], { encoding: "utf8" }).trim();
}

/** The folders in PROCESS_TOPOLOGY_CORPORA, separated by colons. */
export function extraCorpora(): string[] {
  return (process.env.PROCESS_TOPOLOGY_CORPORA ?? "").split(":").filter((folder) => folder !== "");
}

/** All `.ex` and `.exs` files in a folder, sorted. */
export function elixirFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.exs?$/.test(name) && !/(^|\/)node_modules\//.test(name))
    .map((name) => join(folder, name))
    .sort();
}
