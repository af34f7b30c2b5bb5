/** Draws participants and messages in the layout of `graph-layout.ts`, and marks what is selected: nodes by role, lines by mode. */
import { plainLabel } from "../../../server/src/protocol/mermaid-label.ts";
import type { MessageEdge, MessageFold, MessageNode } from "../../../server/src/protocol/panel-message-fold.ts";
import { roleOf } from "../../../server/src/protocol/roles.ts";
import { s } from "../element.ts";
import { modeWords } from "../kinds.ts";
import type { Marks } from "../marks.ts";
import type { Model } from "../model.ts";
import { countOf, t } from "../text.ts";
import type { Drawing } from "./canvas.ts";
import { badgePlace, dressNode, type NodeDress } from "./decorate.ts";
import type { GraphLayout } from "./graph-layout.ts";
import { LabelRoom } from "./label-room.ts";
import { renderNodes } from "./mermaid-render.ts";
import { type EdgeWords, framed, homesOf, labelsOf, layOutMessages, margin, mostLabels } from "./message-layout.ts";
import { labelHeight, markers, messageLabel } from "./message-parts.ts";
import { graphText, messageNodeTitle, subtitlesIn } from "./message-text.ts";
import type { Placed, Size } from "./tree-layout.ts";

type KeyOf = (node: MessageNode) => string;

/** Above so many lines they are drawn faintly, so that nodes can be read. */
const mostLines = 120;
/** What is drawn, with what marking it later needs. */
export interface MessageDrawing extends Drawing {
  /** Puts labels on these lines in place of those that were there, as far as there is room. */
  label(edges: readonly MessageEdge[]): void;
}

/**
 * Null where there is nothing to draw. `aspect`: width divided by height of the room; `measure`: where labels get their sizes. Mermaid makes the nodes; the
 * lines between them follow the routes of our layout. Rejects when Mermaid does.
 */
export async function drawMessages(
  model: Model,
  fold: MessageFold,
  keyOf: KeyOf,
  aspect: number,
  measure: HTMLElement,
): Promise<MessageDrawing | null> {
  const { nodes, edges } = fold;
  if (nodes.length === 0) return null;
  const homes = homesOf(model.snapshot);
  const labels = labelsOf(edges, measure);
  const layouts: GraphLayout[] = [];
  const { svg, groups: made } = await nodesOf(model, fold, measure, (sizes) => {
    const layout = layOutMessages(fold, sizes, homes, labels, aspect);
    layouts.push(layout);
    return layout;
  });
  const [layout] = layouts;
  if (layout === undefined) throw new Error("Mermaid laid out nothing");
  const subtitleOf = subtitlesIn(fold, homes);
  const boxes = new Map<string, Placed>();
  const groups = new Map<string, SVGGElement>();
  const badges: Placed[] = [];
  for (const [node, group] of made) {
    const place = layout.nodes.get(node.key)!;
    const key = keyOf(node);
    const dress = dressOf(node, key, model);
    dressNode(group, place, dress);
    if (dress.findings.length + dress.hiddenFindings > 0) badges.push(badgePlace(place));
    for (const part of group.children) part.setAttribute("aria-hidden", "true");
    group.prepend(s("title", { "aria-hidden": "true" }, `${messageNodeTitle(node)}\n${subtitleOf(node)}`));
    describe(group, node, subtitleOf(node), fold);
    boxes.set(key, { ...place, x: place.x + margin, y: place.y + margin });
    groups.set(key, group);
  }
  const rests = new Set(nodes.flatMap(({ key, form }) => (form === "rest" ? [key] : [])));
  const labelGroup = s("g", { class: "labels", "aria-hidden": "true" });
  svg
    .querySelector("g.nodes")!
    .before(
      markers(),
      s("g", { "aria-hidden": "true" }, ...layout.boxes.map((box) => homeBox(box, homes.get(box.id) ?? ""))),
      s("g", { "aria-hidden": "true" }, ...edges.flatMap((edge) => lineOf(edge, layout, labels.get(edge.key)?.words ?? "", rests))),
      labelGroup,
    );
  svg.classList.toggle("many-lines", edges.length > mostLines);
  const label = (wanted: readonly MessageEdge[]): void => {
    const room = new LabelRoom([...layout.nodes.values(), ...badges]);
    labelGroup.replaceChildren(...wanted.flatMap((edge) => labelOf(edge, labels.get(edge.key), layout, room) ?? []));
  };
  if (edges.length <= mostLabels) label(edges);
  return { svg, boxes, groups, ...framed(svg, layout), label };
}

