/** What a drawing of messages and its export have in common: labels, places, size. */
import { plainLabel } from "../../../server/src/protocol/mermaid-label.ts";
import type { MessageEdge, MessageFold } from "../../../server/src/protocol/panel-message-fold.ts";
import { h } from "../element.ts";
import { type GraphLayout, layoutGraph } from "./graph-layout.ts";
import { labelSizes } from "./label-sizes.ts";
import { routeBetween } from "./message-overlay.ts";
import { labelWidthOf } from "./message-parts.ts";
import { boxedHomes, type Homes, type MessageWords } from "./message-text.ts";
import type { Size } from "./tree-layout.ts";

/** Above so many lines their labels hide more than they tell: only those of what is selected are shown. */
export const mostLabels = 45;
/** Around the drawing. */
export const margin = 10;

/** Lines that are drawn without being asked for: those of hubs are not. */
export function plainEdges({ edges }: MessageFold): readonly MessageEdge[] {
  return edges.filter(({ hub }) => hub === null);
}

/** One unit of the drawing is one pixel of the stage. Gives the whole size. */
export function framed(svg: SVGSVGElement, layout: GraphLayout): { readonly width: number; readonly height: number } {
  const [width, height] = [layout.width + 2 * margin, layout.height + 2 * margin];
  svg.removeAttribute("style");
  svg.setAttribute("viewBox", `${-margin} ${-margin} ${width} ${height}`);
  svg.setAttribute("width", String(width));
  svg.setAttribute("height", String(height));
  return { width, height };
}

export interface EdgeWords {
  readonly words: string;
  readonly width: number;
}

/** By the edge's key; an edge without words has none. */
export function labelsOf(edges: readonly MessageEdge[], { labelOf }: MessageWords, measure: HTMLElement): Map<string, EdgeWords> {
  const words = edges.map((edge) => plainLabel(labelOf(edge), 34));
  const sizes = labelSizes(
    words,
    (text) => `line ${text}`,
    (text) => h("span", { class: "message-words" }, text),
    measure,
  );
  return new Map(
    edges.flatMap(({ key }, at) =>
      words[at] === "" ? [] : [[key, { words: words[at]!, width: labelWidthOf(sizes[at]!.width) }] as const],
    ),
  );
}

/**
 * Participants stand in a box for each application when there are several. `sizes`: by the participants' keys. Lines of hubs take no room: they run
 * straight to their ends, once the others have their places.
 */
export function layOutMessages(
  fold: MessageFold,
  sizes: readonly Size[],
  homes: Homes,
  labels: ReadonlyMap<string, EdgeWords>,
  aspect: number,
): GraphLayout {
  const { nodes } = fold;
  const edges = plainEdges(fold);
  const homeOf = new Map(nodes.map(({ key, application }) => [key, application]));
  const boxed = boxedHomes(fold, homes);
  const layout = layoutGraph(
    sizes.map(({ id, width, height }) => {
      const home = homeOf.get(id) ?? null;
      return { id, width, height, box: home !== null && boxed.has(home) ? home : null };
    }),
    edges.map(({ key, from, to, mode }) => ({
      id: key,
      from,
      to,
      kind: mode,
      shared: mode === "supervises" ? "from" : "to",
      labelWidth: edges.length > mostLabels ? 0 : (labels.get(key)?.width ?? 0),
    })),
    aspect,
  );
  const ofHubs = fold.edges.flatMap(({ key, from, to, hub }, at) => {
    const [start, end] = [layout.nodes.get(from), layout.nodes.get(to)];
    if (hub === null || start === undefined || end === undefined) return [];
    // From the aim back to the source, as all lines; those of several modes beside each other.
    const { path, at: pointAt } = routeBetween(end, start, 6 * ((at % 3) - 1));
    const spots = [0.3, 0.4, 0.2, 0.5].map((part) => pointAt(hub === from ? part : 1 - part));
    return [[key, { path, spots }] as const];
  });
  return { ...layout, edges: new Map([...layout.edges, ...ofHubs]) };
}
