/** Which project of a workspace a file belongs to. Pure. */

import { isProjectFile } from "../text/file-names.ts";

/** A look-up from a file to the innermost folder around it that holds a project file; the empty text where there is none. */
export function projectFolders(files: Iterable<string>, projectFiles: readonly string[]): (file: string) => string {
  const folders = new Set<string>();
  for (const file of files) {
    const cut = file.lastIndexOf("/") + 1;
    if (isProjectFile(file.slice(cut), projectFiles)) folders.add(file.slice(0, Math.max(cut - 1, 0)));
  }
  return (file) => {
    for (let folder = file; folder.includes("/"); ) {
      folder = folder.slice(0, folder.lastIndexOf("/"));
      if (folders.has(folder)) return folder;
    }
    return "";
  };
}
