import type { Snapshot } from "../analysis/snapshot.ts";
import type { Place } from "../model/topology.ts";
import type { PanelPlace } from "../protocol/panel.ts";

/** A place as the panel writes it; null where there is no file of the workspace (a bundled model of a library). */
export function panelPlace(place: Place, { files, locate }: Snapshot): PanelPlace | null {
  if (!files.has(place.file)) return null;
  const { file, line, column } = locate(place);
  return { file, line, column };
}
