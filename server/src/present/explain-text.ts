/** `explain`: why a module's code is run by a process, or where it runs when no process is its own. Pure. */

import { listContexts } from "../model/context-words.ts";
import type { Finding } from "../model/finding.ts";
import { languageOf, shortFunctionName } from "../model/function-name.ts";
import type { Cost, Evidence, ExecutionContext, FunctionNode, ProcessDefinition, Reason, Topology, TreeNode } from "../model/topology.ts";
import { capacityText } from "./capacity.ts";
import { crashLines } from "./crash-lines.ts";
import { findingsText, plural } from "./findings-text.ts";
import { countCallers, withoutWaiting } from "./panel-callers.ts";
import { kindText } from "./panel-words.ts";
import type { Places } from "./places.ts";
import { shortened } from "./shortened.ts";
import { printable, type TerminalStyle } from "./terminal-style.ts";
import { nodeFacts, nodeLabel } from "./tree-label.ts";
import { waitingClients, waitLines } from "./waits.ts";

export interface Explained {
  readonly topology: Topology;
  readonly findings: readonly Finding[];
  readonly places: Places;
  print(atom: string): string;
  /** Milliseconds that a call of the process takes, as its source says in a comment, or null. */
  callTimeOf(definition: ProcessDefinition): number | null;
}

export interface ExplainTextOptions {
  readonly style: TerminalStyle;
  readonly width: number;
}

/**
 * A process definition: what it is, where it is in the tree, reasons, costs, capacity, who calls it, what callers of its client functions wait for, what a
 * crash takes along, findings.
 */
