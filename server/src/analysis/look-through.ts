/** A look at a whole folder that loads nothing of what analyses. Pure. */
import { tellsNothing } from "../languages/tells-nothing.ts";
import type { WalkedFile } from "../platform/walk.ts";
import { roleOfPath } from "./roles.ts";
import type { Summary } from "./snapshot.ts";

/**
 * Takes files until there is one of which something may come: then null, else how many there are, of which there is nothing else to say. Keeps all that it took
 * in `seen`.
 */
export async function lookThrough(files: AsyncIterator<WalkedFile>, seen: WalkedFile[]): Promise<Pick<Summary, "files" | "bytes"> | null> {
  const looked = { files: 0, bytes: 0 };
  for (let next = await files.next(); next.done !== true; next = await files.next()) {
    const { path, text, bytes, trouble } = next.value;
    seen.push(next.value);
    if (trouble !== null) return null;
    if (text === null) continue;
    if (!tellsNothing({ path, text, role: roleOfPath(path), skim: true })) return null;
    looked.files++;
    looked.bytes += bytes;
  }
  return looked;
}
