import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { Cancelled } from "../../../server/src/analysis/cancelled.ts";
import { engine } from "../../../server/src/analysis/engine.ts";
import { defaultSettings } from "../../../server/src/analysis/settings.ts";
import { createWorkspace, type Workspace } from "../../../server/src/analysis/workspace.ts";
import type { Language } from "../../../server/src/model/facts.ts";
import { finish } from "../../../server/src/model/steps.ts";
import type { RuleContext } from "../../../server/src/rules/rule.ts";

const shell = "defmodule Clock do\n  use GenServer\n\n  def now, do: DateTime.utc_now()\nend\n";
const plain = "defmodule Plain do\n  def one, do: 1\nend\n";

describe("a workspace", () => {
  let workspace: Workspace;
  /** What was worked out since the last look, in order. */
  let worked: string[] = [];

  beforeEach(() => {
    worked = [];
    workspace = createWorkspace({
      engine: {
        languages: engine.languages.map((language) => ({
          ...language,
          read(file) {
            worked.push(`read ${file.path}`);
            return language.read(file);
          },
        })),
        rules: engine.rules
          .filter(({ meta }) => meta.id === "process-as-object")
          .map((rule) => ({
            ...rule,
            check(context) {
              worked.push("judge");
              return rule.check(context);
            },
          })),
        createLinker(input) {
          const linker = engine.createLinker(input);
          return {
            ...linker,
            link(files) {
              worked.push("link");
              return linker.link(files);
            },
          };
        },
      },
    });
    workspace.setFile("lib/clock.ex", shell);
    workspace.setFile("lib/plain.ex", plain);
    workspace.snapshot();
    worked = [];
  });

  test("does nothing for a text that it has", () => {
    const before = workspace.snapshot();
    assert.equal(workspace.setFile("lib/plain.ex", plain), "none");
    assert.equal(workspace.snapshot(), before);
    assert.deepEqual(worked, []);
  });

  test("reads one file, and neither links nor judges, where code only moved", () => {
    const before = workspace.snapshot();
    assert.equal(workspace.setFile("lib/clock.ex", `# moved\n\n${shell}`), "spans");
    const after = workspace.snapshot();
    assert.deepEqual(worked, ["read lib/clock.ex"]);
    assert.equal(after.topology, before.topology);
    assert.notEqual(after.revision, before.revision);
    const [finding] = after.findings;
    assert.ok(finding);
    assert.equal(after.locate(finding.place).line, 3);
  });

  test("an older snapshot stays as it was", () => {
    const before = workspace.snapshot();
    workspace.setFile("lib/clock.ex", `\n\n${shell}`);
    workspace.removeFile("lib/plain.ex");
    workspace.snapshot();
    const [finding] = before.findings;
    assert.ok(finding);
    assert.equal(before.locate(finding.place).line, 1);
    assert.equal(before.sourceOf("lib/plain.ex"), plain);
    assert.equal(before.line("lib/clock.ex", 2), "  use GenServer");
  });

  test("links and judges where the structure changed", () => {
    assert.equal(workspace.setFile("lib/clock.ex", shell.replace("  use GenServer\n", "")), "shape");
    assert.deepEqual(workspace.snapshot().findings, []);
    assert.deepEqual(worked, ["read lib/clock.ex", "link", "judge"]);
  });

  test("settings, suppressions and the baseline are applied without judging again", () => {
    workspace.setSettings({ ...defaultSettings, rules: { "process-as-object": "error" } });
    assert.equal(workspace.snapshot().findings[0]?.severity, "error");
    workspace.setSettings({ ...defaultSettings, rules: { "process-as-object": "off" } });
    assert.deepEqual(workspace.snapshot().findings, []);
    workspace.setSettings(defaultSettings);
    assert.equal(workspace.snapshot().findings.length, 1);
    workspace.setFile("lib/clock.ex", `# process-topology: allow process-as-object -- shown in the documentation\n${shell}`);
    assert.deepEqual(workspace.snapshot().findings, []);
    workspace.setFile("lib/clock.ex", shell);
    assert.equal(workspace.snapshot().findings.length, 1);
    workspace.setBaseline([
      { rule: "process-as-object", variant: "shell", process: "Elixir.Clock", file: "lib/clock.ex", message: null, count: 1 },
    ]);
    assert.deepEqual(workspace.snapshot().findings, []);
    assert.deepEqual(
      worked.filter((work) => !work.startsWith("read")),
      [],
    );
  });

  test("a rule that is off is not asked, and of those that a setting turns on only those that were not", () => {
    const asked: string[] = [];
    const rules = engine.rules.map((rule) => ({
      ...rule,
      check(context: RuleContext) {
        asked.push(rule.meta.id);
        return rule.check(context);
      },
    }));
    const preview = rules.filter(({ meta }) => meta.stage === "preview").map(({ meta }) => meta.id);
    const judging = createWorkspace({ engine: { ...engine, rules }, settings: { ...defaultSettings, rules: { "call-cycle": "off" } } });
    judging.setFile("lib/clock.ex", shell);
    judging.snapshot();
    assert.ok(preview.length > 0);
    assert.deepEqual(
      rules.map(({ meta }) => meta.id).filter((id) => !asked.includes(id)),
      [...preview, "call-cycle"].sort(),
    );
    asked.length = 0;
    judging.setSettings({ ...defaultSettings, rules: { "unlinked-spawn": "hint" } });
    judging.snapshot();
    assert.deepEqual(asked.sort(), ["call-cycle", "unlinked-spawn"]);
  });

  test("a rule is heard in the languages that its page is about", () => {
    const judging = (languages: readonly Language[]) => {
      const rules = engine.rules.map((rule) => ({ ...rule, meta: { ...rule.meta, languages } }));
      const other = createWorkspace({ engine: { ...engine, rules } });
      other.setFile("lib/clock.ex", shell);
      return other.snapshot().findings.map(({ rule }) => rule);
    };
    assert.deepEqual(judging(["erlang", "elixir"]), ["process-as-object"]);
    assert.deepEqual(judging(["erlang", "typescript"]), []);
  });

  test("a comment that allows a rule that there is not is a problem", () => {
    workspace.setFile("lib/clock.ex", `# process-topology: allow process-as-objects\n${shell}`);
    assert.equal(workspace.snapshot().findings.length, 1);
    assert.deepEqual(
      workspace.snapshot().problems.map(({ line, message }) => `${line}: ${message}`),
      ["1: No rule has the name process-as-objects, so this comment allows nothing."],
    );
  });

  test("a cancelled snapshot throws, keeps nothing, and the next is right", () => {
    workspace.setFile("lib/clock.ex", plain.replace("Plain", "Clock"));
    let asked = 0;
    assert.throws(() => workspace.snapshot(() => ++asked > 1), Cancelled);
    assert.deepEqual(workspace.snapshot().findings, []);
    assert.equal(worked.filter((work) => work === "link").length, 2);
  });

  test("a change between two steps ends the work, which keeps nothing, and what comes next has it", () => {
    workspace.setFile("lib/clock.ex", plain.replace("Plain", "Clock"));
    const steps = workspace.steps();
    assert.equal(steps.next().done, false);
    workspace.setFile("lib/clock.ex", shell.replace("Clock", "Watch"));
    assert.throws(() => steps.next(), Cancelled);
    assert.deepEqual(
      finish(workspace.steps()).findings.map(({ process }) => process),
      ["Elixir.Watch"],
    );
  });

  test("a rule that throws silences no other where somebody is told, and is thrown on where nobody is", () => {
    const broken = { ...engine, rules: [{ ...engine.rules[0]!, check: () => assert.fail("broken") }, ...engine.rules] };
    const told: string[] = [];
    const careful = createWorkspace({ engine: broken, ruleFailed: (rule, error) => told.push(`${rule}: ${error}`) });
    careful.setFile("lib/clock.ex", shell);
    assert.equal(careful.snapshot().findings.length, 1);
    assert.deepEqual(told, [`${engine.rules[0]?.meta.id}: AssertionError [ERR_ASSERTION]: broken`]);
    const strict = createWorkspace({ engine: broken });
    strict.setFile("lib/clock.ex", shell);
    assert.throws(() => strict.snapshot(), /broken/);
  });

  test("troubles are problems until the file is set, and files of unknown languages are left alone", () => {
    workspace.setTrouble("lib/odd.ex", "It is odd.");
    assert.deepEqual(
      workspace.snapshot().problems.map(({ file, line, message }) => `${file}:${line} ${message}`),
      ["lib/odd.ex:1 It is odd."],
    );
    workspace.setFile("lib/odd.ex", "defmodule Odd do\nend\n");
    assert.deepEqual(workspace.snapshot().problems, []);
    assert.equal(workspace.setFile("README.md", "# Hello"), "none");
    assert.deepEqual(workspace.paths(), ["lib/clock.ex", "lib/plain.ex", "lib/odd.ex"]);
  });

  test("dependencies get no findings, tests only those that speak there", () => {
    workspace.setFile("deps/x/lib/clock.ex", shell.replace("Clock", "DepClock"));
    workspace.setFile("test/clock.ex", shell.replace("Clock", "TestClock"));
    assert.deepEqual(
      workspace.snapshot().findings.map(({ process }) => process),
      ["Elixir.Clock"],
    );
  });
});
