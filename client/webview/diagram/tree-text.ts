/** What is shown of the tree → the Mermaid text that the page renders. Pure. */
import { encodeLabel } from "../../../server/src/protocol/mermaid-label.ts";
import type { ShownNode } from "../../../server/src/protocol/panel-fold.ts";
import { countOf, t } from "../text.ts";

/** Ids in the drawing are synthetic: `n0` is the first of `shown`. */
export function drawingId(index: number): string {
  return `n${index}`;
}

export function treeText(shown: readonly ShownNode[], title: string): string {
  const ids = new Map(shown.map(({ key }, index) => [key, drawingId(index)]));
  const lines = [
    "flowchart LR",
    `  accTitle: ${encodeLabel(title, 120)}`,
    `  accDescr: ${encodeLabel(t("Supervision tree. Lines lead from supervisors to their children."), 200)}`,
  ];
  shown.forEach((item, index) => {
    lines.push(`  ${drawingId(index)}["${label(item)}"]`);
  });
  shown.forEach(({ parent }, index) => {
    const from = parent === null ? undefined : ids.get(parent);
    if (from !== undefined) lines.push(`  ${from} t${index}@--- ${drawingId(index)}`);
  });
  return lines.join("\n");
}

/** The title of a drawn node in plain text. */
export function titleOf({ form, node, members }: ShownNode): string {
  if (form === "rest" || node === null) return t("{0} more", members.length);
  return node.title;
}

export function subtitleOf({ form, node, hidden }: ShownNode): string {
  if (form === "rest" || node === null) return node === null ? t("applications") : countOf(hidden, "{0} process", "{0} processes");
  return node.subtitle;
}

function label(item: ShownNode): string {
  const condition = item.form !== "rest" && item.node !== null ? item.node.condition : null;
  const third = condition === null ? "" : `<span class='c'>${encodeLabel(condition, 44)}</span>`;
  return `<span class='t'>${encodeLabel(titleOf(item), 46)}</span><span class='s'>${encodeLabel(subtitleOf(item), 60)}</span>${third}`;
}
