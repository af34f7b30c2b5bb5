/** What a file is for, told by its path alone, so that a new file never changes the role of another. Pure. */
import type { FileRole } from "../model/facts.ts";

const testFolders: ReadonlySet<string> = new Set(["test", "tests", "integration_test"]);

/**
 * The role of a path relative to the workspace folder. `deps/` and `test/` count only outside of `lib/` and `src/`: a library about tests has
 * modules in `lib/my_app/test/`. Configuration and other scripts are `script`; a project file is source.
 */
export function roleOfPath(path: string): FileRole {
  const segments = path.split("/");
  const name = segments.pop() ?? "";
  const source = segments.findIndex((segment) => segment === "lib" || segment === "src");
  const outer = source < 0 ? segments : segments.slice(0, source);
  if (outer.includes("deps")) return "dependency";
  if (name.endsWith("_test.exs") || name === "test_helper.exs" || outer.some((segment) => testFolders.has(segment))) return "test";
  return name.endsWith(".exs") && name !== "mix.exs" ? "script" : "source";
}