export function explainProcess(definition: ProcessDefinition, explained: Explained, options: ExplainTextOptions): string {
  const { topology, findings, places, print } = explained;
  const { style } = options;
  const { module, cardinality } = definition;
  const { file, line } = places.locate(definition.place);
  const title = `${style.bold(printable(print(module)))}  ${kindText(definition, languageOf(module))} · ${cardinality === "unknown" ? "how many is unknown" : cardinality}  ${style.dim(`${file}:${line}`)}`;
  const own = findings.filter((finding) => finding.process === module);
  const sections = [
    treePaths(definition, topology).map((path) => `  ${printable(path)}`),
    section("Reasons to be a process", definition.reasons, places, style, "none found"),
    section("Costs", definition.costs, places, style, "none found"),
    capacity(definition, explained, style),
    callers(definition, topology, explained, style),
    waits(definition, explained, style),
    crash(definition, explained, style),
    own.length === 0 ? [] : [style.bold(plural(own.length, "finding")), "", findingsText(own, places, options).trimEnd()],
  ];
  return `${[[title], ...sections.filter((lines) => lines.length > 0)].map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

/** A plain module, or one function of it: the processes in which it may run. */
export function explainFunctions(
  functions: readonly FunctionNode[],
  { topology, places, print }: Explained,
  { style }: ExplainTextOptions,
): string {
  const rows = functions.flatMap((fn) => {
    const { contexts, namePlace, key } = fn;
    const { file, line } = places.locate(namePlace);
    const head = `  ${shortFunctionName(fn)}  runs in ${contextsText(contexts, topology)}  ${style.dim(`${file}:${line}`)}`;
    return [head, ...waitLines({ fn: key, clause: null }, topology, print).flatMap((one) => noteRows(one, places, style, "      "))];
  });
  const module = functions[0]?.module ?? "";
  const service = topology.services?.get(module);
  const what = service === undefined ? "a plain module" : `${service.form} of ${service.package}`;
  return [`${style.bold(printable(print(module)))}  ${printable(what)}: no process is its own`, "", ...rows, ""].join("\n");
}

function contextsText(ids: readonly string[], topology: Topology): string {
  const contexts = ids.map((id) => topology.contexts.get(id)).filter((context): context is ExecutionContext => context !== undefined);
  if (contexts.length === 0) return "nothing that is known";
  return listContexts(contexts, 5);
}

/** The ways from a root to the process, one line each. */
function treePaths({ module }: ProcessDefinition, topology: Topology): string[] {
  const found: string[] = [];
  const visit = (node: TreeNode, path: string): void => {
    const here = path === "" ? nodeLabel(node) : `${path} › ${nodeLabel(node)}`;
    if (node.moduleAtom === module) found.push(`${here}  (${nodeFacts(node).join(" · ")})`);
    for (const child of node.children) visit(child, here);
  };
  for (const { name, root } of topology.applications) if (root !== null) visit(root, nodeLabel(root) === name ? "" : name);
  for (const node of topology.unattached) visit(node, "unattached");
  return found.length === 0 ? ["in no supervision tree that is known"] : found;
}

function section(title: string, items: readonly (Reason | Cost)[], places: Places, style: TerminalStyle, none: string): string[] {
  if (items.length === 0) return [`${style.bold(title)}: ${none}`];
  return [style.bold(title), ...items.flatMap((item) => noteRows(item, places, style, "  "))];
}

function noteRows(
  { text, evidence }: { readonly text: string; readonly evidence: readonly Evidence[] },
  places: Places,
  style: TerminalStyle,
  indent: string,
): string[] {
  return [
    `${indent}${style.blue("•")} ${printable(text)}`,
    ...shortened(evidence, shownEvidence).map((one) => {
      if (typeof one === "number") return `${indent}    ${style.dim(`… ${one} more`)}`;
      const { file, line } = places.locate(one.place);
      return `${indent}    ${printable(one.message)}  ${style.cyan(`${file}:${line}`)}`;
    }),
  ];
}

const shownEvidence = 5;
const shownClients = 6;

/** The client functions whose callers wait for more than the process alone. */
function waits({ module }: ProcessDefinition, { topology, places, print }: Explained, style: TerminalStyle): string[] {
  const rows = waitingClients(module, topology)
    .slice(0, shownClients)
    .flatMap((fn) => {
      const lines = waitLines({ fn: fn.key, clause: null }, topology, print);
      if (lines.length === 0) return [];
      return [`  ${style.bold(printable(shortFunctionName(fn)))}`, ...lines.flatMap((line) => noteRows(line, places, style, "    "))];
    });
  return rows.length === 0 ? [] : [style.bold("What its callers wait for"), ...rows];
}

function capacity(definition: ProcessDefinition, { topology, callTimeOf }: Explained, style: TerminalStyle): string[] {
  const text = capacityText(definition, topology, callTimeOf(definition));
  return text === null ? [] : [`${style.bold("Capacity")}: ${printable(text)}`];
}

function crash(definition: ProcessDefinition, { topology, print }: Explained, style: TerminalStyle): string[] {
  const rows = crashLines(definition, topology, print).map((line) => `  ${style.blue("•")} ${printable(line)}`);
  return rows.length === 0 ? [] : [style.bold("If it crashes"), ...rows];
}

function callers({ module }: ProcessDefinition, topology: Topology, { print }: Explained, style: TerminalStyle): string[] {
  const counted = countCallers(topology, print).get(module);
  const others = countCallers(topology, print, withoutWaiting).get(module)?.sites ?? 0;
  if (counted === undefined && others === 0) return [`${style.bold("Callers")}: none found`];
  const without = `${plural(others, "message")} without waiting`;
  if (counted === undefined) return [`${style.bold("Callers")}: none that waits, ${without}`];
  const { functions, modules, top } = counted;
  const rows = top.map(({ name, sites }) => `  ${style.blue("•")} ${printable(name)}  ${plural(sites, "call")}`);
  if (modules > top.length) rows.push(`  ${style.dim(`… and ${plural(modules - top.length, "more module")}`)}`);
  const waiting = `${plural(functions, "function")} ${functions === 1 ? "waits" : "wait"} for it`;
  return [style.bold(others === 0 ? waiting : `${waiting}, ${without}`), ...rows];
}
