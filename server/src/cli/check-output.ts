/** The forms in which `check` says what it found. */
import type { Finding } from "../model/finding.ts";
import { changeJson } from "../present/change-json.ts";
import { checkMarkdown, type MarkdownChange } from "../present/check-markdown.ts";
import { findingsJson } from "../present/findings-json.ts";
import { findingsSummary, findingsText, plural } from "../present/findings-text.ts";
import { github } from "../present/github.ts";
import type { Places } from "../present/places.ts";
import { sarif } from "../present/sarif.ts";
import { colorStyle, plainStyle } from "../present/terminal-style.ts";
import { countChanges } from "../present/tree-changes.ts";
import { type AnalyzedFolder, type CliHost, proseWidth } from "./host.ts";

export const checkFormats = ["text", "json", "sarif", "github", "markdown"] as const;

export interface CheckedChange extends MarkdownChange {
  readonly before: AnalyzedFolder;
}

export interface Checked {
  readonly folder: AnalyzedFolder;
  /** Those to report: without what a baseline knows, and, with a change, without what was there before it. */
  readonly findings: readonly Finding[];
  readonly change: CheckedChange | null;
}

/** Standard output in one of `checkFormats`. `links`: what paths of files are appended to in Markdown. */
export function printCheck(format: string, checked: Checked, host: CliHost, links?: string): string {
  switch (format) {
    case "json":
      return checkJson(checked);
    case "sarif":
      return checkSarif(checked, host);
    case "github":
      return github(checked.findings, placesFromHere(checked.folder, host));
    case "markdown":
      return checkMarkdownText(checked, host, links);
    default:
      return checkText(checked, host);
  }
}

export function checkSarif({ folder, findings }: Checked, host: CliHost): string {
  const { version } = host;
  return `${JSON.stringify(sarif(findings, placesFromHere(folder, host), { version, rules: folder.rules }), null, 2)}\n`;
}

export function checkMarkdownText({ folder, findings, change }: Checked, host: CliHost, links?: string): string {
  const shown = change && { ...change, fixedPlaces: placesFromHere(change.before, host) };
  return checkMarkdown(findings, placesFromHere(folder, host), { links: links ?? null, change: shown });
}

function checkJson({ folder, findings, change }: Checked): string {
  const { places, summary, print } = folder;
  const data = findingsJson(findings, places, summary, print);
  return `${JSON.stringify(change === null ? data : { ...data, change: changeJson(change, print) }, null, 2)}\n`;
}

function checkText({ folder, findings, change }: Checked, host: CliHost): string {
  const { places, summary } = folder;
  const style = host.color ? colorStyle : plainStyle;
  const text = findingsText(findings, places, { style, width: proseWidth(host) });
  const read = `${plural(summary.definitions, "process definition")} in ${plural(summary.files, "file")}, ${summary.milliseconds} ms`;
  if (change === null) {
    const known = folder.findings.length - findings.length;
    const left = known === 0 ? "" : `; ${plural(known, "known finding")} left out`;
    return `${text}${findingsSummary(findings, style)} ${style.dim(`(${read}${left})`)}\n`;
  }
  const { revision, commit, fixed, tree } = change;
  const since = `since ${revision} (${commit.slice(0, 8)})`;
  const count = findings.length === 0 ? `Nothing new ${since}.` : `New ${since}: ${findingsSummary(findings, style)}`;
  const tail = `${fixed.length} fixed; supervision tree: ${countChanges(tree.changes)}`;
  return `${text}${count} ${style.dim(`(${tail}; ${read})`)}\n`;
}

/** Files as they are called from the current folder, which is what services resolve paths against; from elsewhere, as the folder calls them. */
function placesFromHere({ root, places }: AnalyzedFolder, host: CliHost): Places {
  const prefix = host.fromHere(root);
  if (prefix === "") return places;
  return {
    locate(place) {
      const location = places.locate(place);
      return { ...location, file: `${prefix}/${location.file}` };
    },
    line: (file, line) => places.line(file, line),
  };
}
