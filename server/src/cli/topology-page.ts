import type { Place } from "../model/topology.ts";
import { htmlPage } from "../present/html.ts";
import { buildPanelSnapshot } from "../present/panel-snapshot.ts";
import type { Places } from "../present/places.ts";
import type { PanelPlace, PanelSnapshot } from "../protocol/panel.ts";
import type { AnalyzedFolder, CliHost } from "./host.ts";

/** The panel as one HTML file that needs nothing else. */
export async function topologyPage(folder: AnalyzedFolder, host: CliHost, application?: string): Promise<string> {
  return htmlPage({
    snapshot: panelSnapshot(folder, application),
    script: await host.pageScript(),
    sha256: host.sha256,
    root: folder.root,
  });
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
