/** What presentations for an editor ask of the workspace, from a snapshot or from source strings. */
import { callTimeOf } from "../../server/src/analysis/call-times.ts";
import { engine } from "../../server/src/analysis/engine.ts";
import { handsOn } from "../../server/src/analysis/hands-on.ts";
import { defaultSettings, type Settings } from "../../server/src/analysis/settings.ts";
import type { Snapshot } from "../../server/src/analysis/snapshot.ts";
import { createWorkspace } from "../../server/src/analysis/workspace.ts";
import type { EditorSource } from "../../server/src/present/editor-source.ts";

export function editorSource(snapshot: Snapshot): EditorSource {
  return {
    ...snapshot,
    hrefOf: ({ file }) => (snapshot.files.has(file) ? `file:///${file}` : null),
    callTimeOf: (definition) => callTimeOf(definition, snapshot),
    rulePage: (rule) => rule,
    handsOn({ place }) {
      const facts = snapshot.files.get(place.file);
      return facts !== undefined && handsOn(facts, place.at);
    },
  };
}

export function readSources(
  sources: Readonly<Record<string, string>>,
  settings: Settings = defaultSettings,
): { readonly snapshot: Snapshot; readonly source: EditorSource } {
  const workspace = createWorkspace({ engine, settings });
  for (const [path, text] of Object.entries(sources)) workspace.setFile(path, text);
  const snapshot = workspace.snapshot();
  return { snapshot, source: editorSource(snapshot) };
}
