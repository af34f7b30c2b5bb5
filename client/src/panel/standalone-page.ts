/** The panel as one HTML file: the page's own bundle, with a folder's snapshot and its first sequences inside. */
import * as vscode from "vscode";
import type { Crash } from "../../../server/src/protocol/crash.ts";
import type { PanelSnapshot } from "../../../server/src/protocol/panel.ts";
import { inlineScript, nodeKeys, panelPage } from "../../../server/src/protocol/panel-page.ts";
import type { Sequence } from "../../../server/src/protocol/sequence.ts";
import type { PanelSource } from "./panel-source.ts";

/** A page that stands alone has nobody to ask: it brings so many sequences and crashes, and so many steps of each sequence. */
const mostSequences = 60;
const mostCrashes = 200;
const mostSteps = 60;

/** `script`: URI of `dist/webview.js`. */
export async function standalonePage(
  snapshot: PanelSnapshot,
  folder: vscode.Uri,
  source: PanelSource,
  script: vscode.Uri,
  token: vscode.CancellationToken,
): Promise<string> {
  const uri = folder.toString();
  const starts = (await source.sequenceStarts(uri, token)).slice(0, mostSequences);
  const sequences: Sequence[] = [];
  for (const { key } of starts) {
    const sequence = await source.sequence(uri, key, mostSteps, token);
    if (sequence !== null) sequences.push(sequence);
  }
  const told = new Set(sequences.map(({ start }) => start));
  const crashes: Crash[] = [];
  for (const key of nodeKeys(snapshot).slice(0, mostCrashes)) {
    const crash = await source.crash(uri, key, token);
    if (crash !== null) crashes.push(crash);
  }
  const code = inlineScript(new TextDecoder().decode(await vscode.workspace.fs.readFile(script)));
  const root = folder.scheme === "file" ? folder.fsPath : null;
  const data = { snapshot, starts: starts.filter(({ key }) => told.has(key)), sequences, crashes, texts: pageTexts(), root };
  return panelPage(data, code, await sha256(code));
}

/** In the editor's language, where there is a translation. */
function pageTexts(): { language: string; byEnglish: Record<string, string> } | undefined {
  const { bundle } = vscode.l10n;
  return bundle === undefined ? undefined : { language: vscode.env.language, byEnglish: bundle };
}

async function sha256(text: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return btoa(String.fromCharCode(...digest));
}
