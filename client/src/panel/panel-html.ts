/** The one builder of the panel's HTML. The page builds itself: this is its policy, its script, and what is seen until that runs. Pure. */
export interface PanelHtmlInput {
  /** `webview.cspSource`. */
  readonly cspSource: string;
  /** Where the webview finds `dist/webview.js`. */
  readonly scriptUri: string;
  /** Fresh for each page: 32 or more random letters and digits. */
  readonly nonce: string;
  readonly title: string;
}

export function panelHtml({ cspSource, scriptUri, nonce, title }: PanelHtmlInput): string {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    // Mermaid writes a style element and style attributes into its SVG.
    `style-src ${cspSource} 'unsafe-inline'`,
    `img-src ${cspSource} data:`,
    `font-src ${cspSource}`,
  ].join("; ");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
</head>
<body>
<script nonce="${nonce}" src="${escapeHtml(scriptUri)}"></script>
</body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
