/** `tree --format text`: the supervision tree in box-drawing characters. Pure. */
import type { ApplicationTree, TreeNode } from "../model/topology.ts";
import { plural } from "./findings-text.ts";
import type { Places } from "./places.ts";
import { clipped, displayWidth, printable, type TerminalStyle } from "./terminal-style.ts";
import { type FoldedNode, foldNamed, foldTree } from "./tree-fold.ts";
import type { Trees } from "./tree-json.ts";
import { nodeFacts, nodeLabel } from "./tree-label.ts";

export interface TreeTextOptions {
  readonly style: TerminalStyle;
  /** Columns of the terminal that rows are made to fit; null: there is none, and rows are as long as they are. */
  readonly width: number | null;
  /** Modules of the workspace that processes run (BEAM atoms): what a library starts inside of itself is only counted. */
  readonly ownModules: ReadonlySet<string>;
  /** Number of findings by module (BEAM atom), shown as a mark. */
  readonly findings?: ReadonlyMap<string, number>;
}

interface Row {
  readonly branch: string;
  readonly label: string;
  readonly facts: string;
  readonly mark: string;
  readonly address: string;
  readonly supervisor: boolean;
}

/** Columns that names and facts may take before what stands beside them is no longer aligned. */
const widest = 64;
/** What an expression may take that a child depends on. */
const widestCondition = 72;
/** A row that has less room for its facts than this does not say where its process is started. */
const leastFacts = 28;

/**
 * One block an application, then what no known supervisor starts, then the libraries, which start nothing; ends with a line break. Like siblings
 * become one line, and what libraries keep inside of themselves is only counted: the JSON form has all of it.
 */
export function treeText({ applications, unattached }: Trees, places: Places, options: TreeTextOptions): string {
  const { style } = options;
  const blocks = applications.flatMap((application) => applicationText(application, places, options) ?? []);
  if (unattached.length > 0) {
    const walk = new TreeRows(places, options, ["restart unknown", "how many is unknown"]);
    const title = style.bold("unattached") + style.dim("  no supervisor that is known starts these");
    blocks.push([title, ...align(walk.rows(unattached), options)].join("\n"));
  }
  const libraries = applications.filter(({ root }) => root === null);
  if (libraries.length > 0) {
    const title = style.bold("libraries") + style.dim("  applications without a supervision tree");
    blocks.push([title, ...align(libraries.map(libraryRow(places)), options)].join("\n"));
  }
  return blocks.length === 0 ? "No applications and no processes.\n" : `${blocks.join("\n\n")}\n`;
}

function applicationText({ name, callback, place, root }: ApplicationTree, places: Places, options: TreeTextOptions): string | null {
  if (root === null) return null;
  const { style } = options;
  const { file, line } = places.locate(place);
  // What a script starts is called by the script's path, which stands there anyhow.
  const callbackText = callback === null || callback === file ? [] : [printable(callback)];
  const title = [style.bold(printable(name)), ...callbackText, style.dim(`${file}:${line}`)].join("  ");
  return [title, ...align(new TreeRows(places, options).rows([root]), options)].join("\n");
}

function libraryRow(places: Places): (application: ApplicationTree, at: number, all: readonly ApplicationTree[]) => Row {
  return ({ name, place }, at, all) => {
    const { file, line } = places.locate(place);
    const branch = at === all.length - 1 ? "└─ " : "├─ ";
    return { branch, label: printable(name), facts: "", mark: "", address: `${file}:${line}`, supervisor: false };
  };
}

class TreeRows {
  readonly #places: Places;
  readonly #findings: ReadonlyMap<string, number>;
  readonly #ownModules: ReadonlySet<string>;

  /** Facts that a heading has told already. */
  readonly #unsaid: ReadonlySet<string>;

  constructor(places: Places, { findings, ownModules }: TreeTextOptions, unsaid: readonly string[] = []) {
    this.#unsaid = new Set(unsaid);
    this.#places = places;
    this.#findings = findings ?? new Map();
    this.#ownModules = ownModules;
  }

  rows(nodes: readonly TreeNode[]): Row[] {
    return this.#rows(
      foldTree(nodes, (module) => this.#ownModules.has(module)),
      "",
    );
  }

