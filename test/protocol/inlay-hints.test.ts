import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { InlayHint, InlayHintLabelPart, Range } from "vscode-languageserver/node";
import { LanguageServer } from "../support/language-server.ts";
import { type TemporaryFolder, temporaryFolder } from "../support/temporary-folder.ts";
import { cache, prices, shop } from "./shop.ts";

const everything: Range = { start: { line: 0, character: 0 }, end: { line: 1e6, character: 0 } };

describe("inlay hints", () => {
  let folder: TemporaryFolder;
  let server: LanguageServer;
  let settings: object = {};

  before(async () => {
    folder = temporaryFolder(shop);
    server = await LanguageServer.startAndRead({ folders: [{ uri: folder.uri, name: "shop" }], settings: () => settings });
  });
  after(async () => {
    await server.stop();
    folder.remove();
  });

  const ask = (path: string, range = everything): Promise<InlayHint[]> =>
    server.connection.sendRequest("textDocument/inlayHint", { textDocument: { uri: folder.uriOf(path) }, range });
  const text = ({ position, label }: InlayHint): string =>
    `${position.line + 1}:${position.character} ${(label as InlayHintLabelPart[]).map(({ value }) => value).join("")}`;
  const refreshes = (): number => server.notifications.filter(({ method }) => method === "workspace/inlayHint/refresh").length;
  async function setting(level: string): Promise<void> {
    const before = refreshes();
    settings = { inlayHints: { executionContext: level } };
    await server.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
    await server.until("hints are asked for again", () => refreshes() > before);
  }

  test("client functions and callbacks, at the ends of their lines", async () => {
    assert.deepEqual((await ask("lib/shop/cache.ex")).map(text), [
      "6:59 runs in: caller",
      "8:73 runs in: caller",
      "11:20 runs in: Cache",
      "17:86 runs in: Cache",
      "20:88 runs in: Cache",
      "23:36 runs in: Cache",
    ]);
    assert.deepEqual(await ask("lib/shop/prices.ex"), []);
  });

  test("only those of the lines that are asked for; none beyond the file, of no file, of broken requests", async () => {
    const range = { start: { line: 7, character: 0 }, end: { line: 10, character: 0 } };
    assert.deepEqual((await ask("lib/shop/cache.ex", range)).map(text), ["8:73 runs in: caller", "11:20 runs in: Cache"]);
    assert.deepEqual(await ask("lib/shop/cache.ex", { start: everything.end, end: everything.end }), []);
    assert.deepEqual(await ask("lib/none.ex"), []);
    for (const params of [{}, { textDocument: { uri: 1 } }, { textDocument: { uri: "x" }, range: {} }])
      await server.connection.sendRequest("textDocument/inlayHint", params).catch(() => {});
    const hint = { position: { line: 0, character: 0 }, label: "x", data: { uri: "file:///none.ex", fn: 7 } };
    assert.deepEqual(await server.connection.sendRequest("inlayHint/resolve", hint), hint);
  });

  test("a process' name leads to its module; why is told when it is asked for", async () => {
    const [caller, , init] = await ask("lib/shop/cache.ex");
    assert.ok(caller && init && init.tooltip === undefined);
    assert.deepEqual((init.label as InlayHintLabelPart[])[1]?.location, {
      uri: folder.uriOf("lib/shop/cache.ex"),
      range: { start: { line: 0, character: 10 }, end: { line: 0, character: 20 } },
    });
    const resolved = await server.connection.sendRequest<InlayHint>("inlayHint/resolve", caller);
    const tooltip = (resolved.tooltip as { value: string } | undefined)?.value.replace(/\\(.)/g, "$1") ?? "";
    assert.match(tooltip, /^`get\/1` runs in /);
    assert.match(tooltip, /`Shop\.Prices\.price\/1`\]\(<file:.*lib\/shop\/prices\.ex#L2,3>\) → \[`get\/1`\]/);
  });

  test("full says it of every function, off of none; a value that is neither counts as minimal", async () => {
    await setting("full");
    assert.deepEqual((await ask("lib/shop/prices.ex")).map(text), ["2:23 runs in: outside callers"]);
    await setting("off");
    assert.deepEqual(await ask("lib/shop/cache.ex"), []);
    await setting("sometimes");
    assert.equal((await ask("lib/shop/cache.ex")).length, 6);
  });

  test("an edit in another file that changes who runs what asks for hints again; a line break moves them", async () => {
    const uri = folder.uriOf("lib/shop/prices.ex");
    const before = refreshes();
    await server.open(uri, prices.replace("Shop.Cache.get(product) || 0", "Shop.Cache.init(product)"));
    await server.until("hints are asked for again", () => refreshes() > before);
    await server.close(uri);
    const own = folder.uriOf("lib/shop/cache.ex");
    await server.open(own, `\n${cache}`);
    assert.equal(text((await ask("lib/shop/cache.ex"))[0] as InlayHint), "7:59 runs in: caller");
    await server.change(own, 2, [{ text: cache.replace("{:get, key})\n", "{:get, key}\n") }]);
    assert.ok((await ask("lib/shop/cache.ex")).map(text).includes("11:20 runs in: Cache"), "broken code keeps what is told of the rest");
    await server.close(own);
  });

  test("a client that cannot resolve gets the reasons at once", async () => {
    const plain = await LanguageServer.startAndRead({ folders: [{ uri: folder.uri, name: "shop" }], capabilities: {} });
    const params = { textDocument: { uri: folder.uriOf("lib/shop/cache.ex") }, range: everything };
    const [hint] = await plain.connection.sendRequest<InlayHint[]>("textDocument/inlayHint", params);
    assert.match((hint?.tooltip as { value: string } | undefined)?.value ?? "", /runs in/);
    await plain.stop();
  });
});
