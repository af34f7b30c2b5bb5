// What action.yml runs: checks what the event brings, writes annotations, the job's summary and its outputs. Inputs and the event come as
// environment variables, and go on as arguments of processes without a shell, so that nothing in them is run.
import { execFileSync, spawnSync } from "node:child_process";
import { appendFileSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const { env } = process;
const program = fileURLToPath(new URL("process-topology.mjs", import.meta.url));
const folder = mkdtempSync(join(env.RUNNER_TEMP ?? tmpdir(), "process-topology-"));

function git(...args) {
  return execFileSync("git", args, { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] }).trim();
}

/** An input of action.yml; undefined where it is left empty. */
function input(name) {
  return env[`INPUT_${name.toUpperCase().replaceAll("-", "_")}`]?.trim() || undefined;
}

/** The revision that the event's changes are counted from, or undefined where all counts. */
function baseOfEvent() {
  if (input("changed") === "false") return undefined;
  const named = input("base");
  const event = env.GITHUB_EVENT_PATH === undefined ? {} : JSON.parse(readFileSync(env.GITHUB_EVENT_PATH, "utf8"));
  const base = named ?? event.pull_request?.base?.sha ?? event.merge_group?.base_sha ?? event.before;
  if (typeof base !== "string" || /^0+$/.test(base)) return undefined;
  const isShallow = git("rev-parse", "--is-shallow-repository") === "true";
  // What is checked out for a pull request is its merge with the base: the base is the first parent, and one commit more is all that is needed.
  if (named === undefined && event.pull_request !== undefined && env.GITHUB_REF?.endsWith("/merge")) {
    if (isShallow) git("fetch", "--quiet", "--no-tags", "--depth=2", "origin", git("rev-parse", "HEAD"));
    if (git("rev-list", "--parents", "--max-count=1", "HEAD").split(" ").length === 3) return "HEAD^1";
  }
  if (isShallow) git("fetch", "--quiet", "--no-tags", "--unshallow", "origin");
  return base;
}

function check(...args) {
  return spawnSync(process.execPath, [program, "check", input("path") ?? ".", ...args], {
    encoding: "utf8",
    maxBuffer: Number.POSITIVE_INFINITY,
  });
}

function options() {
  return ["baseline"].flatMap((name) => (input(name) === undefined ? [] : [`--${name}`, input(name)]));
}

function report(file, text) {
  if (file !== undefined) appendFileSync(file, text);
}

const base = baseOfEvent();
const summary = join(folder, "summary.md");
const links =
  env.GITHUB_REPOSITORY === undefined ? [] : ["--links", `${env.GITHUB_SERVER_URL}/${env.GITHUB_REPOSITORY}/blob/${env.GITHUB_SHA}`];
const since = base === undefined ? [] : [`--base=${base}`];
const ran = check(
  "--format",
  "github",
  "--markdown",
  summary,
  `--fail-on=${input("fail-on") ?? "warning"}`,
  ...links,
  ...since,
  ...options(),
);
process.stdout.write(ran.stdout ?? "");
process.stderr.write(ran.stderr ?? "");
if (ran.status !== 0 && ran.status !== 1) {
  const [first = "It cannot be run."] = (ran.stderr ?? "").trim().split("\n").slice(-1);
  process.stdout.write(`::error title=Process Topology::${first.replaceAll("%", "%25")}\n`);
  process.exit(2);
}
report(env.GITHUB_STEP_SUMMARY, readFileSync(summary, "utf8"));
report(env.GITHUB_OUTPUT, `status=${ran.status}\nsummary=${summary}\nbase=${base ?? ""}\n`);
if (input("sarif") === "true") {
  // Code scanning compares alerts by itself, and closes those that a file does not have: it is given all of them.
  const file = join(folder, "findings.sarif");
  const all = check("--format", "sarif", "--fail-on", "never", ...options());
  if (all.status !== 0) process.exit(2);
  writeFileSync(file, all.stdout);
  report(env.GITHUB_OUTPUT, `sarif=${file}\n`);
}
