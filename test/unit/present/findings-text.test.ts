import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { findingsSummary, findingsText, plural } from "../../../server/src/present/findings-text.ts";
import { colorStyle, displayWidth, plainStyle, printable, wrap } from "../../../server/src/present/terminal-style.ts";
import { place, sampleFinding, samplePlaces } from "../../support/sample.ts";

const plain = { style: plainStyle, width: 80 };

describe("findings as text", () => {
  test("a finding has its message, its code, its evidence and its fix", () => {
    assert.equal(
      findingsText([sampleFinding], samplePlaces, plain),
      [
        "warning singleton-bottleneck/serialized-reads  lib/cache.ex:4:7",
        "  `Shop.Cache` hands out data to 14 callers one at a time.",
        "",
        "    4 │   def handle_call(:get, _from, state) do",
        "      │       ^^^^^",
        "    5 │   {:reply, state, state}",
        "  • Shop.Web.show/1 waits for it in each request  lib/web.ex:2:31",
        '    2 │   def show(conn), do: "日本" <> Cache.get()',
        "      │                                 ^^^^^",
        "",
        "  fix: Keep the data in an ETS table with read_concurrency.",
        "",
        "",
      ].join("\n"),
    );
  });

  test("a mark stands under what it means after tabs, and goes to the end of the line where the code goes on", () => {
    const places = { ...samplePlaces, locate: () => ({ file: "lib/cache.ex", line: 5, column: 2, endLine: 6, endColumn: 3 }) };
    const text = findingsText([{ ...sampleFinding, evidence: [], fix: "" }], places, plain);
    assert.match(text, / {4}5 │ {3}\{:reply, state, state\}\n {6}│ {3}\^{22}\n/);
  });

  test("long lists of evidence are cut, with how many are left", () => {
    const evidence = Array.from({ length: 9 }, (_, index) => ({ message: `caller ${index}`, place: place("lib/web.ex", 2, 34) }));
    const text = findingsText([{ ...sampleFinding, evidence }], samplePlaces, plain);
    assert.match(text, /caller 5/);
    assert.doesNotMatch(text, /caller 6/);
    assert.match(text, /… and 3 more/);
  });

  test("what to do is said once, and code that stands there already is not shown again", () => {
    const message = `${sampleFinding.message} ${sampleFinding.fix}`;
    const text = findingsText(
      [{ ...sampleFinding, message, evidence: [{ message: "here", place: sampleFinding.place }] }],
      samplePlaces,
      plain,
    );
    assert.equal(text.split("Keep the data").length, 2);
    assert.equal(text.split("def handle_call").length, 2);
  });

  test("a certainty other than certain is said", () => {
    assert.match(findingsText([{ ...sampleFinding, certainty: "probable" }], samplePlaces, plain), /serialized-reads \(probable\) /);
  });

  test("a missing source leaves the frame out", () => {
    const places = { ...samplePlaces, line: () => null };
    assert.doesNotMatch(findingsText([sampleFinding], places, plain), /│/);
  });

  test("colors change nothing but escape sequences", () => {
    const colored = findingsText([sampleFinding], samplePlaces, { style: colorStyle, width: 80 });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are what it is about
    assert.equal(colored.replace(/\u001b\[\d+m/g, ""), findingsText([sampleFinding], samplePlaces, plain));
    assert.notEqual(colored, findingsText([sampleFinding], samplePlaces, plain));
  });

  test("source cannot write to the terminal", () => {
    const places = { ...samplePlaces, line: () => '"\u001b[2J\u202eevil\u0007"' };
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it is about
    assert.doesNotMatch(findingsText([sampleFinding], places, plain), /[\u001b\u0007\u202e]/);
  });

  test("the summary counts by severity", () => {
    assert.equal(findingsSummary([], plainStyle), "No findings.");
    const findings = [
      sampleFinding,
      sampleFinding,
      { ...sampleFinding, severity: "error" as const },
      { ...sampleFinding, severity: "info" as const },
    ];
    assert.equal(findingsSummary(findings, plainStyle), "4 findings: 1 error, 2 warnings, 1 info");
  });
});

describe("words on a terminal", () => {
  test("plural", () => {
    assert.deepEqual(
      [plural(1, "process"), plural(1200, "process"), plural(2, "child spec"), plural(3, "library")],
      ["1 process", "1,200 processes", "2 child specs", "3 libraries"],
    );
  });

  test("width counts columns, not code units", () => {
    assert.deepEqual(["abc", "日本", "e\u0301", "👍"].map(displayWidth), [3, 4, 1, 2]);
  });

  test("wrap breaks between words and keeps a word that is too long", () => {
    assert.deepEqual(wrap("one two three", 7), ["one two", "three"]);
    assert.deepEqual(wrap("extraordinary one", 5), ["extraordinary", "one"]);
  });

  test("printable keeps letters of all scripts", () => {
    assert.equal(printable("日本\té\u0000"), "日本  é·");
  });
});
