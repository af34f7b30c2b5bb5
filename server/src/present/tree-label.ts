/** How a node of the supervision tree is named in text and DOT. Pure. */

import { languageOf } from "../model/function-name.ts";
import { keyedKinds } from "../model/keyed-kinds.ts";
import type { TreeNode } from "../model/topology.ts";
import { kindText } from "./panel-words.ts";

/** The callback module; else, for what has none of its own, the registered name, the id, or what starts it. */
export function nodeLabel(node: TreeNode): string {
  const words = kindText(node, nodeLanguage(node));
  // A list given to Supervisor.start_link, a Registry, an Agent: the module says no more than the kind.
  const isGeneric = node.module === words || node.module === node.kind || node.module?.startsWith(`${words}.`) === true;
  const module = isGeneric ? null : node.module;
  if (module === null && isNameless(node)) return words;
  return module ?? node.name?.value ?? (node.id === node.module ? null : node.id) ?? node.module ?? node.start ?? words;
}

/** Whether it has a name or an id, of which source tells nothing. */
export function isNameless({ name, id }: TreeNode): boolean {
  return (name?.value ?? id) === "_";
}

/** Facts that are worth their place beside the name, the kind first; what is usual is left out. */
export function nodeFacts(node: TreeNode): string[] {
  const facts: string[] = [kindText(node, nodeLanguage(node))];
  if (node.strategy !== null) facts.push(node.strategy === "unknown" ? "strategy unknown" : node.strategy);
  if (typeof node.intensity === "number" && typeof node.period === "number" && !(node.intensity === 3 && node.period === 5)) {
    facts.push(`${node.intensity} in ${node.period} s`);
  }
  if (node.restart !== null && node.restart !== "permanent") facts.push(node.restart === "unknown" ? "restart unknown" : node.restart);
  if (node.cardinality !== "one") facts.push(node.cardinality === "unknown" ? "how many is unknown" : node.cardinality);
  const { name } = node;
  if (name !== null && name.value !== nodeLabel(node)) {
    // The name that a registry knows it by says what the child is called, not where: the registry's own name is enough here.
    const registry = registryOf(name.value);
    if (keyedKinds.has(node.kind)) facts.push(`key ${name.value}`);
    else if (registry !== null) facts.push(`named in ${registry}`);
    else facts.push(name.scope === "local" ? `named ${name.value}` : `named ${name.value} (${name.scope})`);
  }
  if (node.origin === "dynamic") facts.push("started on demand");
  if (node.condition !== null) facts.push(node.condition);
  facts.push(...(node.notes ?? []));
  if (node.certainty !== "certain") facts.push(node.certainty === "probable" ? "probable" : "uncertain");
  return facts;
}

/** The registry of `{via, Module, {Registry, Key}}`; the module where it keeps names of a shape of its own (`{via, gproc, {n, l, Key}}`), or plain ones. */
function registryOf(name: string): string | null {
  const via = /^\{:?via, ([^,]+), (?:\{([^,{}]+), )?/.exec(name);
  if (via === null) return null;
  return via[2] === undefined || /^:?gproc$/.test(via[1] ?? "") ? (via[1] ?? null) : via[2];
}

/** The language whose words a node is told in: that of its module's atom; else one in which atoms are printed as its name or id is. */
function nodeLanguage(node: TreeNode): string {
  const { moduleAtom, name, id, start } = node;
  if (moduleAtom !== null) return languageOf(moduleAtom);
  const text = (isNameless(node) ? null : (name?.value ?? id)) ?? start ?? ":";
  return /^([A-Z:]|\{:)/.test(text) ? "elixir" : "erlang";
}
