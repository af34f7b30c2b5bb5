/** The files that the panel's exports become: what people call them, how their names end, what they hold. */
import type { ExportFormat } from "./panel.ts";

export interface ExportFile {
  readonly words: string;
  /** Without the dot. */
  readonly ending: string;
  readonly mediaType: string;
}

/** `page`: the whole panel, as HTML that stands alone. */
export const exportFiles: Readonly<Record<ExportFormat | "page", ExportFile>> = {
  svg: { words: "SVG", ending: "svg", mediaType: "image/svg+xml" },
  png: { words: "PNG", ending: "png", mediaType: "image/png" },
  mermaid: { words: "Mermaid", ending: "mmd", mediaType: "text/plain" },
  markdown: { words: "Markdown", ending: "md", mediaType: "text/markdown" },
  page: { words: "HTML", ending: "html", mediaType: "text/html" },
};
