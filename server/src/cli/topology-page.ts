import type { Place } from "../model/topology.ts";
import { panelCrash } from "../present/panel-crash.ts";
import { buildPanelSnapshot } from "../present/panel-snapshot.ts";
import type { Places } from "../present/places.ts";
import { buildSequence } from "../present/sequence.ts";
import { sequenceStarts } from "../present/sequence-starts.ts";
import type { Crash } from "../protocol/crash.ts";
import type { PanelPlace, PanelSnapshot } from "../protocol/panel.ts";
import { inlineScript, nodeKeys, panelPage } from "../protocol/panel-page.ts";
import { mostTelling, type Sequence, type SequenceStart } from "../protocol/sequence.ts";
import type { AnalyzedFolder, CliHost } from "./host.ts";

/** The panel as one HTML file that needs nothing else. */
export async function topologyPage(folder: AnalyzedFolder, host: CliHost, application?: string): Promise<string> {
  const code = inlineScript(await host.pageScript());
  const snapshot = panelSnapshot(folder, application);
  const data = { snapshot, ...pageSequences(folder), crashes: pageCrashes(snapshot, folder), root: folder.root };
  return panelPage(data, code, host.sha256(code));
}

/** Characters of JSON that a page may spend on sequences: in it are the one that is shown first, and those that the list begins with. */
const mostCharacters = 600_000;

function pageSequences(folder: AnalyzedFolder): { readonly starts: readonly SequenceStart[]; readonly sequences: readonly Sequence[] } {
  const kept = new Map<SequenceStart, Sequence>();
  let spent = 0;
  const all = sequenceStarts(folder);
  const first = mostTelling(all);
  for (const start of first === null ? all : new Set([first, ...all])) {
    const sequence = buildSequence(start.key, { ...folder, resolve: (place) => resolvePanelPlace(place, folder.places) });
    spent += JSON.stringify(sequence).length;
    if (spent > mostCharacters) break;
    if (sequence !== null && sequence.steps.length > 0) kept.set(start, sequence);
  }
  return { starts: all.filter((start) => kept.has(start)), sequences: [...kept.values()] };
}

/** The same for crashes. */
const mostCrashCharacters = 400_000;

function pageCrashes(snapshot: PanelSnapshot, folder: AnalyzedFolder): readonly Crash[] {
  const crashes: Crash[] = [];
  let spent = 0;
  for (const key of nodeKeys(snapshot)) {
    const crash = panelCrash(key, folder);
    if (crash === null) continue;
    spent += JSON.stringify(crash).length;
    if (spent > mostCrashCharacters) break;
    crashes.push(crash);
  }
  return crashes;
}

/** What the panel draws of a folder, or of one application of it. Places in bundled models of libraries lead nowhere. */
export function panelSnapshot({ topology, findings, places, print, title }: AnalyzedFolder, application?: string): PanelSnapshot {
  return buildPanelSnapshot({
    topology,
    findings,
    resolve: (place) => resolvePanelPlace(place, places),
    print,
    title,
    application,
  });
}

export function resolvePanelPlace(place: Place, places: Places): PanelPlace | null {
  if (places.line(place.file, 1) === null) return null;
  const { file, line, column } = places.locate(place);
  return { file, line, column };
}
