/** Messages as a picture for elsewhere, in the layout of the screen: nodes by Mermaid, lines of our own, all colors in it. */
import { plainLabel } from "../../../server/src/protocol/mermaid-label.ts";
import type { MessageEdge, MessageEdgeMode, MessageFold, MessageNode } from "../../../server/src/protocol/panel-message-fold.ts";
import { s } from "../element.ts";
import type { Model } from "../model.ts";
import type { GraphLayout } from "./graph-layout.ts";
import { LabelRoom } from "./label-room.ts";
import { renderPicture } from "./mermaid-render.ts";
import { framed, labelsOf, layOutMessages, mostLabels, plainEdges } from "./message-layout.ts";
import { labelHeight } from "./message-parts.ts";
import { homesOf, wordsFor } from "./message-text.ts";
import type { Placed, Point } from "./tree-layout.ts";

/** Colors and dashes by mode, to be told from each other on light and dark pages. */
const strokes: Readonly<Record<MessageEdgeMode, string>> = {
  call: "stroke:#3b82f6;stroke-width:1.5",
  cast: "stroke:#a855f7;stroke-width:1.5;stroke-dasharray:6 4",
  info: "stroke:#ec4899;stroke-width:1.5;stroke-dasharray:1.5 3.5;stroke-linecap:round",
  monitor: "stroke:#ca8a04;stroke-width:1.5;stroke-dasharray:8 3 1.5 3",
  link: "stroke:#64748b;stroke-width:2.6",
  supervises: "stroke:#64748b;stroke-width:1.2",
};

/**
 * `text`: the fold's export (`message-mermaid.ts`), which numbers the nodes from 1 in their order. `aspect`: width divided by height of the
 * room; `measure`: where labels get their sizes. Rejects when Mermaid does.
 */
export async function messagePicture(
  model: Model,
  fold: MessageFold,
  text: string,
  aspect: number,
  measure: HTMLElement,
): Promise<SVGSVGElement> {
  const { nodes } = fold;
  const edges = plainEdges(fold);
  const homes = homesOf(model);
  const labels = labelsOf(edges, wordsFor(fold, homes, model), measure);
  const layouts: GraphLayout[] = [];
  const nodeOf = (id: string): MessageNode | undefined => nodes[Number(id.slice(1)) - 1];
  const svg = await renderPicture(
    text,
    (sizes) => {
      const named = sizes.map((size) => ({ ...size, id: nodeOf(size.id)?.key ?? size.id }));
      const layout = layOutMessages(fold, named, homes, labels, aspect);
      layouts.push(layout);
      return { nodes: new Map(sizes.flatMap(({ id }, at) => [[id, layout.nodes.get(named[at]!.id)!] as const])) };
    },
    measure,
  );
  const [layout] = layouts;
  if (layout === undefined) throw new Error("Mermaid laid out nothing");
  for (const group of svg.querySelectorAll<SVGGElement>("g.node")) {
    const node = nodeOf(group.dataset.id ?? "");
    if (node !== undefined && isMany(node)) group.prepend(...stackBehind(group));
  }
  const room = new LabelRoom([...layout.nodes.values()]);
  const shown = edges.length > mostLabels ? [] : edges;
  svg
    .querySelector("g.nodes")!
    .before(
      ends(),
      ...layout.boxes.map((box) => homeBox(box, homes.get(box.id)?.title ?? "")),
      ...edges.flatMap((edge) => lineOf(edge, layout) ?? []),
      ...shown.flatMap((edge) => labelOf(edge, labels.get(edge.key), layout, room) ?? []),
    );
  framed(svg, layout);
  return svg;
}

function isMany({ form, members: [first] }: MessageNode): boolean {
  return form === "group" || (form === "participant" && (first?.cardinality === "many" || first?.cardinality === "fixed"));
}

/** The node's own outline twice more, as on the screen. */
function stackBehind(group: SVGGElement): SVGElement[] {
  const outline = group.querySelector(".label-container");
  if (outline === null) return [];
  return [8, 4].map((by) => {
    const behind = outline.cloneNode(true) as SVGElement;
    behind.setAttribute("transform", `${outline.getAttribute("transform") ?? ""} translate(${by},${-by})`.trim());
    return behind;
  });
}

/** Heads of lines: an arrow and a dot for each mode that has one, since not every viewer knows the color of the line. */
function ends(): SVGElement {
  const shape = { viewBox: "0 0 10 10", refX: 9, refY: 5, markerWidth: 9, markerHeight: 9, markerUnits: "userSpaceOnUse" };
  const end = (mode: MessageEdgeMode, form: SVGElement): SVGElement =>
    s("marker", { ...shape, orient: "auto-start-reverse", id: `end-${mode}` }, form);
  const color = (mode: MessageEdgeMode): string => `fill:${colorOf(mode)};stroke:none`;
  const arrow = (mode: MessageEdgeMode): SVGElement => end(mode, s("path", { d: "M0 0 10 5 0 10Z", style: color(mode) }));
  const dot = s("circle", { cx: 5, cy: 5, r: 4.5, style: color("monitor") });
  return s("defs", {}, arrow("call"), arrow("cast"), arrow("info"), end("monitor", dot));
}

function colorOf(mode: MessageEdgeMode): string {
  return /#[0-9a-f]+/.exec(strokes[mode])?.[0] ?? "";
}

function lineOf({ key, mode, messages }: MessageEdge, layout: GraphLayout): SVGElement | null {
  const d = layout.edges.get(key)?.path;
  if (d === undefined) return null;
  const isUncertain = messages.length > 0 && messages.every(({ certainty }) => certainty !== "certain");
  const hasEnd = mode === "call" || mode === "cast" || mode === "info" || mode === "monitor";
  return s("path", {
    d,
    style: `fill:none;${strokes[mode]}${isUncertain ? ";opacity:0.65" : ""}`,
    "marker-start": hasEnd ? `url(#end-${mode})` : null,
  });
}

function labelOf(
  { key, mode }: MessageEdge,
  label: { readonly words: string; readonly width: number } | undefined,
  layout: GraphLayout,
  room: LabelRoom,
): SVGElement | null {
  const spots: readonly Point[] | undefined = layout.edges.get(key)?.spots;
  const at = label === undefined || spots === undefined ? null : room.take(spots, label.width, labelHeight);
  if (label === undefined || at === null) return null;
  const { words, width } = label;
  const font = "font:10.5px ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace";
  return s(
    "g",
    { transform: `translate(${at.x.toFixed(1)},${at.y.toFixed(1)})` },
    s("rect", {
      x: -width / 2,
      y: -labelHeight / 2,
      width,
      height: labelHeight,
      rx: labelHeight / 2,
      style: `fill:#ffffff;stroke:${colorOf(mode)};stroke-opacity:0.5`,
    }),
    s("text", { x: 0, y: 3.5, "text-anchor": "middle", style: `${font};fill:#334155` }, words),
  );
}

function homeBox({ x, y, width, height }: Placed, title: string): SVGElement {
  const [left, top] = [x - width / 2, y - height / 2];
  return s(
    "g",
    {},
    s("rect", { x: left, y: top, width, height, rx: 10, style: "fill:#94a3b8;fill-opacity:0.08;stroke:#94a3b8;stroke-opacity:0.6" }),
    s("text", { x: left + 14, y: top + 18, style: "font-size:12px;font-weight:600;fill:#64748b" }, plainLabel(title, 60)),
  );
}
