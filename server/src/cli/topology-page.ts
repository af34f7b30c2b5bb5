import { htmlPage } from "../present/html.ts";
import { buildPanelSnapshot } from "../present/panel-snapshot.ts";
import type { PanelSnapshot } from "../protocol/panel.ts";
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
    resolve: (place) => (places.line(place.file, 1) === null ? null : places.locate(place)),
    print,
    title,
    application,
  });
}
