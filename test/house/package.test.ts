import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { describe, test } from "node:test";
import { listFiles as listPackaged, PackageManager } from "@vscode/vsce";
import { inRepository, root } from "../support/paths.ts";
import { readJson } from "../support/repository.ts";

const limit = 3 * 1024 * 1024;
/** Everything that may be in the package, and nothing else. */
const allowed = [
  /^package\.json$/,
  /^package\.nls\.json$/,
  /^l10n\/bundle\.l10n\.json$/,
  /^(README|CHANGELOG)\.md$/,
  /^LICENSE$/,
  /^dist\/(cli|commands|walker|server|server\.browser|server-process|client|client\.browser|webview|typescript)\.js$/,
  /^dist\/rules\/[a-z-]+\.md$/,
  /^dist\/process-topology\.schema\.json$/,
  /^syntaxes\/process-topology\.[a-z]+\.injection\.json$/,
  /^client\/media\/[\w-]+\.(svg|png|md)$/,
  /^docs\/images\/[\w-]+\.png$/,
];
const required = [
  "package.json",
  "package.nls.json",
  "l10n/bundle.l10n.json",
  "README.md",
  "CHANGELOG.md",
  "LICENSE",
  "dist/cli.js",
  "dist/commands.js",
  "dist/walker.js",
  "dist/server.js",
  "dist/server.browser.js",
  "dist/client.js",
  "dist/server-process.js",
  "dist/client.browser.js",
  "dist/webview.js",
  "dist/process-topology.schema.json",
  "dist/typescript.js",
];

describe("the packaged extension", () => {
  test("holds what it needs and nothing else", async () => {
    const files = (await listPackaged({ cwd: root, packageManager: PackageManager.None })).map((file) => file.replaceAll("\\", "/"));
    assert.deepEqual(
      files.filter((file) => !allowed.some((pattern) => pattern.test(file))),
      [],
    );
    assert.deepEqual(
      required.filter((file) => !files.includes(file)),
      [],
    );
  });

  test("has each file that package.json names", async () => {
    const files = await listPackaged({ cwd: root, packageManager: PackageManager.None });
    const manifest = readJson<{ main: string; browser: string; contributes: { grammars: { path: string }[] } }>("package.json");
    const named = [manifest.main, manifest.browser, ...manifest.contributes.grammars.map(({ path }) => path)];
    assert.deepEqual(
      named.map((path) => path.replace(/^\.\//, "")).filter((file) => !files.includes(file)),
      [],
    );
  });

  test("is small", (context) => {
    const { size } = statSync(inRepository("out", "process-topology.vsix"));
    context.diagnostic(`process-topology.vsix: ${(size / 1024).toFixed(0)} KiB`);
    assert.ok(size < limit, `${size} bytes, the limit is ${limit}`);
  });
});
