/** What a file is for: told by its path alone, but for workspaces that have all of their code under `deps/`. Pure. */
import { factsWith } from "../link/facts-with.ts";
import type { FileFacts, FileRole } from "../model/facts.ts";

const testFolders: ReadonlySet<string> = new Set(["test", "tests", "integration_test"]);
/** An application of tests beside the product's own. */
const testApplication = /^\w+_tests$/;

/** Suites of Common Test, modules of EUnit, PropEr and QuickCheck, by the names that their runners look for. */
const erlangTest = /(_SUITE|_tests?|_eqc|_qc)\.erl$|^prop_\w+\.erl$/;
const erlangTestFolders: ReadonlySet<string> = new Set(["test", "tests", "eqc", "ct"]);
const exampleFolders: ReadonlySet<string> = new Set(["example", "examples"]);
const scriptName = /\.[cm]?[jt]sx?$/;
const deploymentName = /^(wrangler.*\.(toml|jsonc?)|partykit\.json[5c]?)$/;
const scriptTest = /[.-](test|tests|spec|e2e|stories|bench)(-d)?\.[cm]?[jt]sx?$/;
/** Tests of TypeScript lie among its sources. */
const scriptTestFolder = /^(test|tests|__tests?[\w-]*__|__mocks__|e2e|fixtures|testing|mocks|specs?|[\w-]+-tests?|tests?-[\w-]+)$/;

/**
 * The role of a path relative to the workspace folder. `deps/` and `test/` count only outside of `lib/` and `src/`: a library about tests has
 * modules in `lib/my_app/test/`. So do `examples/`, where what lies right in them is a script. Configuration and other scripts are `script`; a project file is source.
 */
export function roleOfPath(path: string): FileRole {
  const segments = path.split("/");
  const name = segments.pop() ?? "";
  if (scriptName.test(name)) return scriptTest.test(name) || segments.some((segment) => scriptTestFolder.test(segment)) ? "test" : "source";
  if (deploymentName.test(name)) return segments.some((segment) => scriptTestFolder.test(segment)) ? "test" : "source";
  const source = segments.findIndex((segment) => segment === "lib" || segment === "src");
  const outer = source < 0 ? segments : segments.slice(0, source);
  if (erlangTest.test(name) || (/\.[eh]rl$/.test(name) && isTestOfApplication(segments, source))) return "test";
  if (outer.includes("deps")) return "dependency";
  if (name.endsWith("_test.exs") || name === "test_helper.exs" || outer.some((segment) => testFolders.has(segment))) return "test";
  if (testApplication.test(outer[0] ?? "")) return "test";
  const isExample = source < 0 && segments.some((segment) => exampleFolders.has(segment)) && /\.([eh]rl|ex)$/.test(name);
  return isExample || name.endsWith(".escript") || (name.endsWith(".exs") && name !== "mix.exs") ? "script" : "source";
}

/** `src/couch/test/eunit/x.erl`: applications that lie in a folder `src`, as CouchDB's do, have their tests beside their own `src`. */
function isTestOfApplication(segments: readonly string[], source: number): boolean {
  return segments.some((segment, i) => erlangTestFolders.has(segment) && (source < 0 || i < source || i > source + 1));
}

/**
 * Files by path as they count. A workspace without a module outside of `deps/` is made of what lies there (an erlang.mk project that holds its
 * applications in `deps/`, as RabbitMQ does): then those are its source.
 */
export function countRoles(files: ReadonlyMap<string, FileFacts>): ReadonlyMap<string, FileFacts> {
  let dependencies = false;
  for (const { role, shape, language } of files.values()) {
    if (language === "typescript") continue;
    if (role === "source" && shape.project === null && shape.modules.some(({ form }) => form === "module")) return files;
    dependencies ||= role === "dependency";
  }
  if (!dependencies) return files;
  const counted = new Map<string, FileFacts>();
  for (const [path, file] of files) counted.set(path, file.role === "dependency" ? factsWith(file, "role", "source") : file);
  return counted;
}
