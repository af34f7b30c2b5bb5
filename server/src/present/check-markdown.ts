/** `check --markdown`: findings, and what a change does to the supervision tree, for a pull request. Pure. */
import type { Finding, Severity } from "../model/finding.ts";
import { plural } from "./findings-text.ts";
import { markdownCode, markdownLink, markdownProse, markdownText } from "./markdown.ts";
import type { Location, Places } from "./places.ts";
import { type ComparedNode, countChanges, pathOf, type TreeChange, type TreeChanges } from "./tree-changes.ts";
import { mostDrawn, treeChangesMermaid } from "./tree-changes-mermaid.ts";

/** What findings were compared with, and how. */
export interface MarkdownChange {
  /** As the user named it. */
  readonly revision: string;
  readonly commit: string;
  readonly fixed: readonly Finding[];
  /** Of the source as it was. */
  readonly fixedPlaces: Places;
  readonly tree: TreeChanges;
}

export interface CheckMarkdownOptions {
  /** What paths of files are appended to, for links to the source; null for none. */
  readonly links: string | null;
  /** Null for a check of everything. */
  readonly change: MarkdownChange | null;
}

/** GitHub takes 65,536 characters in a comment. */
const shownFindings = 40;
const shownChanges = 100;
const signs: Record<Severity, string> = { error: "🛑", warning: "⚠️", info: "ℹ️", hint: "💡" };

/** Ends with a line break. */
export function checkMarkdown(findings: readonly Finding[], places: Places, { links, change }: CheckMarkdownOptions): string {
  const blocks = ["## Process Topology", headline(findings, change)];
  blocks.push(...findings.slice(0, shownFindings).map((finding) => findingBlock(finding, places, links)));
  if (findings.length > shownFindings) blocks.push(`… and ${plural(findings.length - shownFindings, "more finding")}.`);
  if (change !== null) blocks.push(...changeBlocks(change));
  return `${blocks.join("\n\n")}\n`;
}

function headline(findings: readonly Finding[], change: MarkdownChange | null): string {
  const counts = (["error", "warning", "info", "hint"] as const)
    .map((severity) => ({ severity, count: findings.filter((finding) => finding.severity === severity).length }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => (severity === "info" ? `${count} info` : plural(count, severity)));
  const kind = change === null ? "finding" : "new finding";
  const count = findings.length === 0 ? `No ${kind}s` : `**${plural(findings.length, kind)}** (${counts.join(", ")})`;
  if (change === null) return `${count}.`;
  const fixed = change.fixed.length === 0 ? "" : `, ${change.fixed.length} fixed`;
  return `${count}${fixed}, compared with ${markdownCode(change.revision)} (${change.commit.slice(0, 8)}).`;
}

function findingBlock(finding: Finding, places: Places, links: string | null): string {
  const rule = finding.variant === null ? finding.rule : `${finding.rule}/${finding.variant}`;
  const certainty = finding.certainty === "certain" ? "" : ` · ${finding.certainty}`;
  const title = `${signs[finding.severity]} **${finding.severity}** ${markdownCode(rule)}${certainty} · ${link(places.locate(finding.place), links)}`;
  const evidence = finding.evidence
    .slice(0, 8)
    .map(({ message, place }) => `- ${markdownProse(message)} · ${link(places.locate(place), links)}`);
  const more = finding.evidence.length - evidence.length;
  if (more > 0) evidence.push(`- … and ${more} more`);
  const details = evidence.length === 0 ? [] : [`<details><summary>Evidence</summary>\n\n${evidence.join("\n")}\n\n</details>`];
  return [title, markdownProse(finding.message), ...details].join("\n\n");
}

function link({ file, line }: Location, links: string | null): string {
  const href = links === null ? null : `${links.replace(/\/$/, "")}/${file.split("/").map(encodeURIComponent).join("/")}#L${line}`;
  return markdownLink(markdownCode(`${file}:${line}`), href);
}

function changeBlocks({ fixed, fixedPlaces, tree }: MarkdownChange): string[] {
  const blocks: string[] = [];
  if (fixed.length > 0) {
    const list = fixed.slice(0, shownFindings).map((finding) => {
      const { file, line } = fixedPlaces.locate(finding.place);
      return `- ${markdownCode(finding.rule)} · was at ${markdownCode(`${file}:${line}`)}`;
    });
    if (fixed.length > shownFindings) list.push(`- … and ${fixed.length - shownFindings} more`);
    blocks.push("### Fixed", list.join("\n"));
  }
  blocks.push("### Supervision tree", `${capital(countChanges(tree.changes))}.`);
  if (tree.changes.length === 0) return blocks;
  blocks.push(`\`\`\`mermaid\n${treeChangesMermaid(tree)}\`\`\``);
  if (tree.changes.length > mostDrawn) blocks.push(`The first ${mostDrawn} changes are drawn.`);
  const list = tree.changes.slice(0, shownChanges).map(changeLine);
  if (tree.changes.length > shownChanges) list.push(`- … and ${tree.changes.length - shownChanges} more`);
  return [...blocks, `<details><summary>As a list</summary>\n\n${list.join("\n")}\n\n</details>`];
}

function changeLine({ kind, before, after, differences }: TreeChange): string {
  const node = after ?? before;
  if (node === null) return "";
  const under = (of: ComparedNode | null): string => (of === null ? "" : pathOf(of).map(markdownText).join(" › "));
  const place = kind === "moved" ? `from ${under(before)} to ${under(after)}` : under(node) === "" ? "" : `under ${under(node)}`;
  const name = node.count > 1 ? `${markdownCode(node.label)} × ${node.count}` : markdownCode(node.label);
  return `- **${kind}** ${[name, place, ...differences.map(markdownText)].filter((part) => part !== "").join(" · ")}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
