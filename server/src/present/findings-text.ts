/** Findings for people at a terminal: message, code frame, evidence with its own frames, what to do. Pure. */
import type { Finding, Severity } from "../model/finding.ts";
import type { Evidence } from "../model/topology.ts";
import type { Location, Places } from "./places.ts";
import { displayWidth, printable, type TerminalStyle, wrap } from "./terminal-style.ts";

export interface FindingsTextOptions {
  readonly style: TerminalStyle;
  /** Columns to wrap prose at. */
  readonly width: number;
}

const shownEvidence = 6;

/** One block a finding, in the order given, with an empty line after each. */
export function findingsText(findings: readonly Finding[], places: Places, options: FindingsTextOptions): string {
  return findings.map((finding) => `${findingText(finding, places, options)}\n`).join("");
}

function findingText(finding: Finding, places: Places, { style, width }: FindingsTextOptions): string {
  const location = places.locate(finding.place);
  const paint = severityPaint(finding.severity, style);
  const rule = finding.variant === null ? finding.rule : `${finding.rule}/${finding.variant}`;
  const certainty = finding.certainty === "certain" ? "" : style.dim(` (${finding.certainty})`);
  const lines = [`${paint(style.bold(finding.severity))} ${style.bold(rule)}${certainty}  ${style.cyan(address(location))}`];
  lines.push(...wrap(printable(messageWithoutFix(finding)), width - 2).map((line) => `  ${line}`), "");
  lines.push(...frame(location, places, 1, style, paint));
  for (const evidence of finding.evidence.slice(0, shownEvidence)) lines.push(...evidenceText(evidence, location, places, style));
  const more = finding.evidence.length - shownEvidence;
  if (more > 0) lines.push(style.dim(`  … and ${more} more`));
  if (finding.fix !== "") {
    const [first = "", ...rest] = wrap(printable(finding.fix), width - 7);
    lines.push("", `  ${style.bold("fix")}: ${first}`, ...rest.map((line) => `       ${line}`));
  }
  return `${lines.join("\n")}\n`;
}

/** Messages end with what to do, which has a line of its own here. */
function messageWithoutFix({ message, fix }: Finding): string {
  return message.endsWith(fix) ? message.slice(0, message.length - fix.length).trimEnd() : message;
}

function evidenceText({ message, place }: Evidence, finding: Location, places: Places, style: TerminalStyle): string[] {
  const location = places.locate(place);
  const line = `  ${style.blue("•")} ${printable(message)}  ${style.cyan(address(location))}`;
  // The code of the finding itself stands there already.
  const isSeen = location.file === finding.file && location.line === finding.line;
  return isSeen ? [line] : [line, ...frame(location, places, 0, style, style.blue)];
}

function address({ file, line, column }: Location): string {
  return `${file}:${line}:${column}`;
}

/** The line of a location with `around` lines before and after it, and a mark under what is meant (its first line, if there are more). */
function frame(location: Location, places: Places, around: number, style: TerminalStyle, paint: (text: string) => string): string[] {
  const gutter = Math.max(String(location.line + around).length, 3);
  const rows: string[] = [];
  for (let number = location.line - around; number <= location.line + around; number++) {
    const source = number < 1 ? null : places.line(location.file, number);
    if (source === null || (number !== location.line && source.trim() === "")) continue;
    rows.push(`  ${style.dim(`${String(number).padStart(gutter)} │`)} ${clip(printable(source))}`.trimEnd());
    if (number === location.line) rows.push(`  ${style.dim(`${" ".repeat(gutter)} │`)} ${paint(underline(location, source))}`);
  }
  return rows;
}

function underline(location: Location, source: string): string {
  const end = location.endLine === location.line ? location.endColumn - 1 : source.trimEnd().length;
  const before = displayWidth(clip(printable(source.slice(0, location.column - 1))));
  const marked = displayWidth(clip(printable(source.slice(0, Math.max(end, location.column))))) - before;
  return " ".repeat(before) + "^".repeat(Math.max(marked, 1));
}

/** Minified or generated lines would fill the screen. */
function clip(text: string): string {
  return text.length > 200 ? `${text.slice(0, 199)}…` : text;
}

function severityPaint(severity: Severity, style: TerminalStyle): (text: string) => string {
  if (severity === "error") return style.red;
  return severity === "warning" ? style.yellow : style.blue;
}

/** "3 findings: 1 error, 2 warnings", or that there is none. */
export function findingsSummary(findings: readonly Finding[], style: TerminalStyle): string {
  if (findings.length === 0) return "No findings.";
  const counts = (["error", "warning", "info", "hint"] as const)
    .map((severity) => ({ severity, count: findings.filter((finding) => finding.severity === severity).length }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => severityPaint(severity, style)(severity === "info" ? `${count} info` : plural(count, severity)));
  return `${style.bold(plural(findings.length, "finding"))}: ${counts.join(", ")}`;
}

export function plural(count: number, noun: string): string {
  const plural = /[^aeiou]y$/.test(noun) ? `${noun.slice(0, -1)}ies` : /(s|x|ch|sh)$/.test(noun) ? `${noun}es` : `${noun}s`;
  return `${grouped(count)} ${count === 1 ? noun : plural}`;
}

/** 1,234,567. By hand: the first number that `Intl` formats costs a cold process more than reading a hundred files. */
function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}
