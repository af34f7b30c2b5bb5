import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { DocumentLink, Location, SymbolInformation } from "vscode-languageserver/node";
import { positionOf } from "../support/ask.ts";
import { LanguageServer } from "../support/language-server.ts";
import { type TemporaryFolder, temporaryFolder } from "../support/temporary-folder.ts";
import { application, shop } from "./shop.ts";

const clock = `# process-topology: allow process-as-object -- a double of the clock
defmodule Shop.Clock do
  use GenServer
  # process-topology: allow no-such-rule -- what is this
  def now, do: DateTime.utc_now() # process-topology: allow call-cycle
end
`;

const named = application.replace(
  "[Shop.Cache]",
  "[Shop.Cache, {Registry, keys: :unique, name: Shop.Names}, {Task.Supervisor, name: Shop.Tasks}]",
);

/** Two folders with modules of the same names. */
describe("links, symbols, and several folders", () => {
  let first: TemporaryFolder;
  let second: TemporaryFolder;
  let server: LanguageServer;

  before(async () => {
    first = temporaryFolder({ ...shop, "lib/shop/application.ex": named, "lib/shop/clock.ex": clock });
    second = temporaryFolder({ ...shop, "lib/shop/application.ex": named.replaceAll("Shop.Names", "Shop.Others") });
    server = await LanguageServer.startAndRead({
      folders: [
        { uri: first.uri, name: "first" },
        { uri: second.uri, name: "second" },
      ],
      initializationOptions: { rulePages: "file:///pages" },
    });
  });
  after(async () => {
    await server.stop();
    first.remove();
    second.remove();
  });

  test("the rule that a comment allows leads to its page; one that does not exist leads nowhere", async () => {
    const ask = (path: string): Promise<DocumentLink[]> =>
      server.connection.sendRequest("textDocument/documentLink", { textDocument: { uri: first.uriOf(path) } });
    const links = await ask("lib/shop/clock.ex");
    assert.deepEqual(
      links.map(({ range, target }) => [range.start.line, range.start.character, range.end.character, target]),
      [
        [0, 26, 43, "file:///pages/process-as-object.md"],
        [4, 60, 70, "file:///pages/call-cycle.md"],
      ],
    );
    assert.deepEqual(await ask("lib/shop/cache.ex"), []);
    assert.deepEqual(await ask("lib/none.ex"), []);
  });

  test("processes are found by the names that they register, of all folders; a module's name is not repeated", async () => {
    const ask = async (query: string): Promise<string[]> => {
      const found = await server.connection.sendRequest<SymbolInformation[]>("workspace/symbol", { query });
      return found.map(({ name, containerName, location }) => `${name} | ${containerName} | ${location.uri.startsWith(first.uri) ? 1 : 2}`);
    };
    assert.deepEqual(await ask("shnames"), ["Shop.Names | Registry · Shop.Supervisor | 1"]);
    assert.deepEqual(await ask("tasks"), [
      "Shop.Tasks | Task.Supervisor · Shop.Supervisor | 1",
      "Shop.Tasks | Task.Supervisor · Shop.Supervisor | 2",
    ]);
    assert.deepEqual(await ask("supervisor"), ["Shop.Supervisor | Supervisor | 1", "Shop.Supervisor | Supervisor | 2"]);
    assert.deepEqual(await ask("cache"), []);
    assert.equal((await ask("")).length, 6);
    await server.connection.sendRequest("workspace/symbol", {}).catch(() => {});
    assert.equal((await ask("tasks")).length, 2);
  });

  test("a message stays in its folder, though the other has a module of that name", async () => {
    for (const folder of [first, second]) {
      const text = shop["lib/shop/prices.ex"] ?? "";
      const params = { textDocument: { uri: folder.uriOf("lib/shop/prices.ex") }, position: positionOf(text, "get(product)") };
      const found = await server.connection.sendRequest<Location[]>("textDocument/definition", params);
      assert.deepEqual(
        found.map(({ uri, range }) => [uri, range.start.line]),
        [[folder.uriOf("lib/shop/cache.ex"), 16]],
      );
    }
  });
});
