/** What a drawing of messages and its export have in common: labels, places, size. */
import { plainLabel } from "../../../server/src/protocol/mermaid-label.ts";
import type { PanelSnapshot } from "../../../server/src/protocol/panel.ts";
import type { MessageEdge, MessageFold } from "../../../server/src/protocol/panel-message-fold.ts";
import { h } from "../element.ts";
import { type GraphLayout, layoutGraph } from "./graph-layout.ts";
import { labelSizes } from "./label-sizes.ts";
import { labelWidthOf } from "./message-parts.ts";
import { boxedHomes, edgeLabel } from "./message-text.ts";
import type { Size } from "./tree-layout.ts";

/** Above so many lines their labels hide more than they tell: only those of what is selected are shown. */
export const mostLabels = 45;
/** Around the drawing. */
export const margin = 10;

/** Titles of applications by the keys of their roots. */
export function homesOf({ roots }: PanelSnapshot): ReadonlyMap<string, string> {
  return new Map(roots.map(({ key, title }) => [key, title]));
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
export function labelsOf(edges: readonly MessageEdge[], measure: HTMLElement): Map<string, EdgeWords> {
  const words = edges.map((edge) => plainLabel(edgeLabel(edge), 34));
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

/** Participants stand in a box for each application when there are several. `sizes`: by the participants' keys. */
export function layOutMessages(
  fold: MessageFold,
  sizes: readonly Size[],
  homes: ReadonlyMap<string, string>,
  labels: ReadonlyMap<string, EdgeWords>,
  aspect: number,
): GraphLayout {
  const { nodes, edges } = fold;
  const homeOf = new Map(nodes.map(({ key, application }) => [key, application]));
  const boxed = boxedHomes(fold, homes);
  return layoutGraph(
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
}
