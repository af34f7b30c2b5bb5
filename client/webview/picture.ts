/** Drawings as files: SVG that needs nothing else, PNG, Mermaid text, a Markdown block. */
import { renderPicture } from "./diagram/mermaid-render.ts";
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
  const svg = await renderPicture(scene.exported(room.ownLayout), room.ownLayout, room.aspect, room.measure);
  const box = boundsOf(svg, room.measure);
  svg.setAttribute("viewBox", `${box.x} ${box.y} ${box.width} ${box.height}`);
  svg.setAttribute("width", String(Math.ceil(box.width)));
  svg.setAttribute("height", String(Math.ceil(box.height)));
  svg.removeAttribute("style");
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(svg)}\n`;
}

/** Measured in the page: Mermaid's own box knows nothing of the tree's layout. */
function boundsOf(svg: SVGSVGElement, measure: HTMLElement): { x: number; y: number; width: number; height: number } {
  measure.append(svg);
  const { x, y, width, height } = svg.getBBox();
  svg.remove();
  const margin = 8;
  return { x: x - margin, y: y - margin, width: width + 2 * margin, height: height + 2 * margin };
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
  if (context === null) throw new Error("This browser cannot draw a PNG");
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
