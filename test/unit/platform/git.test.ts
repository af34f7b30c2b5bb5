import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, symlinkSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { folderAtCommit } from "../../../server/src/platform/commit-tree.ts";
import { folderOnDisk } from "../../../server/src/platform/files-node.ts";
import { findBase, GitError } from "../../../server/src/platform/git.ts";
import { walk } from "../../../server/src/platform/walk.ts";
import { type TemporaryFolder, temporaryFolder } from "../../support/temporary-folder.ts";

function git(folder: string, ...args: string[]): string {
  const identity = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"];
  return execFileSync("git", ["-C", folder, ...identity, ...args], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
}

function commit(folder: TemporaryFolder): string {
  git(folder.path, "add", "-A");
  git(folder.path, "commit", "-q", "-m", "change");
  return git(folder.path, "rev-parse", "HEAD");
}

const names = { extensions: [".ex"], projectFiles: ["mix.exs"], exclude: [] };

/** Texts by path of a folder as it was at a commit. */
async function filesAt(root: string, id: string): Promise<Record<string, string | null>> {
  const found: Record<string, string | null> = {};
  const tree = folderAtCommit(root, id, folderOnDisk(root), (name) => /\.(ex|exs|gitignore)$/.test(name));
  for await (const { path, text } of walk(tree, names)) found[path] = text;
  return found;
}

describe("a folder at a commit", () => {
  let folder: TemporaryFolder;
  let first = "";
  before(() => {
    folder = temporaryFolder({
      "mix.exs": "m1",
      "lib/a.ex": "a1",
      "lib/gone.ex": "gone",
      "lib/日本 \n'\".ex": "odd",
      ".gitignore": "deps\nout.ex",
    });
    folder.write("out.ex", "ignored");
    git(folder.path, "init", "-q", "-b", "main");
    first = commit(folder);
    execFileSync("rm", [folder.at("lib/gone.ex")]);
    folder.write("lib/a.ex", "a2");
    folder.write("lib/new.ex", "new");
    folder.write("deps/dep/lib/dep.ex", "dep");
    commit(folder);
  });
  after(() => folder.remove());

  test("has its files, whatever they are called, and dependencies as they are on disk", async () => {
    assert.deepEqual(await filesAt(folder.path, first), {
      "mix.exs": "m1",
      "lib/a.ex": "a1",
      "lib/gone.ex": "gone",
      "lib/日本 \n'\".ex": "odd",
      "deps/dep/lib/dep.ex": "dep",
    });
  });

  test("of a folder inside the repository, paths are relative to that folder", async () => {
    assert.deepEqual(Object.keys(await filesAt(folder.at("lib"), first)).sort(), ["a.ex", "gone.ex", "日本 \n'\".ex"]);
  });

  test("what a link leads to is read from disk", async () => {
    symlinkSync("a.ex", folder.at("lib/link.ex"));
    const id = commit(folder);
    assert.equal((await filesAt(folder.path, id))["lib/link.ex"], "a2");
    execFileSync("rm", [folder.at("lib/link.ex")]);
    commit(folder);
  });

  test("the base is where two lines of work parted", () => {
    git(folder.path, "checkout", "-q", "-b", "side", first);
    folder.write("lib/side.ex", "side");
    commit(folder);
    assert.equal(findBase(folder.path, "main"), first);
    git(folder.path, "checkout", "-q", "main");
    assert.equal(findBase(folder.path, "HEAD"), git(folder.path, "rev-parse", "HEAD"));
  });

  const wrong: Record<string, RegExp> = {
    nope: /^there is no commit nope in this repository$/,
    "--exec=touch pwned": /^"--exec=touch pwned" is no revision$/,
    "": /^"" is no revision$/,
    "a\u0000b": /^"a\?b" is no revision$/,
    "main..side": /^there is no commit main\.\.side/,
    "$(touch pwned)": /^there is no commit \$\(touch pwned\)/,
    "HEAD:lib/a.ex": /^there is no commit HEAD:lib\/a\.ex/,
  };
  for (const [revision, message] of Object.entries(wrong)) {
    test(`${JSON.stringify(revision)} is refused in plain words`, () => {
      assert.throws(
        () => findBase(folder.path, revision),
        (error: Error) => error instanceof GitError && message.test(error.message),
      );
      assert.ok(!existsSync("pwned"));
    });
  }

  test("no repository, and one without a commit", () => {
    const bare = temporaryFolder({ "a.ex": "" });
    assert.throws(() => findBase(bare.path, "HEAD"), /is in no Git repository$/);
    git(bare.path, "init", "-q");
    assert.throws(() => findBase(bare.path, "HEAD"), /there is no commit HEAD/);
    bare.remove();
  });

  test("a shallow clone says how to get what it lacks", () => {
    const clone = temporaryFolder({});
    git(clone.path, "clone", "-q", "--depth=1", `file://${folder.path}`, "shallow");
    assert.throws(
      () => findBase(clone.at("shallow"), first),
      /there is no commit [0-9a-f]+ in this repository; the clone is shallow: .*fetch-depth: 0/,
    );
    git(clone.at("shallow"), "fetch", "-q", "--depth=1", "origin", "side");
    assert.throws(() => findBase(clone.at("shallow"), "FETCH_HEAD"), /have no commit in common; the clone is shallow/);
    clone.remove();
  });

  test("Git that is not there", () => {
    const path = process.env.PATH;
    process.env.PATH = folder.at("nothing");
    try {
      assert.throws(() => findBase(folder.path, "HEAD"), /Git is not installed, or not on the PATH/);
    } finally {
      process.env.PATH = path;
    }
  });

  test("nothing that the repository's configuration names is run", async () => {
    const trap = folder.at("trap.sh");
    folder.write("trap.sh", `#!/bin/sh\ntouch ${folder.at("pwned")}\ncat\n`);
    chmodSync(trap, 0o755);
    folder.write(".gitattributes", "*.ex filter=trap diff=trap\n");
    const id = commit(folder);
    for (const key of [
      "core.fsmonitor",
      "core.pager",
      "filter.trap.smudge",
      "filter.trap.clean",
      "diff.trap.textconv",
      "diff.external",
      "alias.ls-tree",
    ])
      git(folder.path, "config", key, key.startsWith("alias") ? `!${trap}` : trap);
    assert.equal(findBase(folder.path, "HEAD"), id);
    assert.equal((await filesAt(folder.path, id))["lib/a.ex"], "a2");
    assert.ok(!existsSync(folder.at("pwned")));
  });
});
