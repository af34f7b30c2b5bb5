/** Draws participants and messages in the layout of `graph-layout.ts`, and marks what is selected: nodes by role, lines by mode. */
import type { MessageEdge, MessageFold, MessageNode } from "../../../server/src/protocol/panel-message-fold.ts";
import { s } from "../element.ts";
import type { Model } from "../model.ts";
import { t } from "../text.ts";
import type { Drawing } from "./canvas.ts";
import { badgePlace, dressNode } from "./decorate.ts";
import type { GraphLayout } from "./graph-layout.ts";
import { LabelRoom } from "./label-room.ts";
import { renderNodes } from "./mermaid-render.ts";
import { homeBox, homeHead } from "./message-boxes.ts";
import { type EdgeWords, framed, labelsOf, layOutMessages, margin, mostLabels, plainEdges } from "./message-layout.ts";
import { describeNode, messageNodeDress } from "./message-nodes.ts";
import { labelHeight, markers, messageLabel } from "./message-parts.ts";
import { graphText, type Homes, homesOf, type MessageWords, wordsFor } from "./message-text.ts";
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
  const homes = homesOf(model);
  const words = wordsFor(fold, homes, model);
  const labels = labelsOf(edges, words, measure);
  const layouts: GraphLayout[] = [];
  const { svg, groups: made } = await nodesOf(model, fold, words, measure, (sizes) => {
    const layout = layOutMessages(fold, sizes, homes, labels, aspect);
    layouts.push(layout);
    return layout;
  });
  const [layout] = layouts;
  if (layout === undefined) throw new Error("Mermaid laid out nothing");
  const heads = headsOf(fold, layout, homes, measure);
  const groups = new Map(heads.map(({ key, group }) => [key, group]));
  const boxes = new Map(heads.map(({ key, place }) => [key, moved(place)]));
  const badges = heads.map(({ place }) => place);
  for (const [node, group] of made) {
    const place = layout.nodes.get(node.key)!;
    const key = keyOf(node);
    const dress = messageNodeDress(node, key, words, model);
    dressNode(group, place, dress);
    if (dress.findings.length + dress.hiddenFindings > 0) badges.push(badgePlace(place));
    for (const part of group.children) part.setAttribute("aria-hidden", "true");
    group.prepend(s("title", { "aria-hidden": "true" }, tooltipOf(node, words)));
    describeNode(group, node, words, fold);
    boxes.set(key, moved(place));
    groups.set(key, group);
  }
  const rests = new Set(nodes.flatMap(({ key, form }) => (form === "rest" ? [key] : [])));
  const labelGroup = s("g", { class: "labels", "aria-hidden": "true" });
  svg
    .querySelector("g.nodes")!
    .before(
      markers(),
      s(
        "g",
        { "aria-hidden": "true" },
        ...layout.boxes.map((box) => homeBox(box, fold.open.includes(box.id) ? "" : titleOf(box.id, homes))),
      ),
      s(
        "g",
        { "aria-hidden": "true" },
        ...edges.flatMap((edge) => lineOf(edge, layout, `${words.meaningOf(edge)}: ${labels.get(edge.key)?.words ?? ""}`, rests)),
      ),
      labelGroup,
      ...heads.map(({ group }) => group),
    );
  const plain = plainEdges(fold);
  svg.classList.toggle("many-lines", plain.length > mostLines);
  const label = (wanted: readonly MessageEdge[]): void => {
    const room = new LabelRoom([...layout.nodes.values(), ...badges]);
    labelGroup.replaceChildren(...wanted.flatMap((edge) => labelOf(edge, labels.get(edge.key), layout, room) ?? []));
  };
  if (plain.length <= mostLabels) label(plain);
  const areas = new Map(layout.boxes.map((box) => [box.id, moved(box)]));
  return { svg, boxes, groups, areas, ...framed(svg, layout), label };
}

function headsOf(fold: MessageFold, { boxes }: GraphLayout, homes: Homes, measure: HTMLElement) {
  return boxes
    .filter(({ id }) => fold.open.includes(id))
    .map((box) => ({ key: box.id, ...homeHead(box, box.id, titleOf(box.id, homes), measure) }));
}

function titleOf(application: string, homes: Homes): string {
  return homes.get(application)?.title ?? "";
}

/** In the drawing with what is around it. */
function moved(place: Placed): Placed {
  return { ...place, x: place.x + margin, y: place.y + margin };
}

function tooltipOf(node: MessageNode, { titleOf, subtitleOf }: MessageWords): string {
  const lines = [titleOf(node), subtitleOf(node)];
  if (node.form === "application") lines.push(t("Double click or Enter shows what is inside"));
  return lines.join("\n");
}

/** The drawing with its nodes in their places, as Mermaid made them. */
async function nodesOf(
  { snapshot }: Model,
  fold: MessageFold,
  words: MessageWords,
  measure: HTMLElement,
  layOut: (sizes: readonly Size[]) => GraphLayout,
): Promise<{ readonly svg: SVGSVGElement; readonly groups: ReadonlyMap<MessageNode, SVGGElement> }> {
  const { text, keys } = graphText(fold, t("Messages of {0}", snapshot.title), words);
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
  { key, from, to, mode, messages, hub }: MessageEdge,
  layout: GraphLayout,
  tooltip: string,
  rests: ReadonlySet<string>,
): SVGElement[] {
  const d = layout.edges.get(key)?.path;
  if (d === undefined) return [];
  const isUncertain = messages.length > 0 && messages.every(({ certainty }) => certainty !== "certain");
  const marker = markerOf[mode];
  const ofHub = hub !== null && "of-hub";
  const classes = ["message", `mode-${mode}`, isUncertain && "uncertain", (rests.has(from) || rests.has(to)) && "of-rest", ofHub];
  const line = s("path", {
    class: classes.filter(Boolean).join(" "),
    d,
    "data-edge": key,
    "marker-start": marker === undefined ? null : `url(#${marker})`,
  });
  if (mode === "supervises") return [line];
  // A thin line is hard to hit.
  return [line, s("path", { class: ofHub ? `edge-room ${ofHub}` : "edge-room", d, "data-key": key }, s("title", {}, tooltip))];
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
