/** `tree --format text`: the supervision tree in box-drawing characters. Pure. */
import type { ApplicationTree, TreeNode } from "../model/topology.ts";
import { plural } from "./findings-text.ts";
import type { Places } from "./places.ts";
import { displayWidth, printable, type TerminalStyle } from "./terminal-style.ts";
import { type FoldedNode, foldTree } from "./tree-fold.ts";
import type { Trees } from "./tree-json.ts";
import { nodeFacts, nodeLabel } from "./tree-label.ts";

export interface TreeTextOptions {
  readonly style: TerminalStyle;
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

/**
 * One block an application, then what nothing known starts; ends with a line break. Like siblings become one line, and what libraries keep
 * inside of themselves is only counted: the JSON form has all of it.
 */
export function treeText({ applications, unattached }: Trees, places: Places, options: TreeTextOptions): string {
  const blocks = applications.map((application) => applicationText(application, places, options));
  if (unattached.length > 0) {
    const walk = new TreeRows(places, options, ["restart unknown", "how many is unknown"]);
    const title = options.style.bold("unattached") + options.style.dim("  nothing known starts these");
    blocks.push([title, ...align(walk.rows(unattached), options.style)].join("\n"));
  }
  return blocks.length === 0 ? "No applications and no processes.\n" : `${blocks.join("\n\n")}\n`;
}

function applicationText({ name, callback, place, root }: ApplicationTree, places: Places, options: TreeTextOptions): string {
  const { style } = options;
  const { file, line } = places.locate(place);
  const title = [style.bold(printable(name)), callback === null ? "" : printable(callback), style.dim(`${file}:${line}`)]
    .filter((part) => part !== "")
    .join("  ");
  if (root === null) return `${title}\n${style.dim("└─ no supervision tree: a library")}`;
  return [title, ...align(new TreeRows(places, options).rows([root]), style)].join("\n");
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
    return nodes.flatMap((folded, index) => this.#nodeRows(folded, indent, index === nodes.length - 1));
  }

  #nodeRows(folded: FoldedNode, indent: string, last: boolean): Row[] {
    const { node, children } = folded;
    const found = node.moduleAtom === null ? 0 : (this.#findings.get(node.moduleAtom) ?? 0);
    const { file, line } = this.#places.locate(node.place);
    const row: Row = {
      branch: `${indent}${last ? "└" : "├"}${node.origin === "dynamic" ? "┄" : "─"} `,
      label: printable(this.#nameIsBetter(node) ? node.name.value : nodeLabel(node)),
      facts: this.#factsOf(folded).map(printable).join(" · "),
      mark: found === 0 ? "" : `▲ ${found}`,
      address: `${file}:${line}`,
      supervisor: node.type === "supervisor",
    };
    return [row, ...this.#rows(children, `${indent}${last ? "   " : "│  "}`)];
  }

  #factsOf({ node, count, inside }: FoldedNode): string[] {
    const [kind = "", ...others] = nodeFacts(node);
    const facts = this.#nameIsBetter(node)
      ? [`runs ${node.module}`, ...others.filter((fact) => fact !== `named ${node.name.value}`)]
      : others;
    const more = inside > 0 ? [`${plural(inside, "more process")} inside`] : [];
    return [count > 1 ? `${kind} × ${count}` : kind, ...facts, ...more].filter((fact) => !this.#unsaid.has(fact));
  }

  /** A library's module says less than the name that the workspace gave it: `MyApp.Endpoint`, not `Phoenix.Endpoint.Supervisor`. */
  #nameIsBetter(node: TreeNode): node is TreeNode & { readonly name: NonNullable<TreeNode["name"]> } {
    if (node.moduleAtom === null || this.#ownModules.has(node.moduleAtom)) return false;
    return node.name?.scope === "local" && node.name.value !== nodeLabel(node);
  }
}

function align(rows: readonly Row[], style: TerminalStyle): string[] {
  const nameWidth = ({ branch, label }: Row): number => displayWidth(branch) + displayWidth(label);
  const columnOf = (widths: readonly number[]): number => Math.max(0, ...widths.filter((width) => width <= widest));
  const column = columnOf(rows.map(nameWidth));
  const factsColumn = columnOf(rows.map(({ facts }) => displayWidth(facts)));
  return rows.map((row) => {
    const label = row.supervisor ? style.bold(row.label) : row.label;
    const padding = " ".repeat(Math.max(column - nameWidth(row), 0) + 2);
    const factsPadding = " ".repeat(Math.max(factsColumn - displayWidth(row.facts), 0) + 2);
    const mark = row.mark === "" ? "" : `${style.yellow(row.mark)}  `;
    return `${style.dim(row.branch)}${label}${padding}${row.facts}${factsPadding}${mark}${style.dim(row.address)}`;
  });
}
