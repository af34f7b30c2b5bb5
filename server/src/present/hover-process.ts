/** The part of a hover that describes a process definition. Pure. */
import { languageOf } from "../model/function-name.ts";
import { keyedKinds } from "../model/keyed-kinds.ts";
import type { Cost, Evidence, ProcessDefinition, Reason } from "../model/topology.ts";
import { gravestFirst } from "../protocol/gravity.ts";
import { capacityText } from "./capacity.ts";
import { supervisionOf } from "./code-lens.ts";
import { crashLines } from "./crash-lines.ts";
import type { EditorSource } from "./editor-source.ts";
import { plural } from "./findings-text.ts";
import { markdownCode, markdownLink, markdownProse, markdownText } from "./markdown.ts";
import { kindText } from "./panel-words.ts";
import { shortened } from "./shortened.ts";
import { clauseKey, indexTopology, type TreePath } from "./topology-index.ts";
import { nodeLabel } from "./tree-label.ts";

const shownPaths = 3;
const shownEvidence = 4;

/** `**MyApp.Cache** · GenServer · one · supervised by MyApp.Supervisor`. */
export function processLine(definition: ProcessDefinition, source: EditorSource): string {
  const { module, cardinality } = definition;
  const many = cardinality === "unknown" ? "how many is unknown" : cardinality;
  const words = kindText(definition, languageOf(module));
  return `${markdownLink(`**${markdownText(source.print(module))}**`, source.hrefOf(definition.place))} · ${words} · ${many} · ${markdownText(supervisionOf(module, source))}`;
}

/** Where in the tree, name, reasons, costs, capacity, callers, what a crash takes along, findings: each a block of Markdown. */
export function processSections(definition: ProcessDefinition, source: EditorSource): string[] {
  return [
    pathsText(definition, source),
    notes("Reasons to be a process", definition.reasons, source) ||
      (definition.kind.endsWith("supervisor") ? "" : "**Reasons to be a process**: none found"),
    notes("Costs", definition.costs, source),
    capacity(definition, source),
    callersText(definition, source),
    crashText(definition, source),
    findingsText(definition, source),
  ].filter((section) => section !== "");
}

function pathsText({ module }: ProcessDefinition, source: EditorSource): string {
  const paths = indexTopology(source.topology).paths.get(module) ?? [];
  const lines = paths.slice(0, shownPaths).map((path) => `- ${pathText(path, source)}`);
  if (paths.length > shownPaths) lines.push(`- … and ${plural(paths.length - shownPaths, "more place")}`);
  return lines.join("\n");
}

/** `my_app › MyApp.Supervisor (one_for_one) › MyApp.Cache · permanent · named MyApp.Cache`. */
function pathText({ application, above, node }: TreePath, source: EditorSource): string {
  const way = above.map((parent) => {
    const strategy = parent.strategy === null ? "" : ` (${parent.strategy === "unknown" ? "strategy unknown" : parent.strategy})`;
    return `${markdownLink(markdownText(nodeLabel(parent)), source.hrefOf(parent.place))}${markdownText(strategy)}`;
  });
  const own = [markdownLink(markdownText(nodeLabel(node)), source.hrefOf(node.place))];
  if (node.restart !== null) own.push(node.restart === "unknown" ? "restart unknown" : node.restart);
  if (node.strategy !== null) own.push(node.strategy === "unknown" ? "strategy unknown" : node.strategy);
  if (node.name !== null && keyedKinds.has(node.kind)) own.push(`key ${markdownCode(node.name.value)}`);
  else if (node.name !== null)
    own.push(`named ${markdownCode(node.name.value)}${node.name.scope === "local" ? "" : ` (${node.name.scope})`}`);
  if (node.origin === "dynamic") own.push("started on demand");
  if (node.condition !== null) own.push(markdownCode(node.condition));
  own.push(...(node.notes ?? []));
  if (node.certainty !== "certain") own.push(node.certainty === "probable" ? "probable" : "uncertain");
  const words = own.map((word, i) => (i === 0 || word.includes("`") ? word : word.replaceAll("_", "\\_")));
  const start = application === null ? "started by nothing that is known" : markdownText(application);
  // A system of actors may have no other name than its root.
  const isNamedAfterRoot = application === nodeLabel(above[0] ?? node);
  return [...(isNamedAfterRoot ? [] : [start]), ...way, words.join(" · ")].join(" › ");
}

