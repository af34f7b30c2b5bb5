/** A snapshot of a folder as the editor's presentations want it. */

import { callTimeOf } from "../analysis/call-times.ts";
import { handsOn } from "../analysis/hands-on.ts";
import type { Snapshot } from "../analysis/snapshot.ts";
import type { EditorSource } from "../present/editor-source.ts";
import type { Folder } from "./folder.ts";

/** `rulePages`: URI of the folder of the rules' pages, or null. */
export function editorSource(folder: Folder, snapshot: Snapshot, rulePages: string | null): EditorSource {
  return {
    topology: snapshot.topology,
    findings: snapshot.findings,
    locate: snapshot.locate,
    line: snapshot.line,
    print: snapshot.print,
    hrefOf(place) {
      if (!snapshot.files.has(place.file)) return null;
      const { line, column } = snapshot.locate(place);
      return `${folder.uriOf(place.file)}#L${line},${column}`;
    },
    handsOn({ place }) {
      const facts = snapshot.files.get(place.file);
      return facts !== undefined && handsOn(facts, place.at);
    },
    callTimeOf: (definition) => callTimeOf(definition, snapshot),
    rulePage: (rule) => (rulePages === null ? null : `${rulePages.replace(/\/$/, "")}/${rule}.md`),
  };
}
