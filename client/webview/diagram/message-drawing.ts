/** Draws participants and messages with dagre, and marks what is selected: nodes by role, lines by mode. */
import type { MessageFold, MessageNode } from "../../../server/src/protocol/panel-message-fold.ts";
import { roleOf } from "../../../server/src/protocol/roles.ts";
import { s } from "../element.ts";
import { modeWords } from "../kinds.ts";
import type { Marks } from "../marks.ts";
import type { Model } from "../model.ts";
import { countOf, t } from "../text.ts";
import type { Drawing } from "./canvas.ts";
import { dressNode, type NodeDress } from "./decorate.ts";
import { renderDiagram } from "./mermaid-render.ts";
import { edgeLabel, messageNodeSubtitle, messageNodeTitle, messageText, nodeId } from "./message-text.ts";
import { placedNodes } from "./placed-nodes.ts";
import type { Placed } from "./tree-layout.ts";

type KeyOf = (node: MessageNode) => string;

/** Null where there is nothing to draw. */
export async function drawMessages(model: Model, fold: MessageFold, keyOf: KeyOf, measure: HTMLElement): Promise<Drawing | null> {
  if (fold.nodes.length === 0) return null;
  const homes = new Map(model.snapshot.roots.map(({ key, title }) => [key, title]));
  const title = t("Messages of {0}", model.snapshot.title);
  const svg = await renderDiagram(messageText(fold, homes, title), measure);
  const placed = placedNodes(svg);
  const boxes = new Map<string, Placed>();
  const groups = new Map<string, SVGGElement>();
  fold.nodes.forEach((node, index) => {
    const id = nodeId(index);
    const group = svg.querySelector<SVGGElement>(`g.node[id*="-flowchart-${id}-"]`);
    const box = placed.get(id);
    if (group === null || box === undefined) return;
    const key = keyOf(node);
    dressNode(group, box, dressOf(node, key, model));
    for (const part of group.children) part.setAttribute("aria-hidden", "true");
    group.prepend(s("title", { "aria-hidden": "true" }, `${messageNodeTitle(node)}\n${messageNodeSubtitle(node)}`));
    describe(group, node, fold);
    boxes.set(key, box);
    groups.set(key, group);
  });
  dressEdges(svg, fold);
  const [, , width = 0, height = 0] = (svg.getAttribute("viewBox") ?? "").split(/[ ,]+/).map(Number);
  svg.removeAttribute("style");
  svg.removeAttribute("aria-roledescription");
  svg.setAttribute("width", String(width));
  svg.setAttribute("height", String(height));
  svg.setAttribute("role", "group");
  svg.setAttribute("aria-label", title);
  svg.classList.add("topology", "messages");
  return { svg, boxes, groups, width, height };
}

function dressOf(node: MessageNode, key: string, model: Model): NodeDress {
  const { form, members } = node;
  const first = members[0];
  const kind = form === "rest" || first === undefined ? "rest" : first.kind;
  const isContext = first?.key.startsWith("c:") === true;
  return {
    key,
    icon: kind,
    classes: [`role-${kind === "rest" ? "other" : roleOf[kind]}`, `form-${form}`, ...(isContext && form !== "rest" ? ["context"] : [])],
    many: form === "group" || (form === "participant" && (first?.cardinality === "many" || first?.cardinality === "fixed")),
    findings: form === "rest" ? [] : members.flatMap((member) => model.findingsAbout(member.key)),
    hiddenFindings: form === "rest" ? members.reduce((sum, member) => sum + model.findingsAbout(member.key).length, 0) : 0,
    marker: form === "group" ? { text: `×${members.length}`, closes: false } : null,
  };
}

/** For screen readers: what it is, and how much it sends and takes. */
function describe(group: SVGGElement, node: MessageNode, { edges }: MessageFold): void {
  const count = (end: "from" | "to") => edges.filter((edge) => edge[end] === node.key).length;
  const words = [
    messageNodeTitle(node),
    messageNodeSubtitle(node),
    countOf(count("from"), "sends to {0} participant", "sends to {0} participants"),
    t("takes from {0}", count("to")),
  ];
  group.setAttribute("role", "button");
  group.setAttribute("tabindex", "-1");
  group.setAttribute("aria-label", words.join(", "));
}

