/** A blast radius in sentences, terms between backticks. Pure. */
import type { TreeNode } from "../model/topology.ts";
import type { BlastRadius, TreeCount } from "./blast-radius.ts";
import { plural } from "./findings-text.ts";
import { isNameless, nodeLabel } from "./tree-label.ts";

const maxNames = 4;

/** One line each: who starts it again and what with it, what is lost, who exits, and who gives up in the end. */
export function blastRadiusLines(radius: BlastRadius, print: (atom: string) => string): readonly string[] {
  const lines = [restartLine(radius), belowLine(radius), lossLine(radius), waitingLine(radius), linkLine(radius, print)];
  const escalation = escalationLines(radius).join("; ");
  const end = radius.endsApplication && escalation !== "" ? ", and with it the application" : "";
  return [...lines, escalation === "" ? null : `${escalation}${end}`].filter((line) => line !== null);
}

function restartLine(radius: BlastRadius): string {
  const { supervisor, restarted, siblings, alongside, endsApplication } = radius;
  if (supervisor === null && endsApplication) return "nothing is above it: the application ends with it";
  if (supervisor === null || restarted === "no" || restarted === "unknown") return fateLine(radius);
  const name = supervisorName(supervisor);
  if (siblings === null) return `${name} starts it again; what with it is unknown, since its strategy is`;
  const strategy = strategyOf(supervisor);
  if (siblings.length === 0) return `${name}${strategy} starts it again, alone`;
  const all = alongside.own + alongside.inside > siblings.length ? ` (${processesText(alongside)})` : "";
  return `${name}${strategy} stops and starts with it ${namesOf(siblings)}${all}`;
}

/** Why it is not started again, or that nobody knows. */
export function fateLine({ path, supervisor, restarted }: BlastRadius): string {
  if (supervisor === null && path.node.origin !== "dynamic") return "nothing that is known starts it again";
  const name = supervisor === null ? "its supervisor, which is not known," : supervisorName(supervisor);
  if (restarted === "yes") return `${name} starts it again`;
  return restarted === "no" ? `${name} does not start it again: it is temporary` : `whether ${name} starts it again is unknown`;
}

export function belowLine({ below }: BlastRadius): string | null {
  return below.own + below.inside === 0 ? null : `what it supervises ends with it: ${processesText(below)}`;
}

export function lossLine({ losesState, tables }: BlastRadius): string | null {
  const lost = [...(losesState ? ["its state"] : []), ...tables.map((table) => `the table ${code(table)}`)];
  return lost.length === 0 ? null : `${lost.join(" and ")} ${lost.length === 1 ? "is" : "are"} lost`;
}

export function waitingLine({ waiting }: BlastRadius): string | null {
  return waiting === 0 ? null : `calls that wait for it exit: ${plural(waiting, "function")}`;
}

export function linkLine({ linked }: BlastRadius, print: (atom: string) => string): string | null {
  if (linked.length === 0) return null;
  const names = linked.slice(0, maxNames).map((module) => code(print(module)));
  const more = linked.length > maxNames ? `, … ${linked.length - maxNames} more` : "";
  return `linked to it: ${names.join(", ")}${more}, which ${linked.length === 1 ? "falls" : "fall"} too unless exits are trapped`;
}

/** "the 4th crash within 5 s ends `Shop.Supervisor` with …", one each: a supervisor that gives up is a crash of the one above. */
export function escalationLines({ escalation }: BlastRadius): readonly string[] {
  return escalation.map(({ supervisor, crashes, period, processes }, index) =>
    index === 0
      ? `the ${ordinal(crashes)} crash within ${period} s ends ${supervisorName(supervisor)} with all that it supervises (${processesText(processes)})`
      : `the ${ordinal(crashes)} such end within ${period} s ends ${supervisorName(supervisor)} (${processesText(processes)})`,
  );
}

/** `18 processes, 303 more inside libraries`. */
function processesText({ own, inside }: TreeCount): string {
  if (inside === 0) return plural(own, "process");
  return own === 0 ? `${plural(inside, "process")} inside libraries` : `${plural(own, "process")}, ${inside} more inside libraries`;
}

function ordinal(n: number): string {
  const tens = n % 100;
  const suffix = tens >= 11 && tens <= 13 ? "th" : (["th", "st", "nd", "rd"][n % 10] ?? "th");
  return `${n}${suffix}`;
}

/** A supervisor that is reached by a name which source does not tell has no label of its own. */
export function supervisorName(supervisor: TreeNode): string {
  return isNameless(supervisor) && supervisor.module !== nodeLabel(supervisor) ? "its supervisor" : code(nodeLabel(supervisor));
}

/** ` (rest_for_one)`, or nothing where it is not known. */
export function strategyOf({ strategy }: TreeNode): string {
  return strategy === null || strategy === "unknown" ? "" : ` (${strategy})`;
}

/** The first few by name, the rest by number. */
export function namesOf(nodes: readonly TreeNode[]): string {
  const names = nodes.slice(0, maxNames).map((node) => code(nodeLabel(node)));
  const more = nodes.length > maxNames ? `, … ${nodes.length - maxNames} more` : "";
  return `${names.join(", ")}${more}`;
}

function code(text: string): string {
  return `\`${text}\``;
}
