import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { configurationSchema } from "../../../client/configuration-schema.mjs";
import { mergeSettings, noConfiguration, readConfiguration } from "../../../server/src/analysis/configuration-file.ts";
import { libraryPatterns, libraryWords } from "../../../server/src/analysis/library-words.ts";
import { readSettings } from "../../../server/src/analysis/settings.ts";
import { callTimePattern } from "../../../server/src/model/call-time.ts";
import { readJson, readText } from "../../support/repository.ts";

const rules = ["call-cycle", "process-as-object"];

/** Problems as `line:column message`. */
function problemsOf(text: string): string[] {
  return readConfiguration(text, rules).problems.map(({ line, column, message }) => `${line}:${column} ${message}`);
}

describe(".process-topology.json", () => {
  test("says rules, files that are left out, a baseline", () => {
    const text = '{"$schema": "x", "rules": {"call-cycle": "error"}, "exclude": ["lib/gen/**"], "baseline": "b.json"}';
    const { configuration, problems } = readConfiguration(text, rules);
    assert.deepEqual(configuration, { ...noConfiguration, rules: { "call-cycle": "error" }, exclude: ["lib/gen/**"], baseline: "b.json" });
    assert.deepEqual(problems, []);
  });

  test("says what calls take, and so does an editor; what makes no sense there is left out", () => {
    const callTimes = { "Shop.Prices": "20ms", ":bank_ledger": "1.5 s" };
    const { configuration, problems } = readConfiguration(JSON.stringify({ callTimes }), rules);
    const expected = new Map([
      ["Shop.Prices", 20],
      [":bank_ledger", 1500],
    ]);
    assert.deepEqual([configuration.callTimes, problems], [expected, []]);
    assert.deepEqual(readSettings({ callTimes: { ...callTimes, A: "soon", B: 20, C: "0ms" } }).callTimes, expected);
    assert.deepEqual(readSettings({ callTimes: "20ms" }).callTimes, new Map());
  });

  test("libraries become rows of tables", () => {
    const { configuration, problems } = readConfiguration(
      JSON.stringify({
        libraries: [
          {
            name: "Acme",
            blocking: [{ call: "Acme.Http.get/2", category: "http" }],
            messages: [{ call: ":acme.ask", mode: "call", target: 0 }],
            behaviours: [
              { module: "Acme.W", kind: "gen_server", context: "job", callbacks: ["a/1", { name: "b/2", role: "call", message: 0 }] },
            ],
            starters: [{ start: "Acme.Pool.start_link/1", kind: "supervisor" }],
          },
        ],
      }),
      rules,
    );
    assert.deepEqual(problems, []);
    const source = ".process-topology.json";
    const none = { message: null, from: null, state: null };
    assert.deepEqual(configuration.libraries, [
      {
        library: "Acme",
        functions: [
          { module: "Acme.Http", name: "get", arities: [2], does: [{ op: "block", category: "http", what: "http" }], source },
          { module: ":acme", name: "ask", arities: [], does: [{ op: "message", mode: "call", target: 0, message: null }], source },
        ],
        behaviours: [
          {
            module: "Acme.W",
            kind: "gen_server",
            context: "job",
            cardinality: "unknown",
            framework: true,
            callbacks: [
              { name: "a", arity: 1, role: "other", ...none },
              { name: "b", arity: 2, role: "call", ...none, message: 0 },
            ],
            source,
          },
        ],
        starters: [{ start: "Acme.Pool.start_link", kind: "supervisor", source }],
      },
    ]);
  });

  const mistakes: Record<string, string[]> = {
    "": ["1:1 This file is empty: it should hold a JSON object, {}."],
    "[]": ["1:1 The configuration is a JSON object, {…}."],
    '{"ruls": {}}': ['1:2 The configuration has no "ruls" (is "rules" meant?).'],
    '{"rules": {"call-cycles": "off"}}': ['1:12 There is no rule "call-cycles" (is "call-cycle" meant?).'],
    '{\n  "rules": {\n    "call-cycle": "wraning"\n  }\n}': [
      '3:19 The level of call-cycle is one of error, warning, info, hint, off, default (is "warning" meant?).',
    ],
    '{"exclude": "lib"}': ['1:13 "exclude" is a list, […].'],
    '{"exclude": ["a", 1]}': ["1:19 A pattern of files is a text."],
    '{"baseline": ""}': ['1:14 "baseline" is a text, and is empty here.'],
    '{"baseline": "a", "baseline": "b"}': ['1:19 "baseline" is there twice.'],
    '{"callTimes": {"A": "20ms", "B": 20, "C": "soon"}}': [
      '1:34 What a call takes is a text in ms or s, as in "20ms".',
      '1:43 What a call takes is a text in ms or s, as in "20ms".',
    ],
    '{"callTimes": "20ms"}': ['1:15 "callTimes" is a JSON object, {…}.'],
    '{"rules": {},}': ["1:14 This is not JSON: property name expected."],
    '{"rules": {} // all\n}': ["1:14 This is not JSON: invalid comment token."],
    '{"libraries": [{"blocking": [{"call": "get", "category": "web"}]}]}': [
      '1:16 A library has a "name".',
      '1:39 A function is written with its module, as in "Acme.Http.get/2", ":acme_http.get/2", or without arity for all.',
      '1:58 "category" is one of http, database, file, port, sleep, call, receive, socket, system, lock, other.',
    ],
    '{"libraries": [{"name": "A", "messages": [{"call": "A.b/1", "target": -1}]}]}': [
      '1:43 A message has "mode", too.',
      '1:71 "target" is the position of an argument, from 0.',
    ],
    '{"libraries": [{"name": "A", "behaviours": [{"module": "a b", "context": "job", "callbacks": ["x"], "framework": 1}]}]}': [
      '1:56 A module is written as in Elixir: "Acme.Worker", ":acme_worker".',
      '1:95 A callback is written with its arity: "handle_job/2".',
      '1:114 "framework" is true or false.',
    ],
  };
  for (const [text, expected] of Object.entries(mistakes)) {
    test(`${text.replace(/\s+/g, " ").slice(0, 60) || "an empty file"} is told with its place`, () =>
      assert.deepEqual(problemsOf(text), expected));
  }

  test("a mistake spoils nothing beside it", () => {
    const { configuration } = readConfiguration('{"rules": {"call-cycle": "hint", "nope": 1}, "exclude": 3, "baseline": "b.json"}', rules);
    assert.deepEqual(configuration, { ...noConfiguration, rules: { "call-cycle": "hint" }, baseline: "b.json" });
    const cut = readConfiguration('{"rules": {"call-cycle": "hint"}, "exclude": [', rules);
    assert.deepEqual(cut.configuration.rules, { "call-cycle": "hint" });
    assert.ok(cut.problems.length > 0);
  });

  test("a person's settings count where they say something", () => {
    const project = { ...noConfiguration, rules: { a: "error", b: "off" } as const, exclude: ["x"], baseline: "p.json" };
    const personal = { ...noConfiguration, rules: { a: "default", b: "hint" } as const, exclude: ["y", "x"], own: true };
    assert.deepEqual(mergeSettings(project, personal), { ...project, rules: { a: "error", b: "hint" }, exclude: ["x", "y"], own: true });
    assert.equal(mergeSettings(project, { ...personal, baseline: "mine.json" }).baseline, "mine.json");
    const timed = (times: Readonly<Record<string, number>>) => ({ ...noConfiguration, callTimes: new Map(Object.entries(times)) });
    assert.deepEqual(mergeSettings(timed({ A: 1, B: 2 }), timed({ B: 3 })).callTimes, timed({ A: 1, B: 3 }).callTimes);
  });

  test("the schema has the words that the file is read by, and the examples of the documentation are right", () => {
    const enums = (value: unknown): string[] =>
      typeof value !== "object" || value === null
        ? []
        : Object.entries(value).flatMap(([key, inner]) => (key === "enum" ? [(inner as string[]).join()] : enums(inner)));
    const schema = configurationSchema([], libraryWords, { ...libraryPatterns, callTime: callTimePattern });
    const listed = enums(schema);
    for (const words of Object.values(libraryWords)) assert.ok(listed.includes(words.join()), words.join());
    const manifest = readJson<{ contributes: { configuration: { properties: Record<string, { additionalProperties?: unknown }> } } }>(
      "package.json",
    );
    const setting = manifest.contributes.configuration.properties["processTopology.callTimes"];
    assert.deepEqual(setting?.additionalProperties, schema.properties.callTimes.additionalProperties);
    const examples = [...readText("docs/configuration.md").matchAll(/```json\n([\s\S]+?)```/g)].map((match) => match[1] ?? "");
    assert.equal(examples.length, 2);
    for (const example of examples)
      assert.deepEqual(readConfiguration(example, ["singleton-bottleneck", "process-as-object"]).problems, []);
  });
});
