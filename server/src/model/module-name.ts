/**
 * Names of modules that several projects of a workspace define. Each definition has a name of its own: the BEAM atom and behind it the project,
 * `Elixir.Counter in:exercise_1`. No atom that people write has such an end, and what is shown leaves it out. Pure.
 */

const MARK = " in:";

/** The name of a module in one of the projects that define it; `project` is its folder, empty for the workspace's own. */
export function nameInProject(atom: string, project: string): string {
  // What marks unknown parts in the keys of values (`@`, `?`, `#`) and separates them is no part of a name.
  const folder = encodeURIComponent(project).replaceAll("%2F", "/");
  return `${atom}${MARK}${folder === "" ? "." : folder}`;
}

/** The folder of the project in a module's name, empty for the workspace's own; null for a name without one. */
export function projectOfName(name: string): string | null {
  const bare = bareName(name);
  if (bare === name) return null;
  const folder = name.slice(bare.length + MARK.length);
  return folder === "." ? "" : decodeURIComponent(folder);
}

/** The BEAM atom without its project. */
export function bareName(name: string): string {
  const end = name.lastIndexOf(MARK);
  return end < 0 || name.includes(" ", end + 1) ? name : name.slice(0, end);
}

/** Whether a module's name is that of another with more behind it: `Shop.Cache.Entry` of `Shop.Cache`. */
export function isNamedUnder(module: string, outer: string): boolean {
  return bareName(module).startsWith(`${bareName(outer)}.`);
}
