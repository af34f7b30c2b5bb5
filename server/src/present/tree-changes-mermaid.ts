/** What a change does to the supervision tree, as a Mermaid flowchart for pull requests: what changed, and what it hangs on. Pure. */
import { encodeLabel } from "../protocol/mermaid-label.ts";
import type { ComparedNode, TreeChange, TreeChanges } from "./tree-changes.ts";
import { nodeFacts } from "./tree-label.ts";

/** Mermaid refuses more than 500 lines or 50,000 characters; above this many changes, a list is easier to read as well. */
export const mostDrawn = 60;

/** Readable on GitHub's light and dark pages; words in each label say the same. */
const classDefinitions: readonly string[] = [
  "  classDef added fill:#dcfce7,stroke:#16a34a,color:#052e16,stroke-width:2px",
  "  classDef removed fill:#fee2e2,stroke:#dc2626,color:#450a0a,stroke-dasharray:5 3",
  "  classDef moved fill:#dbeafe,stroke:#2563eb,color:#172554,stroke-width:2px",
  "  classDef changed fill:#fef9c3,stroke:#ca8a04,color:#422006",
  "  classDef same fill:#f1f5f9,stroke:#94a3b8,color:#0f172a",
];

/** A flowchart; ends with a newline. Empty where nothing changed. At most the first `mostDrawn` changes are drawn. */
export function treeChangesMermaid({ changes, partners }: TreeChanges): string {
  if (changes.length === 0) return "";
  const drawing = new Drawing(partners);
  for (const change of changes.slice(0, mostDrawn)) drawing.add(change);
  return `${["flowchart LR", "  accTitle: What the change does to the supervision tree", ...drawing.lines(), ...classDefinitions].join("\n")}\n`;
}

class Drawing {
  readonly #partners: ReadonlyMap<ComparedNode, ComparedNode>;
  readonly #ids = new Map<ComparedNode, string>();
  readonly #changes = new Map<ComparedNode, TreeChange>();
  readonly #edges: string[] = [];

  constructor(partners: ReadonlyMap<ComparedNode, ComparedNode>) {
    this.#partners = partners;
  }

  add(change: TreeChange): void {
    const node = change.after ?? change.before;
    if (node === null) return;
    this.#changes.set(node, change);
    const id = this.#draw(node);
    const former = change.kind === "moved" ? change.before?.parent : null;
    if (former) this.#edges.push(`  ${this.#draw(this.#shown(former))} -. moved .-> ${id}`);
  }

  lines(): string[] {
    const classes = new Map<string, string[]>();
    const nodes = [...this.#ids].map(([node, id]) => {
      const change = this.#changes.get(node);
      const name = change?.kind ?? "same";
      classes.set(name, [...(classes.get(name) ?? []), id]);
      return `  ${id}["${label(node, change)}"]`;
    });
    return [...nodes, ...this.#edges, ...[...classes].map(([name, ids]) => `  class ${ids.join(",")} ${name}`)];
  }

  /** The version after of a node, where there is one. */
  #shown(node: ComparedNode): ComparedNode {
    return this.#partners.get(node) ?? node;
  }

  /** Gives the node and all above it an id and a line to its parent. */
  #draw(node: ComparedNode): string {
    const known = this.#ids.get(node);
    if (known !== undefined) return known;
    const parent = node.parent === null ? null : this.#draw(this.#shown(node.parent));
    const id = `N${this.#ids.size + 1}`;
    this.#ids.set(node, id);
    if (parent !== null) this.#edges.push(`  ${parent} --- ${id}`);
    return id;
  }
}

function label({ node, label: title, count }: ComparedNode, change: TreeChange | undefined): string {
  const lines = [encodeLabel(count > 1 ? `${title} × ${count}` : title)];
  const facts = node === null ? [] : nodeFacts(node).slice(0, 3);
  const words = change === undefined ? facts : [change.kind, ...(change.differences.length > 0 ? change.differences : facts)];
  if (words.length > 0) lines.push(encodeLabel(words.join(" · "), 90));
  return lines.join("<br/>");
}
