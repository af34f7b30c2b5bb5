// Builds dist/: the extension's client, its language server (Node and browser), the command line and the panel's page.
//   node esbuild.mjs [--production]
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { configurationSchema } from "./client/configuration-schema.mjs";
import { onlyDiagrams, onlyShapes, patchMermaid, smallStyles } from "./client/webview/bundle-mermaid.mjs";
import { typescriptParser } from "./server/src/languages/typescript/bundle-parser.mjs";
import { installIfMissing, root } from "./test/support/install.mjs";

installIfMissing();
const { build } = await import("esbuild");
const production = process.argv.includes("--production");

const shared = {
  absWorkingDir: root,
  bundle: true,
  sourcemap: production ? false : "linked",
  minify: production,
  legalComments: "none",
  charset: "utf8",
  logLevel: "warning",
  target: "es2022",
  // Packages in both formats are taken as ES modules: their UMD builds hide `require` from the bundler.
  mainFields: ["module", "main"],
  conditions: ["module"],
  // Models of libraries are Elixir and Erlang source, kept as text.
  loader: { ".md": "text", ".ex": "text", ".erl": "text" },
};
const node = { ...shared, platform: "node", format: "cjs", target: "node20" };
const browser = { ...shared, platform: "browser", mainFields: ["browser", "module", "main"] };

const bundles = [
  // Short, since every check compiles it.
  {
    ...node,
    entryPoints: ["server/src/main.cli.ts"],
    outfile: "dist/cli.js",
    banner: { js: "#!/usr/bin/env node" },
    sourcemap: false,
    minifyWhitespace: true,
  },
  {
    ...node,
    entryPoints: ["server/src/main.commands.ts"],
    outfile: "dist/commands.js",
    charset: "ascii",
    plugins: [typescriptParser({ external: true })],
  },
  { ...node, entryPoints: ["server/src/main.walker.ts"], outfile: "dist/walker.js", sourcemap: false },
  { ...node, entryPoints: ["server/src/main.node.ts"], outfile: "dist/server.js", plugins: [typescriptParser({ external: true })] },
  // Always small: it is loaded by those that have something to parse, whatever they are.
  {
    ...node,
    entryPoints: { typescript: "typescript" },
    outdir: "dist",
    charset: "ascii",
    minify: true,
    sourcemap: false,
    plugins: [typescriptParser({ external: true })],
  },
  {
    ...browser,
    entryPoints: ["server/src/main.browser.ts"],
    outfile: "dist/server.browser.js",
    format: "iife",
    plugins: [typescriptParser({ external: false })],
  },
  {
    ...node,
    entryPoints: ["client/src/extension.node.ts"],
    outfile: "dist/client.js",
    external: ["vscode"],
    // The editor's way to find `vscode` is for `require` alone.
    supported: { "dynamic-import": false },
    plugins: [apart("server-process")],
  },
  { ...node, entryPoints: ["client/src/server-process.ts"], outfile: "dist/server-process.js", external: ["vscode"] },
  { ...browser, entryPoints: ["client/src/extension.browser.ts"], outfile: "dist/client.browser.js", format: "cjs", external: ["vscode"] },
  {
    ...browser,
    entryPoints: ["client/webview/main.ts"],
    outfile: "dist/webview.js",
    format: "iife",
    // Always small and alone: it is also inlined into the HTML page that the command line writes.
    minify: true,
    sourcemap: false,
    plugins: [onlyDiagrams(["dagre", "flowDiagram", "sequenceDiagram"]), onlyShapes(), patchMermaid(), smallStyles()],
  },
];

mkdirSync(join(root, "dist"), { recursive: true });
for (const name of ["commands", "typescript"]) rmSync(join(root, "dist", `${name}.compiled`), { force: true });
const failed = (await Promise.allSettled(bundles.map((options) => build(options)))).filter(({ status }) => status === "rejected");
copyRulePages();
await writeConfigurationSchema();
if (production) removeSourceMaps();
if (failed.length > 0) process.exit(1);
compileCommands();

/** A module that is a bundle of its own, beside the one that imports it. */
function apart(name) {
  const filter = new RegExp(`/${name}\\.ts$`);
  return { name: "apart", setup: ({ onResolve }) => onResolve({ filter }, () => ({ path: `./${name}.js`, external: true })) };
}

/** The rules' pages are tests and documentation in one; the extension links to its own copy of them. */
function copyRulePages() {
  const from = join(root, "test", "rules");
  for (const page of readdirSync(from).filter((name) => name.endsWith(".md"))) cpSync(join(from, page), join(root, "dist", "rules", page));
}

/** The schema of `.process-topology.json` knows the rules by the editor's settings, and what a library may say by what its reader knows. */
async function writeConfigurationSchema() {
  const { libraryWords, libraryPatterns } = await importSource("server/src/analysis/library-words.ts");
  const { callTimePattern } = await importSource("server/src/model/call-time.ts");
  const read = (name) => JSON.parse(readFileSync(join(root, name), "utf8"));
  const strings = read("package.nls.json");
  const prefix = "processTopology.rules.";
  const settings = Object.entries(read("package.json").contributes.configuration.properties).filter(([key]) => key.startsWith(prefix));
  const rules = settings.map(([key, setting]) => ({
    id: key.slice(prefix.length),
    levels: setting.enum,
    description: strings[setting.markdownDescription.replaceAll("%", "")],
  }));
  writeFileSync(
    join(root, "dist", "process-topology.schema.json"),
    `${JSON.stringify(configurationSchema(rules, libraryWords, { ...libraryPatterns, callTime: callTimePattern }), null, 2)}\n`,
  );
}

/** A module of the source, for the build itself. */
async function importSource(entry) {
  const { outputFiles } = await build({ ...shared, entryPoints: [entry], write: false, format: "esm", sourcemap: false });
  return import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);
}

/** Writes the compiled form of the command line, for this machine's Node; a package has none, since it runs elsewhere. */
function compileCommands() {
  if (production) return;
  const ran = spawnSync(process.execPath, [join(root, "dist", "cli.js"), "check", join(root, "examples"), "--fail-on", "never"], {
    env: { ...process.env, PROCESS_TOPOLOGY_COMPILE: "1" },
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (ran.status !== 0) process.exit(1);
}

/** Those of an earlier build for development do not belong to this one. */
function removeSourceMaps() {
  for (const name of readdirSync(join(root, "dist")).filter((name) => name.endsWith(".map"))) rmSync(join(root, "dist", name));
}
