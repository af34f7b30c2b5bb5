import assert from "node:assert/strict";
import { symlinkSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { LanguageServer } from "../support/language-server.ts";
import { type TemporaryFolder, temporaryFolder } from "../support/temporary-folder.ts";
import { shell, shop } from "./shop.ts";

describe("the server among hostile files", () => {
  let folder: TemporaryFolder;
  let server: LanguageServer;

  before(async () => {
    folder = temporaryFolder({
      ...shop,
      "lib/binary.ex": new Uint8Array([0, 1, 2, 255]),
      "lib/large.ex": new Uint8Array(20 * 1024 * 1024).fill(97),
      "lib/latin.ex": Buffer.from("# caf\xe9\n", "latin1"),
      "lib/broken.ex": `${shell.replace("Clock", "Broken")}\ndefmodule Half do\n  def a(, do: [\n`,
      "lib/twice.ex": shell,
      "lib/deep.ex": `defmodule Deep do\n  def a, do: ${"[".repeat(50_000)}`,
    });
    symlinkSync("..", folder.at("lib/up"));
    symlinkSync("circle.ex", folder.at("lib/circle.ex"));
    server = await LanguageServer.startAndRead({ folders: [{ uri: folder.uri, name: "shop" }] });
  });
  after(async () => {
    await server.stop();
    folder.remove();
  });

  const logged = (path: string): string[] => server.log.filter((line) => line.startsWith(`shop/${path}:`));

  test("each trouble is told once, and everything else is analysed", async () => {
    await server.until("the log is written", () => logged("lib/up").length > 0);
    for (const path of ["lib/binary.ex", "lib/large.ex", "lib/latin.ex", "lib/up", "lib/circle.ex"])
      assert.equal(logged(path).length, 1, path);
    for (const path of ["lib/broken.ex", "lib/deep.ex"]) assert.ok(logged(path).length >= 1, path);
    assert.ok(server.log.some((line) => /is defined in .* too/.test(line)));
    assert.deepEqual(server.rulesAt(folder.uriOf("lib/broken.ex")), ["process-as-object:1"]);
    assert.equal((await server.lenses(folder.uriOf("lib/shop/cache.ex"))).length, 2);
  });

  test("an open document of 20 MB is not analysed, and is told of", async () => {
    const uri = folder.uriOf("lib/huge.ex");
    await server.open(uri, "x".repeat(20 * 1024 * 1024));
    await server.until("the log says so", () => logged("lib/huge.ex").length > 0);
    assert.equal(await server.hover(uri, 0, 5), null);
    await server.close(uri);
  });

  test("a document that is typed as garbage, letter by letter, leaves the server as it was", async () => {
    const uri = folder.uriOf("lib/typed.ex");
    const garbage = 'defmodule \u0000T do """ #{ fn -> ~s( %{ << end ) ] } \ud800 é 😀 use GenServer def (,';
    await server.open(uri, "");
    let version = 1;
    for (const letter of garbage.match(/./gsu) ?? []) {
      await server.change(uri, ++version, [
        { range: { start: { line: 0, character: 1e6 }, end: { line: 0, character: 1e6 } }, text: letter },
      ]);
      await server.hover(uri, 0, version);
    }
    await server.close(uri);
    assert.equal((await server.lenses(folder.uriOf("lib/shop/cache.ex"))).length, 2);
  });
});
