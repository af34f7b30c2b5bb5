/** Puts on Mermaid's nodes what Mermaid has no words for: icons, stacks, badges, fold markers. Colors come from classes alone. */
import { gravest } from "../../../server/src/protocol/gravity.ts";
import type { PanelFinding } from "../../../server/src/protocol/panel.ts";
import type { ShownNode } from "../../../server/src/protocol/panel-fold.ts";
import { roleOf } from "../../../server/src/protocol/roles.ts";
import { s } from "../element.ts";
import { type IconName, iconPath } from "../icons.ts";
import type { Placed } from "./tree-layout.ts";

/** What is put on one node's group. */
export interface NodeDress {
  /** Becomes `data-key`: what the node shows. */
  readonly key: string;
  readonly icon: IconName;
  readonly classes: readonly string[];
  readonly many: boolean;
  readonly findings: readonly PanelFinding[];
  /** Findings of nodes that are not drawn because of it. */
  readonly hiddenFindings: number;
  /** The text of a fold marker and whether it closes; null without one. */
  readonly marker: { readonly text: string; readonly closes: boolean } | null;
  /** What it talks with without a line that says so. */
  readonly hubs?: readonly HubMark[];
}

export interface HubMark {
  readonly icon: IconName;
  readonly words: string;
}

/** Adds classes and marks to the group that Mermaid made. */
export function dressNode(group: SVGGElement, box: Placed, dress: NodeDress): void {
  const { key, icon, classes, many, findings, hiddenFindings, marker, hubs = [] } = dress;
  const severity = gravest(findings);
  group.classList.add(...classes, ...(many ? ["many"] : []), ...(severity === null ? [] : ["found", `severity-${severity}`]));
  group.dataset.key = key;
  if (many) group.prepend(stackBehind(box, 8), stackBehind(box, 4));
  group.append(...tile(icon, box));
  if (severity !== null) group.append(badge(findings.length, severity, box, "badge"));
  else if (hiddenFindings > 0) group.append(badge(hiddenFindings, "warning", box, "badge below"));
  if (marker !== null) group.append(foldMarker(marker, box));
  hubs.forEach((hub, index) => {
    group.append(hubMark(hub, index, box));
  });
}

/** Of a node of the supervision tree. */
export function treeNodeDress(item: ShownNode, findings: readonly PanelFinding[]): NodeDress {
  const { key, form, node, hiddenFindings } = item;
  const isRest = form === "rest" || node === null;
  const classes = [`role-${isRest ? "other" : roleOf[node.kind]}`, `form-${form}`];
  if (!isRest) {
    classes.push(`kind-${node.kind}`);
    if (node.condition !== null) classes.push("conditional");
    if (node.certainty !== "certain") classes.push("uncertain");
    if (node.kind === "dynamic_supervisor") classes.push("dynamic");
  }
  return {
    key,
    icon: isRest ? "rest" : node.kind,
    classes,
    many: !isRest && (form === "stack" || node.cardinality === "many" || node.cardinality === "fixed"),
    findings,
    hiddenFindings,
    marker: markerOf(item),
  };
}

function stackBehind({ width, height }: Placed, by: number): SVGElement {
  return s("rect", { class: "behind", x: -width / 2 + by, y: -height / 2 - by, width: width - 1, height, rx: 8 });
}

function tile(name: IconName, { width }: Placed): SVGElement[] {
  const size = 26;
  const left = -width / 2 + 9;
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

/** In the corner where a badge does not stand. */
function hubMark({ icon, words }: HubMark, index: number, { width, height }: Placed): SVGElement {
  const sign = s("g", { class: "hub-icon", transform: "translate(-5.4,-5.4) scale(.68)" });
  sign.append(iconPath(icon));
  return s(
    "g",
    { class: "hub-mark", transform: `translate(${-width / 2 + 5 + index * 19},${-height / 2})` },
    s("title", {}, words),
    s("circle", { r: 8.5 }),
    sign,
  );
}

/** Where a node's badge stands, about. */
export function badgePlace({ id, x, y, width, height }: Placed): Placed {
  return { id, x: x + width / 2 - 8, y: y - height / 2 - 1, width: 42, height: 22 };
}

/** `+12` on a closed node, `×12` on a stack, `−` on an open one (seen when the pointer or the focus is on it). */
function markerOf({ form, open, hidden, members }: ShownNode): NodeDress["marker"] {
  if (open === null || form === "rest") return null;
  return { text: form === "stack" ? `×${members.length}` : open ? "−" : `+${hidden}`, closes: open };
}

function foldMarker({ text, closes }: NonNullable<NodeDress["marker"]>, { width }: Placed): SVGElement {
  const wide = closes ? 18 : 12 + text.length * 7;
  return s(
    "g",
    { class: closes ? "fold open" : "fold", transform: `translate(${width / 2 + (closes ? 0 : 6)},0)`, "data-fold": true },
    s("rect", { x: -wide / 2, y: -9, width: wide, height: 18, rx: 9 }),
    s("text", { x: 0, y: 0.5 }, text),
  );
}
