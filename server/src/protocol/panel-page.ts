/**
 * The panel's page as one self-contained HTML file that opens from disk, without a network. Pure: the bundle's text and the hash come in.
 *
 * Nothing runs in it but the one script whose hash its content security policy names. The snapshot is inlined as data.
 */
import type { Crash } from "./crash.ts";
import type { PanelNode, PanelSnapshot } from "./panel.ts";
import type { Sequence, SequenceStart } from "./sequence.ts";

/** What the page shows. */
export interface PanelPageData {
  readonly snapshot: PanelSnapshot;
  /** What the Sequence view can show: nobody is there to be asked for others. */
  readonly starts?: readonly SequenceStart[];
  readonly sequences?: readonly Sequence[];
  /** What it can play a crash of. */
  readonly crashes?: readonly Crash[];
  /** The page's texts by their English, and the tag of their language; absent: English. */
  readonly texts?: { readonly language: string; readonly byEnglish: Readonly<Record<string, string>> } | undefined;
  /** Absolute path of the folder that the snapshot's files are relative to: places become `vscode://file/…` links. Null: plain text. */
  readonly root: string | null;
}

/** `code`: what `inlineScript` makes of `dist/webview.js`, which brings its styles with it; `hash`: SHA-256 of its UTF-8 text, in base64. */
export function panelPage(
  { snapshot, starts = [], sequences = [], crashes = [], texts, root }: PanelPageData,
  code: string,
  hash: string,
): string {
  const policy = [
    "default-src 'none'",
    `script-src 'sha256-${hash}'`,
    "style-src 'unsafe-inline'",
    "img-src data:",
    "font-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return `<!doctype html>
<html lang="${escapeHtml(texts?.language ?? "en")}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="Process Topology">
<title>${escapeHtml(snapshot.title)} · Process Topology</title>
</head>
<body class="standalone">
<noscript>This page draws the supervision tree with a script of its own: allow scripts for this file.</noscript>
<script type="application/json" id="panel-texts">${jsonText(texts?.byEnglish ?? {})}</script>
<script type="application/json" id="panel-data">${jsonText({ snapshot, root, starts, sequences, crashes })}</script>
<script>${code}</script>
</body>
</html>
`;
}

/** Keys of all nodes, those nearest to the roots first: what a page has room for should be of those. */
export function nodeKeys({ roots }: PanelSnapshot): readonly string[] {
  const keys: string[] = [];
  for (let level: readonly PanelNode[] = roots; level.length > 0; level = level.flatMap(({ children }) => children))
    keys.push(...level.map(({ key }) => key));
  return keys;
}

/** JSON that no HTML parser can mistake for markup: `</script>` and `<!--` cannot occur in it. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** A script's text in which `</script` and `<!--`, which can stand only in strings and patterns, do not end or hide the element. */
export function inlineScript(script: string): string {
  return script.replace(/<(?=\/script|!--)/gi, "\\x3c").replace(/\r\n?/g, "\n");
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
