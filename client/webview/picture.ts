/** Drawings as files: SVG that needs nothing else, PNG, Mermaid text, a Markdown block. */
import { renderTextPicture } from "./diagram/mermaid-render.ts";
import { t } from "./text.ts";
import type { Scene } from "./views/view.ts";

/** Pixels of a PNG for each unit of the drawing, and the most that a browser's canvas bears on a side. */
const scale = 2;
const mostPixels = 8192;

export interface PictureRoom {
  readonly aspect: number;
  readonly measure: HTMLElement;
  /** Drawn with the tree's own layout. */
  readonly ownLayout: boolean;
}

/** A standalone SVG document of what is shown. Rejects when it cannot be drawn. */
export async function svgText(scene: Scene, room: PictureRoom): Promise<string> {
  const svg =
    scene.picture === undefined
      ? await renderTextPicture(scene.exported(room.ownLayout), room.ownLayout, room.aspect, room.measure)
      : await scene.picture(room.aspect, room.measure);
  decodeLabels(svg, room.measure);
  // Mermaid's own box knows nothing of the tree's layout.
  const [x = 0, y = 0, width = 0, height = 0] = room.ownLayout ? boundsOf(svg, room.measure) : viewBoxOf(svg);
  svg.setAttribute("viewBox", `${x} ${y} ${width} ${height}`);
  svg.setAttribute("width", String(Math.ceil(width)));
  svg.setAttribute("height", String(Math.ceil(height)));
  svg.removeAttribute("style");
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(svg)}\n`;
}

/**
 * Mermaid leaves entities undecoded in the SVG labels of lines, and makes room for them as they are written. What a label itself says cannot
 * look like one: `encodeLabel` breaks it.
 */
function decodeLabels(svg: SVGSVGElement, measure: HTMLElement): void {
  measure.append(svg);
  for (const label of svg.querySelectorAll("g.edgeLabel")) {
    const texts = document.createTreeWalker(label, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text !== null; text = texts.nextNode())
      text.nodeValue = (text.nodeValue ?? "").replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
    const [words, room] = [label.querySelector("text"), label.querySelector("rect")];
    if (words === null || room === null) continue;
    const { x, y, width, height } = words.getBBox();
    for (const [name, value] of Object.entries({ x: x - 3, y: y - 1, width: width + 6, height: height + 2 }))
      room.setAttribute(name, String(value));
  }
  svg.remove();
}

function viewBoxOf(svg: SVGSVGElement): readonly number[] {
  return (svg.getAttribute("viewBox") ?? "").split(/[ ,]+/).map(Number);
}

/** Measured in the page: x, y, width, height. */
function boundsOf(svg: SVGSVGElement, measure: HTMLElement): readonly number[] {
  measure.append(svg);
  const { x, y, width, height } = svg.getBBox();
  svg.remove();
  const margin = 8;
  return [x - margin, y - margin, width + 2 * margin, height + 2 * margin];
}

/** Base64 of a PNG on the page's background. Rejects where the drawing is too large to hold. */
export async function pngBase64(svg: string, background: string): Promise<string> {
  const image = new Image();
  image.src = `data:image/svg+xml;base64,${base64OfText(svg)}`;
  await image.decode();
  const { naturalWidth: width, naturalHeight: height } = image;
  const k = Math.min(scale, mostPixels / width, mostPixels / height);
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width * k);
  canvas.height = Math.round(height * k);
  const context = canvas.getContext("2d");
  if (context === null) throw new Error(t("This browser cannot draw a PNG"));
  context.fillStyle = background;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/png").replace(/^data:[^,]*,/, "");
}

/** Of the UTF-8 text. */
export function base64OfText(text: string): string {
  const bytes = new TextEncoder().encode(text);
  let binary = "";
  for (let at = 0; at < bytes.length; at += 32_768) binary += String.fromCharCode(...bytes.subarray(at, at + 32_768));
  return btoa(binary);
}

/** As GitHub and others draw it. */
export function markdownBlock(mermaid: string): string {
  return `\`\`\`mermaid\n${mermaid.trimEnd()}\n\`\`\`\n`;
}
