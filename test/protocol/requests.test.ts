import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { CancellationTokenSource } from "vscode-languageserver/node";
import type {
  CrashReply,
  PanelSnapshotReply,
  ProcessAtReply,
  SequenceReply,
  SequenceStartsReply,
} from "../../server/src/protocol/requests.ts";
import { LanguageServer } from "../support/language-server.ts";
import { type TemporaryFolder, temporaryFolder } from "../support/temporary-folder.ts";
import { cache, shop } from "./shop.ts";

describe("requests", () => {
  let folder: TemporaryFolder;
  let server: LanguageServer;

  before(async () => {
    folder = temporaryFolder(shop);
    server = await LanguageServer.startAndRead({
      folders: [{ uri: folder.uri, name: "shop" }],
      initializationOptions: { showProcessCommand: "processTopology.showProcess" },
    });
  });
  after(async () => {
    await server.stop();
    folder.remove();
  });

  test("the tree is what the command line prints", async () => {
    const tree = await server.connection.sendRequest<{
      schema: string;
      applications: { name: string; root: { children: { module: string }[] } }[];
    }>("processTopology/tree", { folder: folder.uri });
    assert.equal(tree.schema, "process-topology/tree@1");
    assert.equal(tree.applications[0]?.name, "shop");
    assert.deepEqual(
      tree.applications[0]?.root.children.map(({ module }) => module),
      ["Shop.Cache"],
    );
  });

  test("the panel's snapshot names its folder and revision, and the revision grows with an edit", async () => {
    const ask = (): Promise<PanelSnapshotReply> => server.connection.sendRequest("processTopology/panelSnapshot", { folder: null });
    const before = await ask();
    assert.equal(before.folder, folder.uri);
    assert.equal(before.snapshot.roots[0]?.title, "shop");
    const uri = folder.uriOf("lib/shop/cache.ex");
    const told = server.notifications.length;
    await server.open(uri, `\n${cache}`);
    await server.until("the change is told of", () =>
      server.notifications.slice(told).some(({ method }) => method === "processTopology/topologyChanged"),
    );
    const after = await ask();
    assert.ok(after.revision > before.revision);
    await server.close(uri);
  });

  test("what a crash of a node of the snapshot does, and null for one that is gone", async () => {
    const ask = <R>(method: string, params: object): Promise<R> => server.connection.sendRequest(`processTopology/${method}`, params);
    const { snapshot } = await ask<PanelSnapshotReply>("panelSnapshot", { folder: folder.uri });
    const node = snapshot.roots[0]?.children[0]?.children[0]?.key;
    const crash = await ask<CrashReply>("crash", { folder: folder.uri, node });
    assert.equal(crash?.title, "Cache");
    assert.deepEqual(
      crash?.steps.map(({ fate }) => fate),
      ["crashes", "exits", "starts", "ends", "ends"],
    );
    assert.equal(await ask("crash", { folder: folder.uri, node: `${node}/gone` }), null);
    assert.equal(await ask("crash", { folder: folder.uri }), null);
  });

  test("a sequence is followed from a start of the list, and from the function at a position", async () => {
    const ask = <R>(method: string, params: object): Promise<R> => server.connection.sendRequest(`processTopology/${method}`, params);
    const starts = await ask<SequenceStartsReply>("sequenceStarts", { folder: folder.uri });
    assert.deepEqual(
      starts?.filter(({ group }) => group === "client").map(({ title }) => title),
      ["Shop.Cache.get/1", "Shop.Cache.put/2"],
    );
    const sequence = await ask<SequenceReply>("sequence", { folder: folder.uri, start: starts?.[0]?.key });
    assert.deepEqual([sequence?.title, sequence?.steps.map(({ kind }) => kind)], ["Shop.Cache.get/1", ["call", "reply"]]);
    assert.equal(await ask("sequence", { folder: folder.uri, start: "Elixir.Shop.Gone.get/1" }), null);
    const at = (line: number): Promise<ProcessAtReply> =>
      ask("processAt", { textDocument: { uri: folder.uriOf("lib/shop/cache.ex") }, position: { line, character: 6 } });
    assert.deepEqual(await at(7), { folder: folder.uri, participant: "m:Elixir.Shop.Cache", start: "Elixir.Shop.Cache.put/2" });
    assert.deepEqual(await at(6), { folder: folder.uri, participant: "m:Elixir.Shop.Cache", start: null });
    assert.equal(await at(900), null);
  });

  test("a cancelled request is answered, and the next one is right", async () => {
    const position = { textDocument: { uri: folder.uriOf("lib/shop/cache.ex") }, position: { line: 0, character: 12 } };
    const source = new CancellationTokenSource();
    const asked = server.connection.sendRequest("textDocument/hover", position, source.token);
    source.cancel();
    // An answer that is quicker than the cancellation is right too; test/unit/lsp-guard.test.ts has the case where it is not.
    const outcome = await asked.then(
      () => "answered",
      (error: { code?: unknown }) => error.code,
    );
    assert.ok(outcome === "answered" || outcome === -32800, String(outcome));
    assert.notEqual(await server.hover(position.textDocument.uri, 0, 12), null);
  });

  test("messages that make no sense are answered, and the server goes on", async () => {
    const nonsense: [string, unknown][] = [
      ["textDocument/hover", {}],
      ["textDocument/hover", { textDocument: { uri: 7 }, position: {} }],
      ["textDocument/hover", { textDocument: { uri: "%E0%A4%A" }, position: { line: -5, character: 1e12 } }],
      ["textDocument/codeLens", []],
      ["processTopology/tree", { folder: { a: 1 } }],
      ["processTopology/panelSnapshot", "x"],
      ["no/such/method", {}],
    ];
    for (const [method, params] of nonsense) await server.connection.sendRequest(method, params).catch(() => {});
    const uri = folder.uriOf("lib/shop/cache.ex");
    for (const character of [-1, 1e9]) await server.hover(uri, character, character);
    await server.connection.sendNotification("textDocument/didChange", { textDocument: { uri }, contentChanges: [{ text: "x" }] });
    await server.connection.sendNotification("textDocument/didOpen", { textDocument: null });
    await server.connection.sendNotification("workspace/didChangeWatchedFiles", { changes: [{}, null] });
    await server.connection.sendNotification("workspace/didChangeConfiguration", null as never);
    await server.connection.sendNotification("no/such/notification", {});
    server.process.stdin?.write("Content-Length: 9\r\n\r\n{garbage}");
    assert.match((await server.hover(uri, 0, 12)) ?? "", /Shop\\?\.Cache/);
    assert.equal(server.process.exitCode, null);
  });
});
