/** Puts on Mermaid's nodes what Mermaid has no words for: icons, stacks, badges, fold markers. Colors come from classes alone. */
import type { PanelFinding } from "../../../server/src/protocol/panel.ts";
import type { ShownNode } from "../../../server/src/protocol/panel-fold.ts";
import { s } from "../element.ts";
import { iconPath } from "../icons.ts";
import { gravest, roleOf } from "../kinds.ts";
import type { Placed } from "./tree-layout.ts";

/** Adds classes and marks to the node's group; `data-key` names what it shows. */
export function decorateNode(group: SVGGElement, item: ShownNode, box: Placed, findings: readonly PanelFinding[]): void {
  const { form, node } = item;
  const classes = [`role-${form === "rest" || node === null ? "other" : roleOf[node.kind]}`, `form-${form}`];
  const severity = gravest(findings);
  if (node !== null && form !== "rest") {
    classes.push(`kind-${node.kind}`);
    if (form === "stack" || node.cardinality === "many" || node.cardinality === "fixed") classes.push("many");
    if (node.condition !== null) classes.push("conditional");
    if (node.certainty !== "certain") classes.push("uncertain");
    if (node.kind === "dynamic_supervisor") classes.push("dynamic");
  }
  if (severity !== null) classes.push("found", `severity-${severity}`);
  group.classList.add(...classes);
  group.dataset.key = item.key;
  if (classes.includes("many")) group.prepend(stackBehind(box, 8), stackBehind(box, 4));
  group.append(...tile(item, box));
  if (severity !== null) group.append(badge(findings.length, severity, box, "badge"));
  else if (item.hiddenFindings > 0) group.append(badge(item.hiddenFindings, "warning", box, "badge below"));
  const marker = foldMarker(item, box);
  if (marker !== null) group.append(marker);
}

function stackBehind({ width, height }: Placed, by: number): SVGElement {
  return s("rect", { class: "behind", x: -width / 2 + by, y: -height / 2 - by, width: width - 1, height, rx: 8 });
}

function tile({ form, node }: ShownNode, { width }: Placed): SVGElement[] {
  const size = 26;
  const left = -width / 2 + 9;
  const name = form === "rest" || node === null ? "rest" : node.kind;
  const drawing = s("g", { class: "node-icon", transform: `translate(${left + 5},-8)` });
  drawing.append(iconPath(name));
  return [s("rect", { class: "tile", x: left, y: -size / 2, width: size, height: size, rx: 6 }), drawing];
}

/** A sign and a number; outlined where the findings are of nodes that are not drawn. */
function badge(count: number, severity: PanelFinding["severity"], { width, height }: Placed, name: string): SVGElement {
  const text = String(count);
  const wide = 31 + (text.length - 1) * 6.5;
  const sign = s("g", { class: "badge-icon", transform: "translate(5.5,-6.2) scale(.78)" });
  sign.append(iconPath(severity));
  return s(
    "g",
    { class: name, transform: `translate(${width / 2 - wide + 9},${-height / 2 - 1})` },
    s("rect", { x: 0, y: -9, width: wide, height: 18, rx: 9 }),
    sign,
    s("text", { x: 19.5, y: 0.5 }, text),
  );
}

/** `+12` on a closed node, `×12` on a stack, `−` on an open one (seen when the pointer or the focus is on it). */
function foldMarker({ form, open, hidden, members }: ShownNode, { width }: Placed): SVGElement | null {
  if (open === null || form === "rest") return null;
  const text = form === "stack" ? `×${members.length}` : open ? "−" : `+${hidden}`;
  const wide = open ? 18 : 12 + text.length * 7;
  return s(
    "g",
    { class: open ? "fold open" : "fold", transform: `translate(${width / 2 + (open ? 0 : 6)},0)`, "data-fold": true },
    s("rect", { x: -wide / 2, y: -9, width: wide, height: 18, rx: 9 }),
    s("text", { x: 0, y: 0.5 }, text),
  );
}
