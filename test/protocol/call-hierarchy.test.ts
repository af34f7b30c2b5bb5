import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { CallHierarchyIncomingCall, CallHierarchyItem, CallHierarchyOutgoingCall } from "vscode-languageserver/node";
import { Asker } from "../support/ask.ts";
import { LanguageServer } from "../support/language-server.ts";
import { type TemporaryFolder, temporaryFolder } from "../support/temporary-folder.ts";
import { files } from "./stock.ts";

const shelf = "apps/stock/lib/shelf.ex";
const web = "apps/web/lib/stock.ex";

describe("call hierarchy", () => {
  let folder: TemporaryFolder;
  let server: LanguageServer;
  let ask: Asker;

  before(async () => {
    folder = temporaryFolder(files);
    server = await LanguageServer.startAndRead({ folders: [{ uri: folder.uri, name: "stock" }] });
    ask = new Asker(server, folder, files);
  });
  after(async () => {
    await server.stop();
    folder.remove();
  });

  const prepare = (path: string, what: string, from?: string): Promise<CallHierarchyItem[]> =>
    server.connection.sendRequest("textDocument/prepareCallHierarchy", ask.at(path, what, from));
  const text = ({ name, detail }: CallHierarchyItem): string => `${name} | ${detail}`;
  const lines = (ranges: readonly { readonly start: { readonly line: number } }[]): string =>
    ranges.map(({ start }) => start.line + 1).join();

  async function incoming(item: CallHierarchyItem | undefined): Promise<string[]> {
    const calls = await server.connection.sendRequest<CallHierarchyIncomingCall[]>("callHierarchy/incomingCalls", { item });
    return calls.map(({ from, fromRanges }) => `${text(from)} @${lines(fromRanges)}`);
  }
  async function outgoing(item: CallHierarchyItem | undefined): Promise<string[]> {
    const calls = await server.connection.sendRequest<CallHierarchyOutgoingCall[]>("callHierarchy/outgoingCalls", { item });
    return calls.map(({ to, fromRanges }) => `${text(to)} @${lines(fromRanges)}`);
  }

  test("items: functions by name, handler clauses by what they take, from heads, calls and messages", async () => {
    assert.deepEqual((await prepare(shelf, "def take")).map(text), ["take/2 | Stock.Shelf"]);
    assert.deepEqual((await prepare(shelf, "item, count}, _from")).map(text), ["handle_call({:take, _, _}) | Stock.Shelf"]);
    assert.deepEqual((await prepare(web, "put(Stock.Shelf")).map(text), ["put/2 | Stock.Shelf"]);
    assert.deepEqual((await prepare(shelf, "{:put, item})")).map(text), ["handle_cast({:put, _}) | Stock.Shelf"]);
    assert.deepEqual((await prepare(shelf, "cast(server")).map(text), ["handle_cast({:put, _}) | Stock.Shelf"]);
    assert.deepEqual((await prepare(shelf, "init(_opts)")).map(text), ["init/1 | Stock.Shelf"]);
    assert.deepEqual(await prepare(shelf, "Map.delete"), []);
  });

  test("an item marks the message pattern inside of its clause", async () => {
    const [item] = await prepare(shelf, "handle_cast");
    assert.deepEqual(item?.range, { start: { line: 28, character: 2 }, end: { line: 28, character: 79 } });
    assert.deepEqual(item?.selectionRange, { start: { line: 28, character: 18 }, end: { line: 28, character: 30 } });
  });

  test("incoming: senders of a clause marked by how they send, then their callers", async () => {
    const [clause] = await prepare(shelf, "{:take, item, _count}");
    assert.deepEqual(await incoming(clause), ["take/2 | call · Stock.Shelf @6"]);
    const [take] = await prepare(shelf, "def take");
    assert.deepEqual(await incoming(take), ["whole/1 | Stock.Shelf @9", "take/2 | Stock @2"]);
    const [put] = await prepare(shelf, "handle_cast");
    assert.deepEqual(await incoming(put), ["put/2 | cast · Stock.Shelf @7"]);
    const [schedule] = await prepare(shelf, "defp schedule");
    assert.deepEqual(await incoming(schedule), ["init/1 | Stock.Shelf @17", "handle_info(:refresh) | Stock.Shelf @33"]);
  });

  test("outgoing: the clauses that a client function reaches and the functions that it calls; a wrapper, all that it hands on", async () => {
    const [take] = await prepare(shelf, "def take");
    assert.deepEqual(await outgoing(take), [
      "handle_call({:take, _, _}) | call · Stock.Shelf @6",
      "handle_call({:take, _, _}) | call · Stock.Shelf @6",
      "request/1 | Stock.Shelf @6",
    ]);
    const [request] = await prepare(shelf, "defp request");
    assert.ok((await outgoing(request)).includes("handle_call({:take, _, _}) | call · Stock.Shelf @11"));
    const [note] = await prepare("apps/stock/lib/watcher.ex", "handle_cast");
    assert.deepEqual(await outgoing(note), ["handle_call(:increment) | call · Stock.Counter @15"]);
    const [order] = await prepare(web, "def order");
    assert.deepEqual(await outgoing(order), ["take/2 | Stock @6", "put/2 | Stock.Shelf @7", "note/1 | Stock.Watcher @8"]);
  });

  test("a function that runs in a task is a step of its own", async () => {
    const [later] = await prepare(web, "def later");
    assert.deepEqual(await outgoing(later), ["fn in later/1 | task · Stock @14"]);
    const [call] = await server.connection.sendRequest<CallHierarchyOutgoingCall[]>("callHierarchy/outgoingCalls", { item: later });
    assert.deepEqual(await outgoing(call?.to), ["take/2 | Stock @14"]);
    assert.deepEqual(await incoming(call?.to), ["later/1 | task · Stock @14"]);
  });

  test("an Agent's function is called by who hands it over", async () => {
    const [read] = await prepare("apps/stock/lib/total.ex", "def read");
    assert.deepEqual(await outgoing(read), ["fn in read/0 | call · Stock.Total @5"]);
    const [call] = await server.connection.sendRequest<CallHierarchyOutgoingCall[]>("callHierarchy/outgoingCalls", { item: read });
    assert.deepEqual(await incoming(call?.to), ["read/0 | call · Stock.Total @5"]);
  });

  test("items that an edit has made old, and ones that make no sense, give nothing", async () => {
    const [item] = await prepare(shelf, "def take");
    assert.ok(item);
    for (const data of [null, 7, { fn: 1 }, { fn: "Elixir.None.f/1", clause: null }]) {
      const calls = await incoming({ ...item, data });
      assert.equal(calls.length, 0, JSON.stringify(data));
    }
    assert.deepEqual(await incoming({ ...item, uri: "file:///none.ex" }), []);
    await assert.doesNotReject(server.connection.sendRequest("callHierarchy/outgoingCalls", {}).catch(() => {}));
  });
});
