import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { FileTree, TreeEntry } from "../../../server/src/platform/file-tree.ts";
import { IgnoreRules } from "../../../server/src/platform/ignore-rules.ts";
import { walk } from "../../../server/src/platform/walk.ts";

/** A folder in memory, whose answers come later, as an editor's file system gives them. */
function folderInMemory(files: Readonly<Record<string, string>>): FileTree {
  const paths = Object.keys(files);
  return {
    async list(folder) {
      const prefix = folder === "" ? "" : `${folder}/`;
      const inside = paths.filter((path) => path.startsWith(prefix)).map((path) => path.slice(prefix.length));
      const names = [...new Set(inside.map((path) => path.split("/")[0] ?? ""))];
      return names.map((name): TreeEntry => ({ name, kind: inside.includes(name) ? "file" : "folder", isLink: false, trouble: null }));
    },
    read: async (path) => new TextEncoder().encode(files[path]),
    realPath: () => null,
  };
}

async function walked(files: Readonly<Record<string, string>>, exclude: readonly string[] = []): Promise<string[]> {
  const found: string[] = [];
  for await (const file of walk(folderInMemory(files), { extensions: [".ex", ".exs"], projectFiles: ["mix.exs"], exclude }))
    found.push(file.path);
  return found;
}
const empty = (...paths: string[]): Record<string, string> => Object.fromEntries(paths.map((path) => [path, ""]));

describe("walking a folder", () => {
  test("sources in the order of their paths, folder by folder", async () => {
    assert.deepEqual(await walked(empty("lib/b.ex", "lib/a/c.ex", "mix.exs", "README.md", "lib/a.ex", "lib/a.beam")), [
      "mix.exs",
      "lib/a.ex",
      "lib/b.ex",
      "lib/a/c.ex",
    ]);
  });

  test("what is built, installed or a tool's own is never read", async () => {
    const skipped = [
      "_build/a.ex",
      "apps/x/_build/a.ex",
      "node_modules/a.ex",
      ".git/a.ex",
      ".elixir_ls/a.ex",
      "cover/a.ex",
      "assets/vendor/a.ex",
    ];
    assert.deepEqual(await walked(empty(...skipped, "lib/cover/a.ex", "lib/x.ex")), ["lib/x.ex", "lib/cover/a.ex"]);
  });

  test("dependencies are read without their tests, ignored by Git or not", async () => {
    const files = empty("deps/a/lib/a.ex", "deps/a/mix.exs", "deps/a/test/a.ex", "deps/a/priv/templates/b.ex", "deps/a/lib/test/c.ex");
    assert.deepEqual(await walked({ ...files, ".gitignore": "/deps/\n*.beam" }), [
      "deps/a/mix.exs",
      "deps/a/lib/a.ex",
      "deps/a/lib/test/c.ex",
    ]);
  });

  test("a .gitignore holds for its folder, and an inner one decides first", async () => {
    const files = {
      ...empty("lib/a.ex", "lib/gen/b.ex", "lib/gen/keep.ex", "other/gen/c.ex", "lib/tmp_x.ex"),
      ".gitignore": "tmp_*\n",
      "lib/.gitignore": "gen/*\n!gen/keep.ex\n!tmp_x.ex\n",
    };
    assert.deepEqual(await walked(files), ["lib/a.ex", "lib/tmp_x.ex", "lib/gen/keep.ex", "other/gen/c.ex"]);
  });

  test("a person's globs", async () => {
    assert.deepEqual(await walked(empty("lib/a.ex", "lib/gen/b.ex", "c_pb.ex"), ["lib/gen/**", "*_pb.ex"]), ["lib/a.ex"]);
  });

  test("single paths are judged as the walk judges them", () => {
    const rules = new IgnoreRules(["*_pb.ex"]);
    rules.add("", "/tmp\n");
    rules.add("lib", "secret/\n");
    const left = (path: string): boolean => rules.isPathLeftOut(path);
    assert.deepEqual(
      ["tmp/a.ex", "lib/secret/x/a.ex", "_build/dev/a.ex", "a_pb.ex", ".git/a.ex"].filter((path) => !left(path)),
      [],
    );
    assert.deepEqual(["lib/tmp/a.ex", "secret/a.ex", "deps/x/lib/a.ex", ".formatter.exs"].filter(left), []);
  });
});
