/** Reads and judges a folder as it was and as it is. */
import type { LanguageFrontEnd } from "../languages/language.ts";
import type { FileFacts } from "../model/facts.ts";
import type { FileTree } from "../platform/file-tree.ts";
import { type AnalyzeOptions, analyzeFolder } from "./analyze-folder.ts";
import type { Snapshot } from "./snapshot.ts";
import type { Engine } from "./workspace.ts";

/** Both with the same settings, so that a change of these brings no finding. A file that both hold is read once. */
export async function analyzeChange(
  before: FileTree,
  after: FileTree,
  options: AnalyzeOptions,
): Promise<{ readonly before: Snapshot; readonly after: Snapshot }> {
  const engine = readingOnce(options.engine);
  return { before: await analyzeFolder(before, { ...options, engine }), after: await analyzeFolder(after, { ...options, engine }) };
}

/** An engine that reads a text at a path once; facts are data that nobody changes. */
function readingOnce(engine: Engine): Engine {
  return {
    ...engine,
    languages: engine.languages.map((language): LanguageFrontEnd => {
      const known = new Map<string, { readonly text: string; readonly facts: FileFacts }>();
      return {
        ...language,
        read(file) {
          const last = known.get(file.path);
          if (last?.text === file.text) return last.facts;
          const facts = language.read(file);
          known.set(file.path, { text: file.text, facts });
          return facts;
        },
      };
    }),
  };
}
