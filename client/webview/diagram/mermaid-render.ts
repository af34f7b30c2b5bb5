/** Mermaid, set up for this page: strict, with no colors of its own, one rendering at a time. */
import mermaid, { type MermaidConfig } from "mermaid";
import { type LayOut, type LayoutPort, layoutLoaders, messageLayoutName, treeLayOut, treeLayoutName } from "./mermaid-layout.ts";
import type { TreeLayout } from "./tree-layout.ts";

const port: LayoutPort = { layOut: () => ({ nodes: new Map() }) };
let ready = false;
let current = "";
let count = 0;

const configuration: MermaidConfig = {
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
  themeVariables: { fontSize: "13px", lineColor: "#808080" },
  flowchart: { curve: "basis", wrappingWidth: 460, padding: 6, useMaxWidth: false, nodeSpacing: 26, rankSpacing: 64 },
  sequence: {
    useMaxWidth: false,
    mirrorActors: false,
    actorMargin: 36,
    messageMargin: 20,
    boxMargin: 8,
    noteMargin: 7,
    height: 46,
    wrap: false,
  },
};

/** Mermaid keeps one configuration: it is set when the layout changes from one view to another. */
function setUp(layout: string, fontFamily: string): void {
  if (!ready) mermaid.registerLayoutLoaders(layoutLoaders(port));
  ready = true;
  if (current === layout) return;
  current = layout;
  mermaid.initialize({ ...configuration, fontFamily, layout });
}

function setUpPicture(layout: string, fontFamily: string): void {
  if (!ready) mermaid.registerLayoutLoaders(layoutLoaders(port));
  ready = true;
  current = "picture";
  const flowchart = { ...configuration.flowchart, htmlLabels: false, padding: 10 };
  mermaid.initialize({
    ...configuration,
    htmlLabels: false,
    theme: "neutral",
    themeVariables: { fontSize: "13px" },
    fontFamily,
    layout,
    flowchart,
  });
}

export interface Rendering {
  readonly svg: SVGSVGElement;
  readonly layout: TreeLayout;
}

/**
 * Renders a tree's Mermaid text. `measure` is an element in the page, seen by nobody, in which labels get their sizes with the page's
 * styles. Each rendering has an id of its own, so that an old and a new drawing may stand in the page at once; the same text once more gives the
 * same drawing. Rejects when Mermaid does.
 */
export async function renderTree(text: string, aspect: number, measure: HTMLElement): Promise<Rendering> {
  const key = `${aspect.toFixed(2)} ${getComputedStyle(measure).font} ${text}`;
  if (lastTree?.key === key) return { svg: copyOf(lastTree.svg), layout: lastTree.layout };
  const placed: TreeLayout[] = [];
  port.layOut = treeLayOut(aspect, (layout) => placed.push(layout));
  const svg = await render(treeLayoutName, text, measure);
  const [layout] = placed;
  if (layout === undefined) throw new Error("Mermaid laid out nothing");
  lastTree = { key, svg: copyOf(svg), layout };
  return { svg, layout };
}

/** The last tree as Mermaid drew it, before anything was put on it: most edits leave the tree as it was. */
let lastTree: { readonly key: string; readonly svg: SVGSVGElement; readonly layout: TreeLayout } | null = null;

function copyOf(svg: SVGSVGElement): SVGSVGElement {
  return svg.cloneNode(true) as SVGSVGElement;
}

/**
 * Renders a flowchart's Mermaid text in a layout of the caller's: Mermaid makes the nodes, `layOut` is given their sizes. Lines are the caller's, too. Rejects when Mermaid does.
 */
export async function renderNodes(text: string, layOut: LayOut, measure: HTMLElement): Promise<SVGSVGElement> {
  port.layOut = layOut;
  return await render(messageLayoutName, text, measure);
}

/** Renders any other text with Mermaid's own layout (dagre for flowcharts). Rejects when Mermaid does. */
export function renderDiagram(text: string, measure: HTMLElement): Promise<SVGSVGElement> {
  return render("dagre", text, measure);
}

/**
 * Renders exported text as a picture for elsewhere: labels as SVG text, all colors in it, no script, no HTML. `layOut`: how the nodes of a
 * drawing of messages stand, whose lines are the caller's. The page's next drawing sets Mermaid up again. Rejects when Mermaid does.
 */
export function renderPicture(text: string, layOut: LayOut, measure: HTMLElement): Promise<SVGSVGElement> {
  port.layOut = layOut;
  return pictureIn(messageLayoutName, text, measure);
}

/** The same for the text of a tree, whose lines are named (`ownLayout`), or of anything else, in Mermaid's own layout. */
export function renderTextPicture(text: string, ownLayout: boolean, aspect: number, measure: HTMLElement): Promise<SVGSVGElement> {
  port.layOut = treeLayOut(aspect, () => {});
  return pictureIn(ownLayout ? treeLayoutName : "dagre", text, measure);
}

async function pictureIn(layout: string, text: string, measure: HTMLElement): Promise<SVGSVGElement> {
  try {
    return await render(layout, text, measure, pictureFonts);
  } finally {
    current = "";
  }
}

const pictureFonts = "Helvetica, Arial, sans-serif";

async function render(layout: string, text: string, measure: HTMLElement, pictureFont?: string): Promise<SVGSVGElement> {
  if (pictureFont === undefined) setUp(layout, getComputedStyle(measure).fontFamily);
  else setUpPicture(layout, pictureFont);
  const { svg } = await mermaid.render(`topology-${++count}`, text, measure);
  const template = document.createElement("template");
  template.innerHTML = svg;
  measure.replaceChildren();
  const element = template.content.querySelector("svg");
  if (element === null) throw new Error("Mermaid drew nothing");
  return element;
}
