/**
 * The drawing as a tree for screen readers and the keyboard: roles and levels on the drawn nodes themselves, so that what has the focus
 * is what is seen. One node is in the tab order (roving tabindex).
 */
import type { PanelFinding } from "../../server/src/protocol/panel.ts";
import type { ShownNode } from "../../server/src/protocol/panel-fold.ts";
import { subtitleOf, titleOf } from "./diagram/tree-text.ts";
import { countOf, t } from "./text.ts";

/** Gives the SVG and its nodes their roles. `groups` are by key. */
export function labelOutline(
  svg: SVGSVGElement,
  shown: readonly ShownNode[],
  groups: ReadonlyMap<string, SVGGElement>,
  findingsOf: (item: ShownNode) => readonly PanelFinding[],
): void {
  svg.removeAttribute("aria-roledescription");
  svg.setAttribute("role", "tree");
  svg.setAttribute("aria-label", t("Supervision tree"));
  for (const group of svg.querySelectorAll("g:not(.node)")) {
    // A tree item's name is its label; inside of it, and in the lines, there is nothing more to read.
    if (group.closest(".node") !== null || group.matches(".edgePaths")) group.setAttribute("aria-hidden", "true");
    else group.setAttribute("role", "none");
  }
  const siblings = new Map<string | null, number>();
  for (const { parent } of shown) siblings.set(parent, (siblings.get(parent) ?? 0) + 1);
  const position = new Map<string | null, number>();
  for (const item of shown) {
    const group = groups.get(item.key);
    if (group === undefined) continue;
    const place = (position.get(item.parent) ?? 0) + 1;
    position.set(item.parent, place);
    const attributes: Record<string, string> = {
      role: "treeitem",
      tabindex: "-1",
      "aria-level": String(item.depth + 1),
      "aria-posinset": String(place),
      "aria-setsize": String(siblings.get(item.parent) ?? 1),
      "aria-label": spokenName(item, findingsOf(item)),
    };
    if (item.open !== null && item.form === "node") attributes["aria-expanded"] = String(item.open);
    for (const [name, value] of Object.entries(attributes)) group.setAttribute(name, value);
  }
}

function spokenName(item: ShownNode, findings: readonly PanelFinding[]): string {
  const { form, node, members, hidden } = item;
  // What is seen comes first: people who speak to their computer say that.
  const parts = [titleOf(item), subtitleOf(item)];
  if (form === "stack") parts.push(t("{0} of them", members.length));
  if (node !== null && form !== "rest") {
    if (node.module !== null && node.module !== node.title) parts.push(node.module);
    if (node.condition !== null) parts.push(t("only {0}", node.condition));
    if (node.cardinality === "many") parts.push(t("many at run time"));
  }
  if (form === "node" && hidden > 0) parts.push(countOf(hidden, "{0} process below, closed", "{0} processes below, closed"));
  if (item.hiddenFindings > 0) parts.push(countOf(item.hiddenFindings, "{0} finding not shown", "{0} findings not shown"));
  if (findings.length > 0)
    parts.push(`${countOf(findings.length, "{0} finding", "{0} findings")}: ${findings.map(({ title }) => title).join(", ")}`);
  return parts.join(", ");
}

/** Which node an arrow key leads to, or null. Right and left walk between parents and children, up and down through what is shown. */
export function neighborOf(shown: readonly ShownNode[], key: string, pressed: string): string | null {
  const index = shown.findIndex((item) => item.key === key);
  const item = shown[index];
  if (item === undefined) return null;
  switch (pressed) {
    case "ArrowDown":
      return shown[index + 1]?.key ?? null;
    case "ArrowUp":
      return shown[index - 1]?.key ?? null;
    case "ArrowLeft":
      return item.parent;
    case "ArrowRight":
      return shown.find(({ parent }) => parent === key)?.key ?? null;
    case "Home":
      return shown[0]?.key ?? null;
    case "End":
      return shown.at(-1)?.key ?? null;
    default:
      return null;
  }
}