function dressEdges(svg: SVGSVGElement, { edges }: MessageFold): void {
  const paths = new Map([...svg.querySelectorAll<SVGPathElement>("path.flowchart-link")].map((path) => [path.dataset.id ?? "", path]));
  const labels = new Map([...svg.querySelectorAll<SVGGElement>("g.edgeLabel g.label")].map((label) => [label.dataset.id ?? "", label]));
  edges.forEach((edge, index) => {
    const path = paths.get(`e${index}`);
    const label = labels.get(`e${index}`)?.closest<SVGGElement>("g.edgeLabel");
    const isUncertain = edge.messages.length > 0 && edge.messages.every(({ certainty }) => certainty !== "certain");
    const classes = [`mode-${edge.mode}`, ...(isUncertain ? ["uncertain"] : [])];
    if (path !== undefined) {
      path.classList.add("message", ...classes);
      path.dataset.edge = edge.key;
      if (edge.mode === "supervises") return;
      // A thin line is hard to hit.
      const wide = s("path", { class: "edge-room", d: path.getAttribute("d") ?? "", "data-key": edge.key });
      wide.append(s("title", {}, `${modeWords[edge.mode]}: ${edgeLabel(edge)}`));
      path.after(wide);
    }
    if (label) {
      label.classList.add(...classes);
      label.dataset.key = edge.key;
    }
  });
}

/** Classes alone: what is selected, what it talks with, and the search's hits. */
export function markMessages({ svg, groups }: Drawing, { nodes, edges }: MessageFold, keyOf: KeyOf, marks: Marks): void {
  const { selected, focusable, hits } = marks;
  const own = nodes.find((node) => keyOf(node) === selected)?.key ?? null;
  const isOn = (edge: MessageFold["edges"][number]) => edge.key === selected || edge.from === own || edge.to === own;
  const related = new Set(edges.filter(isOn).flatMap(({ from, to }) => [from, to]));
  if (own !== null) related.add(own);
  svg.classList.toggle("dim", related.size > 0 && hits === null);
  svg.classList.toggle("searching", hits !== null);
  for (const node of nodes) {
    const key = keyOf(node);
    const group = groups.get(key);
    if (group === undefined) continue;
    group.classList.toggle("selected", key === selected);
    group.classList.toggle("related", related.has(node.key));
    group.classList.toggle("hit", hits?.has(key) === true);
    group.setAttribute("aria-pressed", String(key === selected));
    group.setAttribute("tabindex", key === focusable ? "0" : "-1");
  }
  const on = new Set(edges.filter(isOn).map(({ key }) => key));
  for (const path of svg.querySelectorAll<SVGPathElement>("path.message")) {
    path.classList.toggle("related", on.has(path.dataset.edge ?? ""));
    path.classList.toggle("selected", path.dataset.edge === selected);
  }
  for (const label of svg.querySelectorAll<SVGGElement>("g.edgeLabel[data-key]")) {
    label.classList.toggle("related", on.has(label.dataset.key ?? ""));
  }
}

/** The nearest node in an arrow key's direction; Home and End lead to the first and the last in reading order. */
export function nearestNode({ boxes }: Drawing, key: string, pressed: string): string | null {
  const keys = [...boxes.keys()];
  if (pressed === "Home") return keys[0] ?? null;
  if (pressed === "End") return keys.at(-1) ?? null;
  const directions: Readonly<Record<string, readonly [number, number]>> = {
    ArrowRight: [1, 0],
    ArrowLeft: [-1, 0],
    ArrowDown: [0, 1],
    ArrowUp: [0, -1],
  };
  const [here, direction] = [boxes.get(key), directions[pressed]];
  if (here === undefined || direction === undefined) return null;
  let [best, least]: [string | null, number] = [null, Number.POSITIVE_INFINITY];
  for (const [other, box] of boxes) {
    const [dx, dy] = [box.x - here.x, box.y - here.y];
    const ahead = dx * direction[0] + dy * direction[1];
    // Aside counts twice: what lies straight ahead is meant.
    const cost = ahead + 2 * Math.abs(dx * direction[1] + dy * direction[0]);
    if (other !== key && ahead > 1 && cost < least) [best, least] = [other, cost];
  }
  return best;
}
