/** `check --changed`: the built command line in a real repository. */
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { inRepository } from "../support/paths.ts";

const processAsObject = `defmodule ElixirShop.Rounding do
  use GenServer

  def start_link(opts), do: GenServer.start_link(__MODULE__, opts, name: __MODULE__)
  def round_up(price), do: GenServer.call(__MODULE__, {:round_up, price})

  @impl true
  def init(_opts), do: {:ok, nil}

  @impl true
  def handle_call({:round_up, price}, _from, state), do: {:reply, ceil(price), state}
end
`;

describe("check --changed", () => {
  let folder = "";
  const git = (...args: string[]): string =>
    execFileSync("git", ["-C", folder, "-c", "user.name=a", "-c", "user.email=a@example.org", ...args], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
  const check = (...args: string[]) =>
    spawnSync(process.execPath, [inRepository("dist", "cli.js"), "check", ...args], {
      encoding: "utf8",
      cwd: folder,
      env: { PATH: process.env.PATH },
    });

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "process-topology-changed-"));
    cpSync(inRepository("examples/elixir_shop"), join(folder, "shop"), { recursive: true });
    git("init", "-q", "-b", "main");
    git("add", "-A");
    git("commit", "-q", "-m", "first");
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  test("nothing is new where nothing changed, though the folder has findings", () => {
    const { status, stdout } = check("shop", "--changed");
    assert.equal(status, 0);
    assert.match(stdout, /^Nothing new since HEAD \([0-9a-f]{8}\)\. \(0 fixed; supervision tree: no process added, removed or moved; /);
    assert.equal(check("shop").status, 1);
  });

  test("a new file's finding is reported, with the place as it is from the current folder", () => {
    writeFileSync(join(folder, "shop/lib/elixir_shop/rounding.ex"), processAsObject);
    const { status, stdout } = check("shop", "--changed", "--format", "github", "--markdown", "summary.md", "--sarif", "new.sarif");
    assert.equal(status, 1);
    assert.match(stdout, /^::warning file=shop\/lib\/elixir_shop\/rounding\.ex,line=1,[^\n]*title=process-as-object[^\n]*\n$/);
    assert.match(
      readFileSync(join(folder, "summary.md"), "utf8"),
      /\*\*1 new finding\*\*[\s\S]*```mermaid\n[\s\S]*ElixirShop\.Rounding<br\/>added/,
    );
    const { runs } = JSON.parse(readFileSync(join(folder, "new.sarif"), "utf8"));
    assert.deepEqual(
      runs[0].results.map((result: { ruleId: string }) => result.ruleId),
      ["process-as-object"],
    );
  });

  test("on a branch, what came since it parted from the base", () => {
    git("checkout", "-q", "-b", "work");
    git("add", "-A");
    git("commit", "-q", "-m", "second");
    assert.equal(check("shop", "--changed").status, 0);
    const { status, stdout } = check("shop", "--base", "main", "--format", "json");
    assert.equal(status, 1);
    const { findings, change } = JSON.parse(stdout);
    assert.deepEqual(
      findings.map(({ process }: { process: string }) => process),
      ["ElixirShop.Rounding"],
    );
    assert.equal(change.base, "main");
    assert.equal(change.commit, git("rev-parse", "main").trim());
  });

  test("in a hook, where Git names its own repository, the folder's counts", () => {
    const ran = spawnSync(process.execPath, [inRepository("dist", "cli.js"), "check", "shop", "--changed"], {
      encoding: "utf8",
      cwd: folder,
      env: { PATH: process.env.PATH, GIT_DIR: ".git/nowhere", GIT_INDEX_FILE: "nowhere", GIT_WORK_TREE: "nowhere" },
    });
    assert.equal(ran.status, 0, ran.stderr);
  });

  test("a base that is none is said in one line, with status 2", () => {
    const { status, stdout, stderr } = check("shop", "--base", "nope");
    assert.deepEqual([status, stdout, stderr], [2, "", "process-topology: there is no commit nope in this repository\n"]);
  });
});