function notes(title: string, items: readonly (Reason | Cost)[], source: EditorSource): string {
  if (items.length === 0) return "";
  const lines = items.map(({ text, evidence }) => `- ${markdownProse(text)}${evidenceText(evidence, source)}`);
  return `**${title}**\n${lines.join("\n")}`;
}

/** Links to the evidence, by file and line. */
export function evidenceText(evidence: readonly Evidence[], source: EditorSource): string {
  const links = shortened(evidence, shownEvidence).map((one) => {
    if (typeof one === "number") return `… ${one} more`;
    const { file, line } = source.locate(one.place);
    return markdownLink(markdownText(`${file.split("/").at(-1) ?? file}:${line}`), source.hrefOf(one.place));
  });
  return links.length === 0 ? "" : ` — ${[...new Set(links)].join(", ")}`;
}

function callersText({ module }: ProcessDefinition, source: EditorSource): string {
  const callers = indexTopology(source.topology).callers.get(module);
  if (callers === undefined) return "";
  const named = callers.top.slice(0, 4).map(({ name, sites }) => `${markdownText(source.print(name))}${sites > 1 ? ` (${sites})` : ""}`);
  const more = callers.top.length > named.length ? ", …" : "";
  return `**Called by** ${plural(callers.functions, "function")}: ${named.join(", ")}${more}`;
}

function capacity(definition: ProcessDefinition, source: EditorSource): string {
  const text = capacityText(definition, source.topology, source.callTimeOf(definition));
  return text === null ? "" : `**Capacity**: ${markdownProse(text)}`;
}

function crashText(definition: ProcessDefinition, source: EditorSource): string {
  const lines = crashLines(definition, source.topology, source.print).map((line) => `- ${markdownProse(line)}`);
  return lines.length === 0 ? "" : `**If it crashes**\n${lines.join("\n")}`;
}

function findingsText({ module }: ProcessDefinition, source: EditorSource): string {
  const own = gravestFirst(source.findings.filter(({ process }) => process === module));
  if (own.length === 0) return "";
  const lines = own.slice(0, 5).map(({ rule, message, place }) => {
    const { line } = source.locate(place);
    return `- ${markdownLink(markdownCode(rule), source.rulePage(rule))} ${markdownLink(`line ${line}`, source.hrefOf(place))}: ${markdownProse(message)}`;
  });
  return `**${plural(own.length, "finding").replace(/^./, (first) => first.toUpperCase())}**\n${lines.join("\n")}`;
}

/** What one clause of a callback takes and does. */
export function callbackSection(definition: ProcessDefinition, key: string, clause: number, source: EditorSource): string[] {
  const own = definition.callbacks.find((candidate) => candidate.fn === key && candidate.clause === clause);
  if (own === undefined) return [];
  const lines: string[] = [];
  const senders = indexTopology(source.topology).handled.get(clauseKey(key, clause)) ?? [];
  if (own.role === "call" || own.role === "cast" || own.role === "info") {
    const functions = new Set(senders.map(({ from }) => from));
    const from = functions.size === 0 ? "no sender is known" : `sent by ${plural(functions.size, "function")}`;
    lines.push(`- takes ${markdownCode(own.pattern)}: ${from}`);
  }
  for (const { what, path } of own.effects.blocks.slice(0, 4))
    lines.push(`- may wait: ${markdownProse(what)}${evidenceText(path, source)}`);
  if (own.effects.state === "unchanged" && own.role !== "init") lines.push("- leaves the state as it was");
  return lines.length === 0 ? [] : [lines.join("\n")];
}
