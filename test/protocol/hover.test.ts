import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { LanguageServer } from "../support/language-server.ts";
import { type TemporaryFolder, temporaryFolder } from "../support/temporary-folder.ts";
import { application, cache, prices, shop } from "./shop.ts";

const rates = `defmodule Shop.Rates do
  defp fetch(currency) do
    Req.get!("https://bank.example.org/" <> currency).body
  end

  def rate(currency), do: fetch(currency)
end
`;

describe("hover and code lens", () => {
  let folder: TemporaryFolder;
  let server: LanguageServer;

  before(async () => {
    folder = temporaryFolder({ ...shop, "lib/shop/rates.ex": rates });
    server = await LanguageServer.startAndRead({
      folders: [{ uri: folder.uri, name: "shop" }],
      initializationOptions: { showProcessCommand: "processTopology.showProcess" },
    });
  });
  after(async () => {
    await server.stop();
    folder.remove();
  });

  /** The hover at the first character of `what` in a file, after `from`. Links are reduced to their text, escapes taken out. */
  async function hoverOn(path: string, text: string, what: string, from = ""): Promise<string> {
    const offset = text.indexOf(what, text.indexOf(from));
    assert.ok(offset >= 0, what);
    const lines = text.slice(0, offset).split("\n");
    const found = await server.hover(folder.uriOf(path), lines.length - 1, lines.at(-1)?.length ?? 0);
    return (found ?? "nothing").replace(/\[([^\]]*)\]\(<[^>]*>\)/g, "$1").replace(/\\(.)/g, "$1");
  }
  const firstLine = (text: string): string => text.split("\n")[0] ?? "";

  test("a process module: kind, how many, place in the tree, name, reasons, callers", async () => {
    const text = await hoverOn("lib/shop/cache.ex", cache, "Shop.Cache");
    assert.equal(firstLine(text), "**Shop.Cache** · GenServer · one · supervised by Shop.Supervisor");
    assert.match(text, /^- shop › Shop\.Supervisor \(one_for_one\) › Shop\.Cache · permanent · named `Shop\.Cache`$/m);
    assert.match(text, /^\*\*Reasons to be a process\*\*\n- /m);
    assert.match(text, /^\*\*Called by\*\* 1 function: Shop\.Prices$/m);
    assert.match(text, /^\*\*If it crashes\*\*\n- `Shop\.Supervisor` \(one_for_one\) starts it again, alone\n- its state is lost$/m);
  });

  test("evidence is linked to its file and line", async () => {
    const text = (await server.hover(folder.uriOf("lib/shop/cache.ex"), 0, 12)) ?? "";
    assert.ok(text.includes(`](<${folder.uriOf("lib/shop/cache.ex")}#L`), text);
  });

  test("`use GenServer`, and the module in a child list, say the same", async () => {
    const own = await hoverOn("lib/shop/cache.ex", cache, "Shop.Cache");
    assert.equal(await hoverOn("lib/shop/cache.ex", cache, "use GenServer"), own);
    assert.equal(await hoverOn("lib/shop/application.ex", application, "Shop.Cache"), own);
  });

  test("a callback: runs in its process, what it takes and from how many, then the process", async () => {
    const text = await hoverOn("lib/shop/cache.ex", cache, "handle_call");
    assert.equal(firstLine(text), "`handle_call/3` runs in **Shop.Cache**");
    assert.match(text, /^- takes `\{:get, _\}`: sent by \d+ functions?$/m);
    assert.match(text, /^\*\*Shop\.Cache\*\* · GenServer/m);
  });

  test("a client function: whom it calls, and that it waits", async () => {
    const text = await hoverOn("lib/shop/cache.ex", cache, "get(key)");
    assert.match(firstLine(text), /^`get\/1` runs in /);
    assert.match(text, /^- calls \*\*Shop\.Cache\*\* and waits up to 5 s · `\{:get, _\}` · taken by `handle_call\/3`/m);
    assert.match(await hoverOn("lib/shop/cache.ex", cache, "put(key"), /^- casts to \*\*Shop\.Cache\*\* · /m);
  });

  test("`GenServer.call`, and a call of the client function: whom it reaches", async () => {
    for (const text of [
      await hoverOn("lib/shop/cache.ex", cache, "GenServer.call"),
      await hoverOn("lib/shop/cache.ex", cache, "call(__MODULE__"),
      await hoverOn("lib/shop/prices.ex", prices, "get(product)"),
    ]) {
      assert.match(firstLine(text), /^(Calls \*\*Shop\.Cache\*\* and waits|`Shop\.Cache\.get\/1` runs in)/);
      assert.match(text, /^\*\*Shop\.Cache\*\* · GenServer · one/m);
    }
  });

  test("a call that waits: for what, and what runs it", async () => {
    const text = await hoverOn("lib/shop/rates.ex", rates, "Req.get!");
    assert.equal(firstLine(text), "**Waits** · HTTP request (`Req.get!/1`)");
    assert.match(text, /^`fetch\/1` runs in /m);
  });

  test("any function: the processes in which it may run", async () => {
    assert.match(await hoverOn("lib/shop/prices.ex", prices, "price(product)"), /^`price\/1` runs in /);
  });

  test("nothing where there is nothing to say", async () => {
    assert.equal(await hoverOn("lib/shop/prices.ex", prices, "|| 0"), "nothing");
    assert.equal(await server.hover(folder.uriOf("lib/shop/none.ex"), 0, 0), null);
  });

  test("lenses are asked for again when another file changes what they say, and not for a line break", async () => {
    const refreshes = (): number => server.notifications.filter(({ method }) => method === "workspace/codeLens/refresh").length;
    await server.until("the first reading asks for lenses", () => refreshes() > 0);
    const uri = folder.uriOf("lib/shop/prices.ex");
    const before = refreshes();
    const told = server.notifications.length;
    await server.open(uri, `\n${prices}`);
    await server.until("the change is told of", () => server.notifications.length > told);
    await server.lenses(folder.uriOf("lib/shop/cache.ex"));
    assert.equal(refreshes(), before);
    await server.change(uri, 2, [{ text: "defmodule Shop.Prices do\nend\n" }]);
    await server.until("lenses are asked for again", () => refreshes() > before);
    assert.deepEqual(await server.lenses(folder.uriOf("lib/shop/cache.ex")), ["1: supervised by Shop.Supervisor · one · no callers"]);
    await server.close(uri);
    await server.until("the disk's text counts", () => refreshes() > before + 1);
  });

  test("the lens above a process says who supervises it, how many, callers and findings; its command opens the panel", async () => {
    assert.deepEqual(await server.lenses(folder.uriOf("lib/shop/cache.ex")), [
      "1: supervised by Shop.Supervisor · one · 1 caller",
      "17: 1 sender · 1 context",
    ]);
    assert.deepEqual(await server.lenses(folder.uriOf("lib/shop/prices.ex")), []);
    const [lens] = await server.connection.sendRequest<{ command: object }[]>("textDocument/codeLens", {
      textDocument: { uri: folder.uriOf("lib/shop/cache.ex") },
    });
    assert.deepEqual(lens?.command, {
      title: "supervised by Shop.Supervisor · one · 1 caller",
      command: "processTopology.showProcess",
      arguments: [folder.uri, "Shop.Cache"],
    });
  });
});
