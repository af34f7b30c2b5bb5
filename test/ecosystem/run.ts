/**
 * Runs all rules, those in preview too, over public repositories, and says what differs from the last run that was stored:
 *
 *     npm run ecosystem [-- --update] [NAME…]
 *
 * `repositories.json` pins each repository by commit. They are fetched by hand into a folder outside of this repository; of their code nothing is
 * stored here but counts and hashes of findings (`findings.json`). Ends with status 1 where findings differ, 2 where a repository is missing.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { analyzeFolder } from "../../server/src/analysis/analyze-folder.ts";
import { engine } from "../../server/src/analysis/engine.ts";
import { defaultSettings } from "../../server/src/analysis/settings.ts";
import type { Snapshot } from "../../server/src/analysis/snapshot.ts";
import { findingKey, printFindingKey } from "../../server/src/model/finding-key.ts";
import { folderOnDisk } from "../../server/src/platform/files-node.ts";
import { cacheFolder } from "../support/cache-folder.mjs";
import { inRepository } from "../support/paths.ts";
import { type CountedFindings, diffFindings, type StoredFindings } from "./diff.ts";

interface Repository {
  readonly name: string;
  readonly url: string;
  readonly commit: string;
}

const storePath = inRepository("test/ecosystem/findings.json");
const folderOf = ({ name }: Repository): string => join(process.env.PROCESS_TOPOLOGY_ECOSYSTEM ?? join(cacheFolder, "ecosystem"), name);

/** What keeps a repository from being read, with the commands that mend it; null where nothing does. */
function trouble(repository: Repository): string | null {
  const folder = folderOf(repository);
  const { url, commit } = repository;
  const fetch = [
    `git init -q '${folder}'`,
    `git -C '${folder}' fetch -q --depth=1 ${url} ${commit}`,
    `git -C '${folder}' checkout -q ${commit}`,
  ];
  if (!existsSync(join(folder, ".git"))) return `${repository.name} is not there:\n  ${fetch.join(" &&\n  ")}`;
  const head = execFileSync("git", ["-C", folder, "rev-parse", "HEAD"], { encoding: "utf8" }).trim();
  return head === commit ? null : `${repository.name} is at ${head}:\n  ${fetch.slice(1).join(" &&\n  ")}`;
}

/** Every rule speaks at its own severity. */
const settings = {
  ...defaultSettings,
  rules: Object.fromEntries(engine.rules.map(({ meta }) => [meta.id, meta.stage === "preview" ? meta.severity : ("default" as const)])),
};

async function findingsOf(repository: Repository): Promise<CountedFindings> {
  const snapshot: Snapshot = await analyzeFolder(folderOnDisk(folderOf(repository)), { engine, purpose: "findings", settings });
  const seen = new Map<string, number>();
  return snapshot.findings.map((finding) => {
    const key = printFindingKey(findingKey(finding));
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    const { file, line } = snapshot.locate(finding.place);
    return {
      rule: finding.variant === null ? finding.rule : `${finding.rule}/${finding.variant}`,
      severity: finding.severity,
      hash: createHash("sha256").update(`${key}|${finding.severity}|${count}`).digest("hex").slice(0, 12),
      text: `${file}:${line}  ${finding.message}`,
    };
  });
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { update: { type: "boolean" } } });
  const all = JSON.parse(readFileSync(inRepository("test/ecosystem/repositories.json"), "utf8")) as Repository[];
  const unknown = positionals.filter((name) => !all.some((repository) => repository.name === name));
  if (unknown.length > 0) {
    console.error(`no such repository: ${unknown.join(", ")} (there are ${all.map(({ name }) => name).join(", ")})`);
    return 2;
  }
  const chosen = all.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
  const missing = chosen.flatMap((repository) => trouble(repository) ?? []);
  for (const text of missing) console.error(text);
  const stored = existsSync(storePath) ? (JSON.parse(readFileSync(storePath, "utf8")) as StoredFindings) : {};
  const next: Record<string, StoredFindings[string]> = { ...stored };
  let differs = false;
  for (const repository of chosen.filter((candidate) => trouble(candidate) === null)) {
    const findings = await findingsOf(repository);
    const { lines, store } = diffFindings(stored[repository.name], findings, repository.commit);
    const count = `${repository.name}: ${findings.length} ${findings.length === 1 ? "finding" : "findings"}`;
    console.log(lines.length === 0 ? `${count}, as before` : `${count}\n${lines.map((line) => `  ${line}`).join("\n")}`);
    differs ||= lines.length > 0;
    next[repository.name] = store;
  }
  if (values.update === true) {
    const sorted = Object.fromEntries(Object.entries(next).sort(([a], [b]) => (a < b ? -1 : 1)));
    writeFileSync(storePath, `${JSON.stringify(sorted, null, 2)}\n`);
  }
  return missing.length > 0 ? 2 : differs && values.update !== true ? 1 : 0;
}

process.exitCode = await main();
