import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { CodeLens, Location } from "vscode-languageserver/node";
import { Asker } from "../support/ask.ts";
import { LanguageServer } from "../support/language-server.ts";
import { type TemporaryFolder, temporaryFolder } from "../support/temporary-folder.ts";
import { files } from "./stock.ts";

const shelf = "apps/stock/lib/shelf.ex";

describe("code lenses over handlers", () => {
  let folder: TemporaryFolder;
  let server: LanguageServer;
  let settings: object = {};

  before(async () => {
    folder = temporaryFolder(files);
    server = await LanguageServer.startAndRead({
      folders: [{ uri: folder.uri, name: "stock" }],
      settings: () => settings,
      initializationOptions: { showLocationsCommand: "showThem" },
    });
  });
  after(async () => {
    await server.stop();
    folder.remove();
  });

  const handlers = async (): Promise<string[]> => (await server.lenses(folder.uriOf(shelf))).filter((text) => text.includes("sender"));
  async function setting(codeLens: object): Promise<void> {
    const refreshes = (): number => server.notifications.filter(({ method }) => method === "workspace/codeLens/refresh").length;
    const before = refreshes();
    settings = { codeLens };
    await server.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
    await server.until("lenses are asked for again", () => refreshes() > before);
  }

  test("one over each callback that other modules send to: how many calls, from how many contexts", async () => {
    assert.deepEqual(await handlers(), ["22: 2 senders · 2 contexts", "29: 2 senders · 1 context"]);
  });

  test("its command is given the calls that it counts", async () => {
    const lenses = await server.connection.sendRequest<CodeLens[]>("textDocument/codeLens", { textDocument: { uri: folder.uriOf(shelf) } });
    const lens = lenses.find(({ range }) => range.start.line === 21);
    const [uri, position, locations] = (lens?.command?.arguments ?? []) as [string, object, Location[]];
    assert.equal(lens?.command?.command, "showThem");
    assert.equal(uri, folder.uriOf(shelf));
    assert.deepEqual(position, { line: 21, character: 2 });
    const ask = new Asker(server, folder, files);
    assert.deepEqual(locations.map((one) => ask.print(one)).sort(), [
      `${shelf}:9 take(item, 1), put(__MODULE__, item)}`,
      "apps/web/lib/stock.ex:2 defdelegate take(item, count), to: Stock.Shelf",
    ]);
  });

  test("over each clause, timers too, when that is asked for; none when it is not", async () => {
    await setting({ senders: "clauses" });
    assert.deepEqual(await handlers(), [
      "22: 2 senders · 2 contexts",
      "24: 2 senders · 2 contexts",
      "29: 2 senders · 1 context",
      "32: 3 senders · 2 contexts",
    ]);
    await setting({ senders: "off" });
    assert.deepEqual(await handlers(), []);
    assert.equal((await server.lenses(folder.uriOf(shelf))).length, 1);
    await setting({ enabled: false, senders: "clauses" });
    assert.deepEqual(await server.lenses(folder.uriOf(shelf)), []);
    await setting({});
  });

  test("text alone for a client without the command", async () => {
    const plain = await LanguageServer.startAndRead({ folders: [{ uri: folder.uri, name: "stock" }], capabilities: {} });
    const params = { textDocument: { uri: folder.uriOf(shelf) } };
    const lenses = await plain.connection.sendRequest<CodeLens[]>("textDocument/codeLens", params);
    assert.ok(lenses.every(({ command }) => command?.command === "" && command.arguments === undefined));
    await plain.stop();
  });
});
