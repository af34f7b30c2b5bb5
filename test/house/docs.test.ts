/** The documentation site: it builds, every rule has its place in it, and no link is dead. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { deadLinks } from "../../docs/site/links.mjs";
import { rules } from "../../server/src/rules/index.ts";
import { inRepository } from "../support/paths.ts";

describe("the documentation site", () => {
  let folder = "";
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "process-topology-docs-"));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  test("builds with one command, without a dead link, and lists every rule once under its category", () => {
    const { status, stderr } = spawnSync(process.execPath, [inRepository("docs/site/build.mjs"), folder], { encoding: "utf8" });
    assert.equal(status, 0, stderr);
    const index = readFileSync(join(folder, "index.html"), "utf8").replace(/<nav[\s\S]*<\/nav>/, "");
    for (const { meta } of rules) {
      assert.equal(index.split(`href="rules/${meta.id}.html"`).length, 2, meta.id);
      assert.ok(existsSync(join(folder, "rules", `${meta.id}.html`)), meta.id);
    }
    const page = readFileSync(join(folder, "rules/call-cycle.html"), "utf8");
    assert.match(page, /<span class="hljs-keyword">defmodule<\/span>/);
    assert.match(page, /<span class="found">.*\^\^\^.*<\/span>/);
    assert.doesNotMatch(page, /<script/);
  });

  test("a dead link is told: a page, a heading, an address that is none", () => {
    const pages = new Map([
      [
        "a.html",
        '<a href="b.html#there">1</a><a href="b.html#gone">2</a><a href="c.html">3</a><a href="http://x.org">4</a><img src="i.png">',
      ],
      ["rules/b.html", '<a href="../b.html">1</a><a href="https://hexdocs.pm/x">2</a><a href="#here">3</a>'],
      ["b.html", '<h2 id="there">'],
    ]);
    const dead = deadLinks(pages, new Set([...pages.keys(), "i.png"]));
    assert.deepEqual(
      dead.map(({ page, href }) => `${page} ${href}`),
      ["a.html b.html#gone", "a.html c.html", "a.html http://x.org", "rules/b.html #here"],
    );
  });
});
