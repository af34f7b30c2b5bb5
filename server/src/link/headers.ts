/** Which file of the workspace an `-include` means. Pure. */
import type { FileFacts, IncludeFacts } from "../model/facts.ts";

export class Headers {
  private readonly byName = new Map<string, FileFacts[]>();

  constructor(files: Iterable<FileFacts>) {
    for (const file of files) {
      if (!file.path.endsWith(".hrl")) continue;
      const name = nameOf(file.path);
      const same = this.byName.get(name);
      if (same) same.push(file);
      else this.byName.set(name, [file]);
    }
  }

  /**
   * The header that a file includes, or null where the workspace has none of that name. Build tools set the folders that are searched; of several
   * headers of one name the one counts whose path ends like the include, then the one that lies nearest.
   */
  find(include: IncludeFacts, from: string): FileFacts | null {
    const candidates = this.byName.get(nameOf(include.path)) ?? [];
    let best: FileFacts | null = null;
    let most = -1;
    for (const candidate of candidates) {
      const score = sharedEnd(candidate.path, include.path) * 1000 + sharedStart(candidate.path, from);
      if (score <= most) continue;
      best = candidate;
      most = score;
    }
    return best;
  }
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** How many folders and names at their ends two paths share; a version behind an application's name (`ssl-10.0`) does not count. */
function sharedEnd(path: string, include: string): number {
  const a = path.split("/").reverse();
  const b = include.split("/").reverse();
  let count = 0;
  while (count < b.length && a[count]?.replace(/-[\d.]+$/, "") === b[count]) count++;
  return count;
}

/** How many folders two paths have in common from the root on. */
function sharedStart(path: string, other: string): number {
  const a = path.split("/");
  const b = other.split("/");
  let count = 0;
  while (count < a.length && a[count] === b[count]) count++;
  return count;
}
