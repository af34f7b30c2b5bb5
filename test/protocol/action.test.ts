/** What runs in CI: the action's script in clones as GitHub makes them, and what the action and the hook declare. */
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { accessSync, constants, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { parse } from "yaml";
import { languages } from "../../server/src/languages/index.ts";
import { inRepository } from "../support/paths.ts";
import { readText } from "../support/repository.ts";

interface Action {
  readonly inputs: Record<string, unknown>;
  readonly runs: { readonly steps: readonly { readonly run?: string; readonly env?: Record<string, string> }[] };
}

const stateless = (name: string): string => `defmodule ElixirShop.${name} do
  use GenServer

  def start_link(opts), do: GenServer.start_link(__MODULE__, opts, name: __MODULE__)
  def round_up(price), do: GenServer.call(__MODULE__, {:round_up, price})

  @impl true
  def init(_opts), do: {:ok, nil}

  @impl true
  def handle_call({:round_up, price}, _from, state), do: {:reply, ceil(price), state}
end
`;

describe("the GitHub action", () => {
  let folder = "";
  let mainCommit = "";
  const at = (...parts: string[]): string => join(folder, ...parts);
  const git = (cwd: string, ...args: string[]): string =>
    execFileSync("git", ["-C", cwd, "-c", "user.name=a", "-c", "user.email=a@example.org", ...args], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  const commitFile = (path: string, text: string): void => {
    writeFileSync(at("origin", path), text);
    git(at("origin"), "add", "-A");
    git(at("origin"), "commit", "-q", "-m", path);
  };

  /** Clones `ref` with a depth, and runs the action's script there. */
  function run(name: string, event: object, options: { ref: string; depth?: number; inputs?: Record<string, string>; githubRef?: string }) {
    const clone = at(name);
    const depth = options.depth === undefined ? [] : [`--depth=${options.depth}`];
    git(folder, "init", "-q", clone);
    git(clone, "remote", "add", "origin", `file://${at("origin")}`);
    git(clone, "fetch", "-q", "--no-tags", ...depth, "origin", options.ref);
    git(clone, "checkout", "-q", "FETCH_HEAD");
    writeFileSync(at(`${name}.json`), JSON.stringify(event));
    const ran = spawnSync(process.execPath, [inRepository("ci/action.mjs")], {
      encoding: "utf8",
      cwd: clone,
      env: {
        PATH: process.env.PATH,
        RUNNER_TEMP: folder,
        GITHUB_EVENT_PATH: at(`${name}.json`),
        GITHUB_REF: options.githubRef ?? "refs/heads/x",
        GITHUB_OUTPUT: at(`${name}.output`),
        GITHUB_STEP_SUMMARY: at(`${name}.md`),
        GITHUB_SERVER_URL: "https://example.org",
        GITHUB_REPOSITORY: "o/r",
        GITHUB_SHA: git(clone, "rev-parse", "HEAD"),
        ...options.inputs,
      },
    });
    const read = (file: string): string => (existsSync(at(file)) ? readFileSync(at(file), "utf8") : "");
    return { status: ran.status, log: ran.stdout, error: ran.stderr, output: read(`${name}.output`), summary: read(`${name}.md`) };
  }

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "process-topology-action-"));
    cpSync(inRepository("examples/elixir_shop"), at("origin"), { recursive: true });
    git(folder, "init", "-q", "-b", "main", at("origin"));
    git(at("origin"), "config", "uploadpack.allowAnySHA1InWant", "true");
    git(at("origin"), "add", "-A");
    git(at("origin"), "commit", "-q", "-m", "first");
    git(at("origin"), "checkout", "-q", "-b", "work");
    commitFile("lib/elixir_shop/rounding.ex", stateless("Rounding"));
    git(at("origin"), "checkout", "-q", "main");
    commitFile("lib/elixir_shop/ceiling.ex", stateless("Ceiling"));
    mainCommit = git(at("origin"), "rev-parse", "main");
    git(at("origin"), "checkout", "-q", "-b", "merged");
    git(at("origin"), "merge", "-q", "--no-ff", "-m", "merge", "work");
    git(at("origin"), "checkout", "-q", "main");
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  test("of a pull request's merge, in a clone of one commit, what the request brings", () => {
    const event = { pull_request: { base: { sha: mainCommit } } };
    const { status, log, output, summary } = run("pull", event, { ref: "merged", depth: 1, githubRef: "refs/pull/1/merge" });
    assert.equal(status, 0);
    assert.match(log, /^::warning file=lib\/elixir_shop\/rounding\.ex,line=1,[^\n]*\n$/);
    assert.match(output, /^status=1\nsummary=.+\nbase=HEAD\^1\n$/);
    assert.match(
      summary,
      /\*\*1 new finding\*\*[\s\S]*https:\/\/example\.org\/o\/r\/blob\/[0-9a-f]{40}\/lib\/elixir_shop\/rounding\.ex#L1/,
    );
  });

  test("of a pull request's own head, what came since it parted from the base", () => {
    const event = { pull_request: { base: { sha: mainCommit } } };
    const { log, output } = run("head", event, { ref: "work", depth: 1, githubRef: "refs/pull/1/head" });
    assert.match(log, /^::warning file=lib\/elixir_shop\/rounding\.ex,[^\n]*\n$/);
    assert.match(output, new RegExp(`base=${mainCommit}`));
  });

  test("of a push, what is pushed; of a new branch, everything", () => {
    const before = git(at("origin"), "rev-parse", "main~1");
    assert.match(run("push", { before }, { ref: "main", depth: 1 }).log, /^::warning file=lib\/elixir_shop\/ceiling\.ex,[^\n]*\n$/);
    const all = run("branch", { before: "0".repeat(40) }, { ref: "main", depth: 1, inputs: { INPUT_FAIL_ON: "never" } });
    assert.match(all.output, /^status=0\nsummary=.+\nbase=\n$/);
    assert.ok(all.log.split("\n").length > 5);
  });

  test("code scanning is given all findings, whatever the event brings", () => {
    const { output } = run("sarif", { pull_request: {} }, { ref: "main", inputs: { INPUT_SARIF: "true", INPUT_BASE: "HEAD" } });
    const file = /^sarif=(.+)$/m.exec(output)?.[1] ?? "";
    assert.ok(JSON.parse(readFileSync(file, "utf8")).runs[0].results.length > 5);
    assert.match(output, /^status=0$/m);
  });

  test("inputs are arguments, never code, and what is wrong is an error of the step", () => {
    const inputs = { INPUT_PATH: "; touch pwned #", INPUT_BASE: "$(touch pwned)" };
    const { status, log } = run("hostile", {}, { ref: "main", inputs });
    assert.equal(status, 2);
    assert.match(log, /^::error title=Process Topology::process-topology: ; touch pwned #: no such file or folder\n$/);
    assert.ok(!existsSync(at("hostile", "pwned")));
  });

  test("declares its inputs once, and writes none of them into a script", () => {
    const { inputs, runs } = parse(readText("action.yml")) as Action;
    const given = runs.steps.flatMap(({ env }) => Object.entries(env ?? {}));
    const names = Object.keys(inputs);
    assert.deepEqual(
      given,
      names.map((name) => [`INPUT_${name.toUpperCase().replaceAll("-", "_")}`, `\${{ inputs.${name} }}`]),
    );
    for (const { run: script } of runs.steps) assert.doesNotMatch(script ?? "", /\$\{\{/);
    assert.ok(runs.steps.some(({ run: script }) => script === 'node "$GITHUB_ACTION_PATH/ci/action.mjs"'));
  });
});

describe("the pre-commit hook", () => {
  const [hook] = parse(readText(".pre-commit-hooks.yaml")) as { entry: string; files: string }[];

  test("runs a program of the repository, for every file that is read", () => {
    const [program = "", ...args] = hook?.entry.split(" ") ?? [];
    accessSync(inRepository(program), constants.X_OK);
    assert.deepEqual(args, ["check", "--changed"]);
    const names = languages.flatMap(({ extensions, projectFiles }) => [
      ...extensions.map((extension) => `lib/a${extension}`),
      ...projectFiles.flatMap((name) => (name.includes("*") ? [name.replace("*", ""), name.replace("*", ".prod")] : name)),
    ]);
    assert.deepEqual(
      names.filter((name) => !new RegExp(hook?.files ?? "^$").test(name)),
      [],
    );
  });
});
