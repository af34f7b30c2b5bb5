import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { afterEach, describe, test } from "node:test";
import { LanguageServer } from "../support/language-server.ts";
import { type TemporaryFolder, temporaryFolder } from "../support/temporary-folder.ts";
import { shell, shop } from "./shop.ts";

describe("files", () => {
  let folders: TemporaryFolder[] = [];
  let server: LanguageServer;

  async function start(...contents: Readonly<Record<string, string>>[]): Promise<void> {
    folders = contents.map(temporaryFolder);
    server = await LanguageServer.startAndRead({ folders: folders.map(({ uri }, i) => ({ uri, name: `folder-${i}` })) });
  }

  afterEach(async () => {
    await server.stop();
    for (const folder of folders) folder.remove();
  });

  const first = (): TemporaryFolder => {
    const [folder] = folders;
    assert.ok(folder);
    return folder;
  };

  test("the client is asked to watch, and told that reading begins and ends", async () => {
    await start(shop);
    assert.deepEqual(server.registered.sort(), ["workspace/didChangeConfiguration", "workspace/didChangeWatchedFiles"]);
    assert.deepEqual(
      server.progress.map(({ kind }) => kind).filter((kind) => kind !== "report"),
      ["begin", "end"],
    );
  });

  test("reading that is cancelled is not kept, and the server answers on", async () => {
    const many = Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`lib/m${i}.ex`, `defmodule M${i} do\nend\n`]));
    folders = [temporaryFolder(many)];
    server = await LanguageServer.start({ folders: [{ uri: first().uri, name: "many" }] });
    await server.until("reading begins", () => server.progress.some(({ kind }) => kind === "begin"));
    await server.connection.sendNotification("window/workDoneProgress/cancel", { token: server.progress[0]?.token });
    await server.until("it is said to be cancelled", () => server.log.includes("many: reading was cancelled"));
    await server.until("reading ends", () => server.progress.at(-1)?.kind === "end");
    assert.equal(await server.hover(first().uriOf("lib/m1.ex"), 0, 11), null);
    assert.equal(await server.connection.sendRequest("processTopology/tree", { folder: first().uri }), null);
  });

  test("a file that comes, changes and goes on disk", async () => {
    await start(shop);
    const uri = first().uriOf("lib/shop/fresh.ex");
    first().write("lib/shop/fresh.ex", shell.replace("Clock", "Fresh"));
    await server.watched(uri, "created");
    await server.until("it is shown", () => server.rulesAt(uri).length === 1);
    first().write("lib/shop/fresh.ex", "defmodule Shop.Fresh do\nend\n");
    await server.watched(uri, "changed");
    await server.until("it is gone", () => server.rulesAt(uri).length === 0);
    const clock = first().uriOf("lib/shop/clock.ex");
    rmSync(first().at("lib/shop/clock.ex"));
    await server.watched(clock, "deleted");
    await server.until("the other one is gone too", () => server.rulesAt(clock).length === 0);
  });

  test("a folder that comes and goes, told of as one event", async () => {
    await start(shop);
    const uri = first().uriOf("lib/more/one.ex");
    first().write("lib/more/one.ex", shell.replace("Clock", "One"));
    await server.watched(first().uriOf("lib/more"), "created");
    await server.until("it is shown", () => server.rulesAt(uri).length === 1);
    rmSync(first().at("lib/more"), { recursive: true });
    await server.watched(first().uriOf("lib/more"), "deleted");
    await server.until("it is gone", () => server.rulesAt(uri).length === 0);
  });

  test("ignored files are not read, also when they come later; another .gitignore reads the folder again", async () => {
    await start({
      ...shop,
      ".gitignore": "/lib/generated\n",
      "lib/generated/a.ex": shell.replace("Clock", "A"),
      "_build/dev/b.ex": shell,
      "node_modules/c.ex": shell,
    });
    assert.equal(server.status()[0]?.files, 5);
    first().write("lib/generated/d.ex", shell.replace("Clock", "D"));
    await server.watched(first().uriOf("lib/generated/d.ex"), "created");
    await server.watched(first().uriOf("_build"), "created");
    const generated = first().uriOf("lib/generated/a.ex");
    first().write(".gitignore", "");
    await server.watched(first().uriOf(".gitignore"), "changed");
    await server.until("it is shown", () => server.rulesAt(generated).length === 1);
    await server.until("both are counted", () => server.status()[0]?.files === 7);
  });

  test("dependencies are read, ignored or not, but get no findings", async () => {
    await start({
      ...shop,
      ".gitignore": "/deps\n",
      "deps/clock/lib/clock.ex": shell.replace("Shop.Clock", "Dep.Clock"),
      "deps/clock/test/x.ex": shell,
    });
    assert.equal(server.status()[0]?.files, 6);
    assert.deepEqual(server.rulesAt(first().uriOf("deps/clock/lib/clock.ex")), []);
  });

  test("several folders are apart, and may come and go", async () => {
    await start(shop, { "lib/lone.ex": shell.replace("Shop.Clock", "Lone") });
    assert.deepEqual(
      folders.map(({ uri }) => server.status().find((status) => status.uri === uri)?.findings),
      [1, 1],
    );
    const second = folders[1]?.uri ?? "";
    const change = (added: object[], removed: object[]): Promise<void> =>
      server.connection.sendNotification("workspace/didChangeWorkspaceFolders", { event: { added, removed } });
    await change([], [{ uri: second, name: "folder-1" }]);
    await server.until("its findings are gone", () => server.rulesAt(`${second}/lib/lone.ex`).length === 0);
    await change([{ uri: second, name: "folder-1" }], []);
    await server.until("they are back", () => server.rulesAt(`${second}/lib/lone.ex`).length === 1);
  });

  test("a file outside of all folders counts while it is open; a revision in a diff does not", async () => {
    await start(shop);
    await server.open("untitled:Untitled-1.ex", shell);
    await server.until("it is shown", () => server.rulesAt("untitled:Untitled-1.ex").length === 1);
    await server.open(`git:${first().at("lib/shop/clock.ex")}?HEAD`, shell);
    await server.close("untitled:Untitled-1.ex");
    await server.until("it is gone", () => server.rulesAt("untitled:Untitled-1.ex").length === 0);
    assert.deepEqual(
      server.published.filter(({ uri }) => uri.startsWith("git:")),
      [],
    );
  });

  test("names with spaces, umlauts and percent signs are found again in URIs", async () => {
    await start({ "lib/a b/ü%20.ex": shell });
    const uri = first().uriOf("lib/a b/ü%20.ex");
    assert.deepEqual(server.rulesAt(uri), ["process-as-object:1"]);
    assert.notEqual(await server.hover(uri, 0, 12), null);
  });
});
