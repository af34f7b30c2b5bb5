// Runs the tests:  node test/support/run.mjs [GROUP | GROUP/FOLDER | GROUP/FILE]…
// Installs what is missing, builds dist/ where a group uses it, bundles the chosen test files to out/test/ and hands them to Node's runner.
// Groups whose tools are not on this machine are named and left out; with PROCESS_TOPOLOGY_NO_SKIP=1 that is a failure.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { typescriptParser } from "../../server/src/languages/typescript/bundle-parser.mjs";
import { cacheFolder } from "./cache-folder.mjs";
import { installIfMissing, root } from "./install.mjs";
import { packExtension } from "./pack-extension.mjs";

/**
 * What a group needs beyond Node: `needs` names what is missing, or gives undefined. `uses`: its tests run the bundles in dist/, or the
 * packaged extension, out/process-topology.vsix (for which dist/ is built as it ships).
 */
const groups = [
  { name: "unit" },
  { name: "rules" },
  { name: "golden", uses: "dist" },
  { name: "protocol", uses: "dist" },
  { name: "house", uses: "package" },
  { name: "fuzz" },
  { name: "webview", uses: "dist", needs: () => missingTool("chromium") },
  { name: "editor", uses: "package", needs: () => missingTool("chromium") ?? missingCodeServer() },
  { name: "oracle", uses: "dist", needs: () => missingTool("elixir", "erl", "dpkg-source") ?? missingOracle() },
];
const noSkip = process.env.PROCESS_TOPOLOGY_NO_SKIP === "1";

function missingTool(...names) {
  const missing = names.filter((name) => spawnSync("which", [name]).status !== 0);
  return missing.length > 0 ? `${missing.join(", ")} not on this machine` : undefined;
}

function missingCodeServer() {
  if (noSkip || existsSync(join(cacheFolder, "code-server", "ready"))) return undefined;
  return "code-server is not built (node test/editor/build-code-server.mjs, about three minutes)";
}

function missingOracle() {
  return existsSync(join(root, "..", "shared", "oracle", "INDEX.json")) ? undefined : "../shared/oracle is not there";
}

function testFiles(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => join(folder, name))
    .sort();
}

function choose(wanted) {
  const files = [];
  const uses = new Set();
  let failed = false;
  for (const group of groups) {
    const all = testFiles(join(root, "test", group.name));
    const asked = wanted.filter((want) => want === group.name || want.startsWith(`${group.name}/`));
    if (wanted.length > 0 && asked.length === 0) continue;
    const chosen =
      asked.length === 0 || asked.includes(group.name)
        ? all
        : all.filter((file) => {
            const name = relative(join(root, "test"), file)
              .replace(/\.test\.ts$/, "")
              .replaceAll("\\", "/");
            return asked.some((want) => name === want || name.startsWith(`${want}/`));
          });
    if (asked.length > 0 && chosen.length === 0) {
      console.error(`no test file for ${asked.join(", ")}`);
      failed = true;
    }
    if (chosen.length === 0) continue;
    const missing = group.needs?.();
    if (missing !== undefined) {
      console.log(`${noSkip ? "FAILED" : "skipped"}: test/${group.name} because ${missing}`);
      failed ||= noSkip;
      continue;
    }
    files.push(...chosen);
    uses.add(group.uses);
  }
  const unknown = wanted.filter((want) => !groups.some(({ name }) => want === name || want.startsWith(`${name}/`)));
  if (unknown.length > 0) {
    console.error(`no such group: ${unknown.join(", ")} (there are ${groups.map(({ name }) => name).join(", ")})`);
    failed = true;
  }
  return { files, uses, failed };
}

function buildBundles() {
  const ran = spawnSync(process.execPath, ["esbuild.mjs"], { cwd: root, encoding: "utf8" });
  if (ran.status === 0) return;
  console.error(`${ran.stdout}${ran.stderr}`);
  process.exit(ran.status ?? 1);
}

/** The server's own code is tested with the parser that ships: a part of TypeScript's, whose nodes have no methods. */
async function shippedParser(build) {
  const path = join(root, "out", "test", "typescript.cjs");
  const external = typescriptParser({ external: true });
  await build({ entryPoints: ["typescript"], outfile: path, bundle: true, platform: "node", logLevel: "warning", plugins: [external] });
  return {
    name: "shipped-parser",
    setup({ onResolve }) {
      const isOurs = (importer) => importer.startsWith(join(root, "server"));
      onResolve({ filter: /^typescript$/ }, ({ importer }) => (isOurs(importer) ? { path, external: true } : undefined));
    },
  };
}

async function bundle(files) {
  const { build } = await import("esbuild");
  const parser = await shippedParser(build);
  await build({
    absWorkingDir: root,
    entryPoints: files.map((file) => relative(root, file)),
    outbase: "test",
    outdir: "out/test",
    outExtension: { ".js": ".mjs" },
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    mainFields: ["module", "main"],
    conditions: ["module"],
    sourcemap: true,
    logLevel: "warning",
    loader: { ".md": "text", ".css": "text", ".ex": "text", ".erl": "text" },
    // Tools that find their own files by their place on disk stay packages.
    external: ["playwright-core", "typescript", "esbuild", "@vscode/vsce", "web-tree-sitter", "@biomejs/biome"],
    plugins: [parser],
    banner: { js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);' },
  });
  return files.map((file) => join("out", relative(root, file)).replace(/\.ts$/, ".mjs"));
}

const { files, uses, failed } = choose(process.argv.slice(2));
if (failed && files.length === 0) process.exit(2);
if (files.length === 0) process.exit(0);
installIfMissing();
mkdirSync(join(root, "out"), { recursive: true });
if (uses.has("package")) packExtension(root);
else if (uses.has("dist")) buildBundles();
const bundled = await bundle(files);
const ran = spawnSync(process.execPath, ["--enable-source-maps", "--test", "--test-timeout=1200000", "--test-reporter=spec", ...bundled], {
  cwd: root,
  stdio: "inherit",
});
process.exit(ran.status !== 0 ? (ran.status ?? 1) : failed ? 1 : 0);
