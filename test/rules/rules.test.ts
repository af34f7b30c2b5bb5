import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { engine } from "../../server/src/analysis/engine.ts";
import { rules } from "../../server/src/rules/index.ts";
import { fixDifferences, offerDifferences } from "../support/fix-pages.ts";
import { listFiles, readText } from "../support/repository.ts";
import { analyzeBlock, differences, foundIn, type PageBlock, readPage } from "../support/rule-pages.ts";

function check(block: PageBlock, page?: string): readonly string[] {
  const snapshot = analyzeBlock(block, engine, page);
  // A block that is read wrongly would be clean for the wrong reason.
  const problems = snapshot.problems.map(({ file, line, message }) => `problem:  ${file}:${line}: ${message}`);
  return [...problems, ...differences(block, foundIn(snapshot))];
}

const pages = listFiles("test/rules")
  .filter((file) => file.endsWith(".md"))
  .map((file) => ({ id: file.slice("test/rules/".length, -".md".length), file, blocks: readPage(readText(file)) }));

function languageOf(file: string): string {
  return /\.exs?$/.test(file) ? "elixir" : /\.erl$/.test(file) ? "erlang" : "typescript";
}

for (const { id, file, blocks } of pages) {
  describe(`the page of ${id}`, () => {
    for (const block of blocks) {
      test(`${block.heading} (${file}:${block.line})`, () => assert.equal(check(block, id).join("\n"), ""));
      for (const fix of block.fixes)
        test(`${fix.title} (${file}:${fix.line})`, () => assert.equal(fixDifferences(block, fix, engine, id).join("\n"), ""));
      if (block.marks.length > 0)
        test(`Where fixes are offered (${file}:${block.line})`, () => assert.equal(offerDifferences(block, engine, id).join("\n"), ""));
    }

    test("speaks Erlang of Erlang code", () => {
      const elixir = /\b(GenServer|Task|Supervisor|DynamicSupervisor|PartitionSupervisor|Agent|Registry|Process|Logger)\.|`use |\{:\w/;
      const erlang = blocks.filter(
        ({ files }) => files.some(({ path }) => path.endsWith(".erl")) && !files.some(({ path }) => /\.(exs?|tsx?)$/.test(path)),
      );
      const told = erlang.flatMap((block) => foundIn(analyzeBlock(block, engine, id)).map(({ message }) => message));
      assert.deepEqual(
        told.filter((message) => elixir.test(message)),
        [],
      );
    });

    test("expects each variant of the rule at least once, and has code that stays clean", () => {
      const expected = blocks.flatMap((block) => block.expected.filter(({ rule }) => rule === id));
      const variants = rules.find(({ meta }) => meta.id === id)?.meta.variants ?? [];
      assert.deepEqual(
        variants.filter((variant) => !expected.some((one) => one.variant === variant)),
        [],
      );
      assert.ok(expected.length > 0 && blocks.some((block) => block.expected.length === 0));
    });

    test("has a finding in each of the rule's languages, and in no other", () => {
      const found = blocks.flatMap((block) => block.expected.filter(({ rule }) => rule === id).map((one) => languageOf(one.file)));
      assert.deepEqual([...new Set(found)].sort(), [...(rules.find(({ meta }) => meta.id === id)?.meta.languages ?? [])].sort());
    });
  });
}

describe("the harness", () => {
  const page = [
    "# A page",
    "## Two files",
    "```elixir",
    "# file: lib/a.ex",
    "defmodule A do",
    "#         ^ process-as-object(stateless): is a process",
    "end",
    "# file: lib/b.ex",
    "defmodule B do",
    "end",
    "```",
    "```text",
    "not code",
    "```",
  ].join("\n");
  const [block] = readPage(page);
  const found = {
    file: "lib/a.ex",
    line: 1,
    column: 11,
    endColumn: 12,
    rule: "process-as-object",
    variant: "stateless",
    severity: "warning",
    message: "`A` is a process for nothing.",
  };

  test("takes expectations out of the files, and knows where they stand", () => {
    assert.ok(block !== undefined && readPage(page).length === 1);
    assert.deepEqual(block.files, [
      { path: "lib/a.ex", text: "defmodule A do\nend\n" },
      { path: "lib/b.ex", text: "defmodule B do\nend\n" },
    ]);
    assert.equal(`${block.heading} ${block.line}`, "Two files 4");
    assert.deepEqual(differences(block, [found]), []);
  });

  test("fails for each thing that is not as expected", () => {
    assert.ok(block !== undefined);
    const wrong = [
      { file: "lib/b.ex" },
      { line: 2 },
      { column: 10 },
      { endColumn: 13 },
      { rule: "call-cycle" },
      { variant: "shell" },
      { variant: null },
      { message: "Something else." },
    ];
    for (const change of wrong) assert.equal(differences(block, [{ ...found, ...change }]).length, 2, JSON.stringify(change));
    assert.match(differences(block, []).join(), /^expected: lib\/a\.ex:1:11-12 process-as-object\(stateless\): is a process$/);
    assert.match(differences({ expected: [] }, [found]).join(), /^found: /);
    assert.equal(differences(block, [found, found]).length, 1, "the same finding twice");
  });

  test("compares the severity where one is written", () => {
    const [strict] = readPage("```elixir\nfoo()\n# ^^^ error call-cycle: x\n```");
    assert.ok(strict !== undefined);
    const actual = { ...found, file: "lib/example.ex", column: 3, endColumn: 6, rule: "call-cycle", variant: null, message: "x" };
    assert.deepEqual(differences(strict, [{ ...actual, severity: "error" }]), []);
    assert.equal(differences(strict, [actual]).length, 2);
  });

  test("runs the real engine: a page that is wrong about its code fails", () => {
    const stable = pages.filter(({ id }) => rules.some(({ meta }) => meta.id === id && meta.stage === "stable"));
    const first = stable.flatMap(({ blocks }) => blocks).find(({ expected }) => expected.length > 0);
    assert.ok(first !== undefined);
    assert.deepEqual(check(first), []);
    assert.equal(check({ ...first, expected: [] }).length, first.expected.length);
    const broken = { ...first, files: [{ path: "lib/broken.ex", text: "defmodule Broken do\n  def f( do\nend\n" }], expected: [] };
    assert.match(check(broken).join(), /^problem:/);
  });
});
