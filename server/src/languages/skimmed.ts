/** A file that is counted as read and of which nothing is told: no other file depends on it. */
import type { FileFacts, Language } from "../model/facts.ts";
import type { SourceFile } from "./language.ts";

export function skimmed(file: SourceFile, language: Language): FileFacts {
  return {
    path: file.path,
    language,
    role: file.role,
    shape: { hash: "skimmed", modules: [], templates: [], project: null },
    spans: new Int32Array(0),
    lineStarts: new Int32Array(1),
    length: file.looked?.length ?? file.text.length,
    problems: [],
    suppressions: [],
    callTimes: [],
  };
}
