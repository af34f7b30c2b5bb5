/** The one builder of the panel's HTML. The page builds itself: this is its policy, its script, and what is seen until that runs. Pure. */
import { jsonText } from "../../../server/src/protocol/panel-page.ts";

export interface PanelHtmlInput {
  /** `webview.cspSource`. */
  readonly cspSource: string;
  /** Where the webview finds `dist/webview.js`. */
  readonly scriptUri: string;
  /** Fresh for each page: 32 or more random letters and digits. */
  readonly nonce: string;
  readonly title: string;
  /** Of the texts: a tag such as `de`, and the page's texts in it by their English; null in English. */
  readonly language: string;
  readonly texts: Readonly<Record<string, string>> | null;
}

export function panelHtml({ cspSource, scriptUri, nonce, title, language, texts }: PanelHtmlInput): string {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    // Mermaid writes a style element and style attributes into its SVG.
    `style-src ${cspSource} 'unsafe-inline'`,
    `img-src ${cspSource} data:`,
    `font-src ${cspSource}`,
  ].join("; ");
  return `<!doctype html>
<html lang="${escapeHtml(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
</head>
<body>
<script type="application/json" id="panel-texts">${jsonText(texts ?? {})}</script>
<script nonce="${nonce}" src="${escapeHtml(scriptUri)}"></script>
</body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
