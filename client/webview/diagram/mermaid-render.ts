/** Mermaid, set up for this page: strict, with no colors of its own, one rendering at a time. */
import mermaid from "mermaid";
import { type LayoutPort, treeLayoutLoader, treeLayoutName } from "./mermaid-layout.ts";
import type { TreeLayout } from "./tree-layout.ts";

const port: LayoutPort = { aspect: 1.5, placed: null };
let ready = false;
let count = 0;

function setUp(fontFamily: string): void {
  if (ready) return;
  ready = true;
  mermaid.registerLayoutLoaders([treeLayoutLoader(port)]);
  mermaid.initialize({
    startOnLoad: false,
    suppressErrorRendering: true,
    // Labels are other people's source code.
    securityLevel: "strict",
    deterministicIds: true,
    handDrawnSeed: 1,
    look: "classic",
    theme: "base",
    htmlLabels: true,
    maxEdges: 2000,
    maxTextSize: 400_000,
    fontFamily,
    themeVariables: { fontSize: "13px", lineColor: "#808080" },
    flowchart: { curve: "basis", wrappingWidth: 460, padding: 6, useMaxWidth: false },
    layout: treeLayoutName,
  });
}

export interface Rendering {
  readonly svg: SVGSVGElement;
  readonly layout: TreeLayout;
}

/**
 * Renders a tree's Mermaid text. `measure` is an element in the page, seen by nobody, in which labels get their sizes with the page's
 * styles. Each rendering has an id of its own, so that an old and a new drawing may stand in the page at once. Rejects when Mermaid does.
 */
export async function renderTree(text: string, aspect: number, measure: HTMLElement): Promise<Rendering> {
  setUp(getComputedStyle(measure).fontFamily);
  port.aspect = aspect;
  port.placed = null;
  const { svg } = await mermaid.render(`topology-${++count}`, text, measure);
  const layout: TreeLayout | null = port.placed;
  const template = document.createElement("template");
  template.innerHTML = svg;
  measure.replaceChildren();
  const element = template.content.querySelector("svg");
  if (element === null || layout === null) throw new Error("Mermaid drew nothing");
  return { svg: element, layout };
}
