/** Carries out what the export menu asks for: through the host, or by a download where the page stands alone. */
import { exportFiles } from "../../server/src/protocol/export-files.ts";
import { type ExportFormat, mostExported } from "../../server/src/protocol/panel.ts";
import type { ExportWish } from "./frame/export-menu.ts";
import type { Host } from "./host.ts";
import { base64OfText, markdownBlock, type PictureRoom, pngBase64, svgText } from "./picture.ts";
import { t } from "./text.ts";
import type { Scene } from "./views/view.ts";

/** `name`: of the file, without its ending. Rejects with a sentence where the drawing cannot be exported. */
export async function exportDrawing(wish: ExportWish, scene: Scene, room: PictureRoom, host: Host, name: string): Promise<void> {
  if (wish.format === "page") return host.post({ type: "save-page" });
  if (scene.keys.length === 0) throw new Error(t("There is no drawing to export."));
  const content = await contentOf(wish.format, scene, room);
  if (content.length > mostExported) throw new Error(t("This drawing is too large to export: show less of it."));
  if (wish.what === "copy") {
    if (host.standalone) await navigator.clipboard.writeText(content);
    else host.post({ type: "copy", text: content });
  } else if (host.standalone) download(wish.format, name, content);
  else host.post({ type: "save", format: wish.format, name, content });
}

async function contentOf(format: ExportFormat, scene: Scene, room: PictureRoom): Promise<string> {
  switch (format) {
    case "mermaid":
      return scene.exported(false);
    case "markdown":
      return markdownBlock(scene.exported(false));
    case "svg":
      return svgText(scene, room);
    case "png":
      return pngBase64(await svgText(scene, room), getComputedStyle(document.body).backgroundColor);
  }
}

function download(format: ExportFormat, name: string, content: string): void {
  const { ending, mediaType } = exportFiles[format];
  const link = document.createElement("a");
  link.href = `data:${mediaType};base64,${format === "png" ? content : base64OfText(content)}`;
  link.download = `${name}.${ending}`;
  link.click();
}
