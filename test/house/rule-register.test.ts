import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { rules } from "../../server/src/rules/index.ts";
import { listFiles, readJson, readText } from "../support/repository.ts";

const registered = rules.map(({ meta }) => meta.id);
const notRules = new Set(["index", "rule"]);

describe("the register of rules", () => {
  test("is sorted and has no id twice", () => {
    assert.deepEqual(registered, [...new Set(registered)].sort());
  });

  test("is the folder: a file for each rule, that exports a rule of its name", () => {
    const files = listFiles("server/src/rules")
      .filter((file) => /^server\/src\/rules\/[^/]+\.ts$/.test(file))
      .map((file) => file.slice("server/src/rules/".length, -".ts".length))
      .filter((name) => !notRules.has(name) && new RegExp(`\\bid: "${name}"`).test(readText(`server/src/rules/${name}.ts`)));
    assert.deepEqual(files.sort(), registered);
  });

  test("is the pages: test/rules/<id>.md", () => {
    const pages = listFiles("test/rules").filter((file) => file.endsWith(".md"));
    assert.deepEqual(
      pages.map((file) => file.slice("test/rules/".length, -".md".length)),
      registered,
    );
  });

  test("says of each rule in preview that it is: on its page and in its setting", () => {
    const texts = readJson<Record<string, string>>("package.nls.json");
    for (const { meta } of rules) {
      const page = /^(?!#).+$/m.exec(readText(`test/rules/${meta.id}.md`))?.[0] ?? "";
      assert.equal(/_preview: off/.test(page), meta.stage === "preview", meta.id);
      assert.equal(/In preview: off/.test(texts[`configuration.rules.${meta.id}`] ?? ""), meta.stage === "preview", meta.id);
    }
  });

  test("is the settings: processTopology.rules.<id>, with every severity", () => {
    const { contributes } = readJson<{ contributes: { configuration: { properties: Record<string, { enum?: string[] }> } } }>(
      "package.json",
    );
    const settings = Object.entries(contributes.configuration.properties).filter(([key]) => key.startsWith("processTopology.rules."));
    assert.deepEqual(settings.map(([key]) => key.slice("processTopology.rules.".length)).sort(), registered);
    for (const [key, setting] of settings) assert.deepEqual(setting.enum, ["default", "off", "hint", "info", "warning", "error"], key);
  });

  test("is the README's table: a row for each rule, with its default severity (or `preview`) and its page", () => {
    const rows = [...readText("README.md").matchAll(/^\|\s*\[`([a-z-]+)`\]\(([^)]+)\)\s*\|\s*(\w+)\s*\|/gm)].map(
      ([, id, page, severity]) => ({ id, page, severity }),
    );
    assert.deepEqual(
      rows,
      rules.map(({ meta }) => ({
        id: meta.id,
        page: `test/rules/${meta.id}.md`,
        severity: meta.stage === "preview" ? "preview" : meta.severity,
      })),
    );
  });
});
