/** Which application a file belongs to. Pure. */

/** The folder of the application that a project file speaks of. */
export function applicationFolder(path: string): string {
  return path.replace(/[^/]*$/, "").replace(/(^|\/)(src|ebin)\/$/, "$1");
}

/** The application in whose folder a file lies, the innermost; null where there is none. `folders`: from folder to name. */
export function applicationOf(file: string, folders: ReadonlyMap<string, string>): string | null {
  for (let folder = file; folder !== ""; ) {
    folder = folder.slice(0, folder.lastIndexOf("/", folder.length - 2) + 1);
    const application = folders.get(folder);
    if (application !== undefined) return application;
  }
  return null;
}