  #rows(nodes: readonly FoldedNode[], indent: string): Row[] {
    return foldNamed(nodes).flatMap((folded, index, all) => this.#nodeRows(folded, indent, index === all.length - 1));
  }

  #nodeRows(folded: FoldedNode, indent: string, last: boolean): Row[] {
    const { node, children } = folded;
    const found = node.moduleAtom === null ? 0 : (this.#findings.get(node.moduleAtom) ?? 0);
    const { file, line } = this.#places.locate(node.place);
    const row: Row = {
      branch: `${indent}${last ? "└" : "├"}${node.origin === "dynamic" ? "┄" : "─"} `,
      label: printable(this.#nameIsBetter(folded) ? folded.node.name.value : nodeLabel(node)),
      facts: this.#factsOf(folded).map(printable).join(" · "),
      mark: found === 0 ? "" : `▲ ${found}`,
      address: `${file}:${line}`,
      supervisor: node.type === "supervisor",
    };
    return [row, ...this.#rows(children, `${indent}${last ? "   " : "│  "}`)];
  }

  #factsOf(folded: FoldedNode): string[] {
    const { node, count, inside, lastName } = folded;
    const name = node.name?.value;
    const [kind = "", ...others] = nodeFacts(node).map((fact) => (fact === node.condition ? clipped(fact, widestCondition) : fact));
    const named = lastName === undefined ? others : others.map((fact) => (fact === `named ${name}` ? `${fact} … ${lastName}` : fact));
    const facts = this.#nameIsBetter(folded) ? [`runs ${node.module}`, ...named.filter((fact) => fact !== `named ${name}`)] : named;
    const more = inside > 0 ? [`${plural(inside, "more process")} inside`] : [];
    return [count > 1 ? `${kind} × ${count}` : kind, ...facts, ...more].filter((fact) => !this.#unsaid.has(fact));
  }

  /** A library's module says less than the name that the workspace gave it: `MyApp.Endpoint`, not `Phoenix.Endpoint.Supervisor`. */
  #nameIsBetter(folded: FoldedNode): folded is FoldedNode & { readonly node: { readonly name: NonNullable<TreeNode["name"]> } } {
    const { node, lastName } = folded;
    if (lastName !== undefined || node.moduleAtom === null || this.#ownModules.has(node.moduleAtom)) return false;
    return node.name?.scope === "local" && node.name.value !== nodeLabel(node);
  }
}

/** Names, facts and addresses as columns. Where a terminal is too narrow for all of a row, the ends of its facts go, and at last the address. */
function align(rows: readonly Row[], { style, width }: TreeTextOptions): string[] {
  const columns = width ?? Number.POSITIVE_INFINITY;
  const nameWidth = ({ branch, label, mark }: Row): number =>
    displayWidth(branch) + displayWidth(label) + (mark === "" ? 0 : displayWidth(mark) + 1);
  const columnOf = (widths: readonly number[]): number => Math.max(0, ...widths.filter((one) => one <= widest));
  const column = columnOf(rows.map(nameWidth));
  const shown = rows.map((row) => {
    const before = Math.max(column, nameWidth(row)) + 2;
    const room = columns - before - displayWidth(row.address) - 2;
    const hasAddress = room >= Math.min(displayWidth(row.facts), leastFacts);
    return { row, before, hasAddress, facts: clipped(row.facts, Math.max(1, hasAddress ? room : columns - before)) };
  });
  const factsColumn = columnOf(shown.map(({ facts, hasAddress }) => (hasAddress ? displayWidth(facts) : 0)));
  return shown.map(({ row, before, hasAddress, facts }) => {
    const label = row.supervisor ? style.bold(row.label) : row.label;
    const mark = row.mark === "" ? "" : ` ${style.yellow(row.mark)}`;
    const start = `${style.dim(row.branch)}${label}${mark}${" ".repeat(before - nameWidth(row))}${facts}`;
    if (!hasAddress) return start.trimEnd();
    const taken = displayWidth(facts);
    const gap = factsColumn === 0 ? 0 : Math.max(2, Math.min(factsColumn + 2, columns - before - displayWidth(row.address)) - taken);
    return `${start}${" ".repeat(gap)}${style.dim(row.address)}`;
  });
}
