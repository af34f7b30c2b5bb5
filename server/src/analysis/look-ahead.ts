/** What a thread that reads files finds of each while the other one is busy: what its path and its letters tell. Pure. */
import type { Looked } from "../languages/language.ts";
import { importedBy, ownComment } from "../languages/typescript/look.ts";
import { typescriptNames } from "../languages/typescript/source-names.ts";
import { lookTwice } from "../languages/typescript/words.ts";
import type { FileRole } from "../model/facts.ts";
import { roleOfPath } from "./roles.ts";

export interface Ahead {
  readonly role: FileRole;
  /** Left out for a file of a language that no look is taken at. */
  readonly looked?: Looked;
}

/** Of a file on disk: what nothing depends on may be skimmed. */
export function lookAhead(path: string, text: string): Ahead {
  const role = roleOfPath(path);
  if (!typescriptNames.extensions.some((extension) => path.endsWith(extension))) return { role };
  const as = lookTwice({ path, text, role, skim: true });
  const looked = { as, length: text.length, isMarked: text.includes(ownComment) };
  return { role, looked: as === "other" || as === "waits" ? { ...looked, imported: importedBy(text).join("\n") } : looked };
}

/** Whether the text is likely to be asked for. */
export function isRead({ looked }: Ahead): boolean {
  return looked === undefined || looked.as === "actors" || looked.as === "project";
}
