/** Whether files are called as a language calls its own. Pure. */

/** Whether a file of that name is of a project: `projectFiles` are whole names, or patterns with one `*` for any letters, or none. */
export function isProjectFile(name: string, projectFiles: readonly string[]): boolean {
  return projectFiles.some((pattern) => {
    const star = pattern.indexOf("*");
    if (star < 0) return name === pattern;
    return name.length >= pattern.length - 1 && name.startsWith(pattern.slice(0, star)) && name.endsWith(pattern.slice(star + 1));
  });
}
