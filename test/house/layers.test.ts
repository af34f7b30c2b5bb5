import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { describe, test } from "node:test";
import { inRepository } from "../support/paths.ts";
import { type Import, importsOf, listFiles } from "../support/repository.ts";

// text < model < languages | link | rules | present < analysis < lsp, cli < main.*; what each may import besides itself.
const mayImport: Record<string, readonly string[]> = {
  text: [],
  model: ["text"],
  protocol: [],
  languages: ["text", "model"],
  link: ["text", "model"],
  rules: ["text", "model"],
  present: ["text", "model", "protocol"],
  platform: ["text"],
  analysis: ["text", "model", "languages", "link", "rules", "platform"],
  lsp: ["text", "model", "present", "analysis", "platform", "protocol"],
  cli: ["text", "model", "present", "analysis", "platform", "protocol"],
  main: ["text", "model", "languages", "link", "rules", "present", "analysis", "platform", "protocol", "lsp", "cli"],
  client: ["protocol"],
};
/** Layers that are pure: no Node module, no package that does IO. */
const pure = new Set(["text", "model", "languages", "link", "rules", "present", "analysis", "protocol"]);
const packages: Record<string, readonly string[]> = {
  languages: ["jsonc-parser", "typescript"],
  platform: ["ignore"],
  analysis: ["ignore", "jsonc-parser"],
  lsp: ["vscode-languageserver", "vscode-languageserver-textdocument"],
  main: ["vscode-languageserver/node", "vscode-languageserver/browser"],
  client: [
    "vscode",
    "vscode-languageclient",
    "vscode-languageclient/node",
    "vscode-languageclient/browser",
    "mermaid",
    "d3-zoom",
    "d3-selection",
  ],
};

function layerOf(file: string): string {
  if (file.startsWith("client/")) return "client";
  const [first = ""] = file.replace("server/src/", "").split("/");
  return first.startsWith("main.") ? "main" : first;
}

const files = [...listFiles("server/src"), ...(existsSync(inRepository("client")) ? listFiles("client") : [])].filter((file) =>
  file.endsWith(".ts"),
);
const imports = files.flatMap(importsOf);
const name = ({ from, specifier }: Import): string => `${from} imports ${specifier}`;

describe("layers", () => {
  test("every file belongs to a layer", () => {
    assert.deepEqual(
      files.filter((file) => !(layerOf(file) in mayImport)),
      [],
    );
  });

  test("a layer imports only itself and the layers below it", () => {
    const wrong = imports.filter(({ from, file }) => {
      if (file === null || (file === "package.json" && layerOf(from) === "main")) return false;
      const [own, other] = [layerOf(from), layerOf(file)];
      return own !== other && !mayImport[own]?.includes(other);
    });
    assert.deepEqual(wrong.map(name), []);
  });

  test("a language imports no other language", () => {
    const languageOf = (file: string): string | undefined => /^server\/src\/languages\/(\w+)\//.exec(file)?.[1];
    const wrong = imports.filter(({ from, file }) => {
      const [own, other] = [languageOf(from), file === null ? undefined : languageOf(file)];
      return own !== undefined && other !== undefined && own !== other;
    });
    assert.deepEqual(wrong.map(name), []);
  });

  test("a rule imports no other rule", () => {
    const wrong = imports.filter(({ from, file }) => file?.endsWith("rules/index.ts") && from.startsWith("server/src/rules/"));
    assert.deepEqual(wrong.map(name), []);
  });

  test("pure layers import no Node module, and every layer only its packages", () => {
    const wrong = imports.filter(({ from, specifier, file }) => {
      if (file !== null) return false;
      const layer = layerOf(from);
      if (specifier.startsWith("node:")) return pure.has(layer);
      return !packages[layer]?.includes(specifier);
    });
    assert.deepEqual(wrong.map(name), []);
  });

  test("relative imports name the file, with its extension", () => {
    const wrong = imports.filter(({ file }) => file !== null && !existsSync(inRepository(file)));
    assert.deepEqual(wrong.map(name), []);
  });
});