/** The drawing with its nodes in their places, as Mermaid made them. */
async function nodesOf(
  { snapshot }: Model,
  fold: MessageFold,
  measure: HTMLElement,
  layOut: (sizes: readonly Size[]) => GraphLayout,
): Promise<{ readonly svg: SVGSVGElement; readonly groups: ReadonlyMap<MessageNode, SVGGElement> }> {
  const { text, keys } = graphText(fold, t("Messages of {0}", snapshot.title), subtitlesIn(fold, homesOf(snapshot)));
  const idOf = new Map([...keys].map(([id, key]) => [key, id]));
  const svg = await renderNodes(
    text,
    (sizes) => {
      const { nodes } = layOut(sizes.map((size) => ({ ...size, id: keys.get(size.id) ?? size.id })));
      return { nodes: new Map([...nodes].map(([key, place]) => [idOf.get(key) ?? key, place])) };
    },
    measure,
  );
  svg.classList.add("topology", "messages");
  svg.setAttribute("role", "group");
  svg.setAttribute("aria-label", t("Messages of {0}", snapshot.title));
  svg.removeAttribute("aria-roledescription");
  const byKey = new Map(fold.nodes.map((node) => [node.key, node]));
  const groups = new Map<MessageNode, SVGGElement>();
  for (const group of svg.querySelectorAll<SVGGElement>("g.node")) {
    const node = byKey.get(keys.get(group.dataset.id ?? "") ?? "");
    if (node !== undefined) groups.set(node, group);
  }
  return { svg, groups };
}

const markerOf: Readonly<Partial<Record<MessageEdge["mode"], string>>> = {
  call: "message-arrow",
  cast: "message-arrow",
  info: "message-arrow",
  monitor: "message-dot",
};

function lineOf(
  { key, from, to, mode, messages }: MessageEdge,
  layout: GraphLayout,
  words: string,
  rests: ReadonlySet<string>,
): SVGElement[] {
  const d = layout.edges.get(key)?.path;
  if (d === undefined) return [];
  const isUncertain = messages.length > 0 && messages.every(({ certainty }) => certainty !== "certain");
  const marker = markerOf[mode];
  const classes = ["message", `mode-${mode}`, isUncertain && "uncertain", (rests.has(from) || rests.has(to)) && "of-rest"];
  const line = s("path", {
    class: classes.filter(Boolean).join(" "),
    d,
    "data-edge": key,
    "marker-start": marker === undefined ? null : `url(#${marker})`,
  });
  if (mode === "supervises") return [line];
  // A thin line is hard to hit.
  return [line, s("path", { class: "edge-room", d, "data-key": key }, s("title", {}, `${modeWords[mode]}: ${words}`))];
}

/** Null where it would stand on a node or on another label: the details pane says it all. */
function labelOf({ key, mode }: MessageEdge, label: EdgeWords | undefined, layout: GraphLayout, room: LabelRoom): SVGElement | null {
  const spots = layout.edges.get(key)?.spots;
  if (label === undefined || spots === undefined) return null;
  const at = room.take(spots, label.width, labelHeight);
  if (at === null) return null;
  const group = messageLabel(label.words, at, label.width, mode);
  group.dataset.key = key;
  return group;
}

function homeBox({ x, y, width, height }: Placed, title: string): SVGElement {
  const [left, top] = [x - width / 2, y - height / 2];
  return s(
    "g",
    { class: "cluster" },
    s("rect", { x: left, y: top, width, height }),
    s("text", { x: left + 14, y: top + 18 }, plainLabel(title, 60)),
  );
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
function describe(group: SVGGElement, node: MessageNode, subtitle: string, { edges }: MessageFold): void {
  const count = (end: "from" | "to") => edges.filter((edge) => edge[end] === node.key).length;
  const words = [
    messageNodeTitle(node),
    subtitle,
    countOf(count("from"), "sends to {0} participant", "sends to {0} participants"),
    t("takes from {0}", count("to")),
  ];
  group.setAttribute("role", "button");
  group.setAttribute("tabindex", "-1");
  group.setAttribute("aria-label", words.join(", "));
}

/** Classes alone: what is selected, what it talks with, and the search's hits. */
export function markMessages({ svg, groups, label }: MessageDrawing, { nodes, edges }: MessageFold, keyOf: KeyOf, marks: Marks): void {
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
  if (edges.length > mostLabels) label(edges.filter(isOn));
  for (const group of svg.querySelectorAll<SVGGElement>("g.message-label"))
    group.classList.toggle("related", on.has(group.dataset.key ?? ""));
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
