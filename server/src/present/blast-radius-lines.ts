/** A blast radius in sentences, terms between backticks. Pure. */
import type { TreeNode } from "../model/topology.ts";
import type { BlastRadius } from "./blast-radius.ts";
import { plural } from "./findings-text.ts";
import { nodeLabel } from "./tree-label.ts";

const maxNames = 4;

/** One line each: who starts it again and what with it, what is lost, who exits, and who gives up in the end. */
export function blastRadiusLines(radius: BlastRadius, print: (atom: string) => string): readonly string[] {
  return [restartLine(radius), ...lossLines(radius), ...linkLines(radius, print), ...escalationLines(radius)];
}

function restartLine({ supervisor, restarted, siblings, alongside }: BlastRadius): string {
  if (supervisor === null) return "nothing that is known starts it again";
  const name = nameOf(supervisor);
  if (restarted === "no") return `${name} does not start it again: it is temporary`;
  if (restarted === "unknown") return `whether ${name} starts it again is unknown`;
  const strategy = supervisor.strategy === null || supervisor.strategy === "unknown" ? "" : ` (${supervisor.strategy})`;
  if (siblings === null) return `${name} starts it again; what with it is unknown, since its strategy is`;
  if (siblings.length === 0) return `${name}${strategy} starts it again, alone`;
  const names = siblings.slice(0, maxNames).map((node) => code(nodeLabel(node)));
  const more = siblings.length > maxNames ? `, … ${siblings.length - maxNames} more` : "";
  const all = alongside > siblings.length ? ` (${plural(alongside, "process")})` : "";
  return `${name}${strategy} stops and starts with it ${names.join(", ")}${more}${all}`;
}

function lossLines({ losesState, tables, waiting, below }: BlastRadius): readonly string[] {
  const lines: string[] = below === 0 ? [] : [`what it supervises ends with it: ${plural(below, "process")}`];
  const lost = [...(losesState ? ["its state"] : []), ...tables.map((table) => `the table ${code(table)}`)];
  if (lost.length > 0) lines.push(`${lost.join(" and ")} ${lost.length === 1 ? "is" : "are"} lost`);
  if (waiting > 0) lines.push(`calls that wait for it exit: ${plural(waiting, "function")}`);
  return lines;
}

function linkLines({ linked }: BlastRadius, print: (atom: string) => string): readonly string[] {
  if (linked.length === 0) return [];
  const names = linked.slice(0, maxNames).map((module) => code(print(module)));
  const more = linked.length > maxNames ? `, … ${linked.length - maxNames} more` : "";
  return [`linked to it: ${names.join(", ")}${more}, which ${linked.length === 1 ? "falls" : "fall"} too unless exits are trapped`];
}

/** "the 4th crash within 5 s ends `Shop.Supervisor` (7 processes), …": each supervisor that gives up is a crash of the one above. */
function escalationLines({ escalation, endsApplication }: BlastRadius): readonly string[] {
  const [first, ...rest] = escalation;
  if (first === undefined) return [];
  const { supervisor, crashes, period, processes } = first;
  const start = `the ${ordinal(crashes)} crash within ${period} s ends ${nameOf(supervisor)} with all that it supervises (${plural(processes, "process")})`;
  const further = rest.map(
    (one) =>
      `the ${ordinal(one.crashes)} such end within ${one.period} s ends ${nameOf(one.supervisor)} (${plural(one.processes, "process")})`,
  );
  return [`${[start, ...further].join("; ")}${endsApplication ? ", and with it the application" : ""}`];
}

function ordinal(n: number): string {
  const tens = n % 100;
  const suffix = tens >= 11 && tens <= 13 ? "th" : (["th", "st", "nd", "rd"][n % 10] ?? "th");
  return `${n}${suffix}`;
}

/** A supervisor that is reached by a name which source does not tell has no label of its own. */
function nameOf(supervisor: TreeNode): string {
  const label = nodeLabel(supervisor);
  return label === "_" ? "its supervisor" : code(label);
}

function code(text: string): string {
  return `\`${text}\``;
}
