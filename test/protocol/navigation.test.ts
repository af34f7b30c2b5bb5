import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { CancellationTokenSource } from "vscode-languageserver/node";
import { Asker } from "../support/ask.ts";
import { LanguageServer } from "../support/language-server.ts";
import { type TemporaryFolder, temporaryFolder } from "../support/temporary-folder.ts";
import { files, stock } from "./stock.ts";

const shelf = "apps/stock/lib/shelf.ex";
const web = "apps/web/lib/stock.ex";

describe("navigation across messages", () => {
  let folder: TemporaryFolder;
  let server: LanguageServer;
  let ask: Asker;
  let settings: object = {};
  let asked: () => void = () => {};
  const setting = async (value: object): Promise<void> => {
    settings = value;
    const taken = new Promise<void>((resolve) => (asked = resolve));
    await server.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
    await taken;
  };

  before(async () => {
    folder = temporaryFolder(files);
    server = await LanguageServer.startAndRead({
      folders: [{ uri: folder.uri, name: "stock" }],
      settings() {
        asked();
        return settings;
      },
    });
    ask = new Asker(server, folder, files);
  });
  after(async () => {
    await server.stop();
    folder.remove();
  });
  const definition = (path: string, what: string, from?: string): Promise<string[]> => ask.places("definition", path, what, from);
  const takes = [
    `${shelf}:22 {:take, item, _count}, _from, %{closed: true} = state), do: {:reply, {:closed, item}, state}`,
    `${shelf}:24 {:take, item, count}, _from, state) when count > 0 do`,
  ];
  const refresh = [`${shelf}:32 :refresh, state) do`];
  const put = [`${shelf}:29 {:put, item}, state), do: {:noreply, Map.put(state, item, 1)}`];

  test("a message, on its tag or its brace, goes to every clause that may take it, through private wrappers", async () => {
    assert.deepEqual(await definition(shelf, ":take", "request({"), takes);
    assert.deepEqual(await definition(shelf, "{:take", "request({"), takes);
    assert.deepEqual(await definition(shelf, "{:put, item})"), put);
    assert.deepEqual(await definition(shelf, ":refresh, 1_000"), refresh);
    assert.deepEqual(await definition(shelf, ":refresh)"), refresh);
  });

  test("the sending function's name, at the sender and inside the wrappers", async () => {
    assert.deepEqual(await definition(shelf, "cast(server"), put);
    assert.deepEqual(await definition(shelf, "request({"), takes);
    assert.deepEqual(await definition(shelf, "ask(5_000)"), takes);
    assert.deepEqual(await definition(shelf, "call(__MODULE__, message"), takes);
    assert.deepEqual(await definition(shelf, "send(__MODULE__"), refresh);
  });

  test("a variable in a message, and the module in front of the call, are other servers' to find", async () => {
    for (const [what, from] of [
      ["item, count})", "request({"],
      ["GenServer.call", ""],
      ["server, {:put", ""],
      ["__MODULE__, message", ""],
    ] as const)
      assert.deepEqual(await definition(shelf, what, from), [], what);
  });

  test("a call of a client function goes to the handler, from another application and through delegates", async () => {
    assert.deepEqual(await definition(web, "take(item, 2)"), takes);
    assert.deepEqual(await definition(web, "put(Stock.Shelf, item)"), put);
    assert.deepEqual(await definition(shelf, "take(item, 1)"), takes);
    assert.deepEqual(await definition(shelf, "schedule()"), refresh);
    assert.deepEqual(await definition(shelf, "ask_again()"), refresh);
  });

  test("a function that does other work besides is no client function", async () => {
    const path = "apps/web/lib/caller.ex";
    const text = "defmodule Caller do\n  def go, do: Stock.order(1)\nend\n";
    await server.open(folder.uriOf(path), text);
    const position = { line: 1, character: 21 };
    const found = await server.connection.sendRequest("textDocument/definition", { textDocument: { uri: folder.uriOf(path) }, position });
    assert.deepEqual(found, []);
    await server.close(folder.uriOf(path));
  });

  test("a process whose pid is in the state of the caller", async () => {
    const path = "apps/stock/lib/watcher.ex";
    const expected = ["apps/stock/lib/counter.ex:10 :increment, _from, n), do: {:reply, n + 1, n + 1}"];
    assert.deepEqual(await definition(path, ":increment"), expected);
    assert.deepEqual(await definition(path, "call(state.counter"), expected);
  });

  test("a name that nothing known registers: in a module's own client functions its process, elsewhere nothing", async () => {
    assert.deepEqual(await definition(web, "note(log)"), ["apps/stock/lib/watcher.ex:14 {:note, _text}, state) do"]);
    const path = "apps/web/lib/caller.ex";
    await server.open(folder.uriOf(path), "defmodule Caller do\n  def go, do: GenServer.cast(:watcher, {:note, 1})\nend\n");
    for (const character of [27, 42]) {
      const params = { textDocument: { uri: folder.uriOf(path) }, position: { line: 1, character } };
      assert.deepEqual(await server.connection.sendRequest("textDocument/definition", params), []);
    }
    await server.close(folder.uriOf(path));
  });

  test("an Agent's function: from a call of the client function, not from where it stands", async () => {
    const path = "apps/stock/lib/total.ex";
    assert.deepEqual(await definition(path, "get(__MODULE__"), []);
    const other = "apps/web/lib/total.ex";
    await server.open(folder.uriOf(other), "defmodule Web do\n  def total, do: Stock.Total.read()\nend\n");
    const params = { textDocument: { uri: folder.uriOf(other) }, position: { line: 1, character: 30 } };
    const found = await server.connection.sendRequest<never[]>("textDocument/definition", params);
    assert.deepEqual(found.map(ask.print.bind(ask)), [`${path}:5 fn n -> n end)`]);
    await server.close(folder.uriOf(other));
  });

  test("with the setting off, calls of client functions are left to others; implementation still goes to the handler", async () => {
    await setting({ definition: { clientCalls: false } });
    assert.deepEqual(await definition(web, "take(item, 2)"), []);
    assert.deepEqual(await definition(shelf, ":take", "request({"), takes);
    assert.deepEqual(await definition(shelf, "cast(server"), put);
    assert.deepEqual(await ask.places("implementation", web, "take(item, 2)"), takes);
    await setting({});
    assert.deepEqual(await definition(web, "take(item, 2)"), takes);
  });

  test("references anywhere in a handler clause's head: the calls furthest out, then where the message is written", async () => {
    const senders = [
      `${web}:2 defdelegate take(item, count), to: Stock.Shelf`,
      `${shelf}:9 take(item, 1), put(__MODULE__, item)}`,
      `${shelf}:6 request({:take, item, count})`,
    ];
    for (const [what, from] of [
      ["def handle_call", ""],
      ["handle_call", ""],
      ["{:take, item, _count}", ""],
      [":take, item, _count}", ""],
      ["%{closed", ""],
      ["count > 0", "handle_call({:take, item, count}"],
    ] as const)
      assert.deepEqual((await ask.places("references", shelf, what, from)).sort(), what === "count > 0" ? [] : [...senders].sort(), what);
    assert.deepEqual((await ask.places("references", shelf, ":take", "request({")).sort(), [...senders].sort(), "a sent message");
  });

  test("references of a timer's clause: the calls of the function that sets it", async () => {
    assert.deepEqual((await ask.places("references", shelf, "handle_info")).sort(), [
      `${shelf}:13 send(__MODULE__, :refresh)`,
      `${shelf}:17 schedule()`,
      `${shelf}:33 schedule()`,
      `${shelf}:37 Process.send_after(self(), :refresh, 1_000)`,
      `${shelf}:8 ask_again()`,
    ]);
  });

  test("references: nothing on variables, in bodies and on functions that take no messages", async () => {
    for (const what of ["item, _count}, _from", "state), do: {:reply", "Map.get(state", "def start_link", "def take"])
      assert.deepEqual(await ask.places("references", shelf, what), [], what);
  });

  test("implementation of a process module, its `use`, its start function and a call of that: the child specification", async () => {
    const child = "apps/stock/lib/application.ex";
    const expected = [`${child}:6 Stock.Shelf, watcher, Stock.Total]`];
    for (const what of ["Stock.Shelf do", "use GenServer", "start_link(opts)"])
      assert.deepEqual(await ask.places("implementation", shelf, what), expected, what);
    assert.deepEqual(await ask.places("implementation", web, "Stock.Shelf, item"), expected);
    const watched = await ask.places("implementation", "apps/stock/lib/watcher.ex", "Stock.Watcher");
    assert.equal(watched.length, 1);
    assert.match(watched[0] ?? "", /^apps\/stock\/lib\/application\.ex:[56] /);
  });

  test("implementation of a process that no supervisor starts: the call that does", async () => {
    const path = "apps/stock/lib/watcher.ex";
    const expected = [`${path}:9 Stock.Counter.start_link(shelf)`];
    assert.deepEqual(await ask.places("implementation", path, "start_link(shelf)", "init"), expected);
    assert.deepEqual(await ask.places("implementation", "apps/stock/lib/counter.ex", "Stock.Counter"), expected);
    assert.deepEqual(await ask.places("implementation", web, "order(item)"), []);
  });

  test("comments, broken code, and positions beyond the file give nothing and do no harm", async () => {
    assert.deepEqual(await definition(web, "take(item, 3)"), []);
    const { uri } = ask.at(shelf, "use").textDocument;
    for (const position of [
      { line: 1e6, character: 0 },
      { line: 0, character: 1e6 },
      { line: -3, character: -1 },
    ])
      for (const method of ["definition", "references", "implementation"])
        await server.connection.sendRequest(`textDocument/${method}`, { textDocument: { uri }, position, context: {} });
    await server.open(uri, stock.replace("def handle_info(:refresh, state) do", "def handle_info(:refresh, state do ((("));
    assert.deepEqual(await definition(web, "put(Stock.Shelf, item)"), put);
    await server.close(uri);
    for (const document of ["file:///none.ex", "untitled:Untitled-1", "git:/x.ex"]) {
      const params = { textDocument: { uri: document }, position: { line: 0, character: 0 }, context: {} };
      for (const method of ["definition", "references", "implementation"])
        assert.deepEqual(await server.connection.sendRequest(`textDocument/${method}`, params), [], `${method} ${document}`);
    }
  });

  test("cancelled questions are answered, and the next ones are right", async () => {
    for (const method of ["definition", "references", "implementation", "prepareCallHierarchy", "inlayHint", "codeLens", "documentLink"]) {
      const source = new CancellationTokenSource();
      const range = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };
      const params = { ...ask.at(shelf, "{:put, item})"), range, context: {} };
      const asked = server.connection.sendRequest(`textDocument/${method}`, params, source.token);
      source.cancel();
      // An answer that is quicker than the cancellation is right too.
      const outcome = await asked.then(
        () => "answered",
        (error: { code?: unknown }) => error.code,
      );
      assert.ok(outcome === "answered" || outcome === -32800, `${method}: ${outcome}`);
    }
    assert.deepEqual(await definition(shelf, "{:put, item})"), put);
  });
});
