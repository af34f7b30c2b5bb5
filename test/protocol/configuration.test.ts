import assert from "node:assert/strict";
import { afterEach, describe, test } from "node:test";
import { LanguageServer } from "../support/language-server.ts";
import { type TemporaryFolder, temporaryFolder } from "../support/temporary-folder.ts";
import { shell, shop } from "./shop.ts";

describe("configuration", () => {
  let folder: TemporaryFolder;
  let server: LanguageServer;
  let settings: object = {};

  async function start(files: Readonly<Record<string, string>>, given: object): Promise<string> {
    folder = temporaryFolder(files);
    settings = given;
    server = await LanguageServer.startAndRead({ folders: [{ uri: folder.uri, name: "shop" }], settings: () => settings });
    return folder.uriOf("lib/shop/clock.ex");
  }

  async function change(given: object): Promise<void> {
    settings = given;
    await server.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
  }

  afterEach(async () => {
    await server.stop();
    folder.remove();
  });

  test("severities and `off` hold without a restart", async () => {
    const clock = await start(shop, { rules: { "process-as-object": "error" } });
    const severity = (): number | undefined => server.published.filter(({ uri }) => uri === clock).at(-1)?.params.diagnostics[0]?.severity;
    assert.equal(severity(), 1);
    await change({ rules: { "process-as-object": "hint" } });
    await server.until("it is a hint", () => severity() === 4);
    await change({ rules: { "process-as-object": "off" } });
    await server.until("it is gone", () => server.rulesAt(clock).length === 0);
    await change({});
    await server.until("it is a warning", () => severity() === 2);
  });

  test("findings may be kept to open files, or away", async () => {
    const clock = await start(shop, { diagnostics: { scope: "openFiles" } });
    await server.hover(clock, 0, 0);
    assert.deepEqual(server.rulesAt(clock), []);
    await server.open(clock, shell);
    await server.until("it is shown", () => server.rulesAt(clock).length === 1);
    await change({ diagnostics: { scope: "off" } });
    await server.until("it is gone", () => server.rulesAt(clock).length === 0);
  });

  test("excluded files are not read; another exclusion reads the folder again", async () => {
    const clock = await start(shop, { exclude: ["**/clock.ex"] });
    assert.deepEqual(server.rulesAt(clock), []);
    assert.equal(server.status()[0]?.files, 4);
    await change({ exclude: [] });
    await server.until("it is shown", () => server.rulesAt(clock).length === 1);
  });

  test("a baseline file holds known findings back; a broken one holds nothing back and is told of", async () => {
    const entry = {
      rule: "process-as-object",
      variant: "shell",
      process: "Elixir.Shop.Clock",
      file: "lib/shop/clock.ex",
      message: null,
      count: 1,
    };
    const baseline = JSON.stringify({ schema: "process-topology/baseline@1", findings: [entry] });
    const clock = await start({ ...shop, "known.json": baseline }, { baseline: "known.json" });
    assert.deepEqual(server.rulesAt(clock), []);
    folder.write("known.json", "[");
    await server.watched(folder.uriOf("known.json"), "changed");
    await server.until("it is shown", () => server.rulesAt(clock).length === 1);
    await server.until("the log says why", () => server.log.some((line) => line.includes("known.json") && line.includes("not JSON")));
  });

  test("lenses and hovers can be turned off", async () => {
    await start(shop, { codeLens: { enabled: false }, hover: { enabled: false } });
    const cache = folder.uriOf("lib/shop/cache.ex");
    assert.deepEqual(await server.lenses(cache), []);
    assert.equal(await server.hover(cache, 0, 12), null);
    const refreshes = (): number => server.notifications.filter(({ method }) => method === "workspace/codeLens/refresh").length;
    await server.until("the first reading asks for lenses", () => refreshes() === 1);
    await change({});
    await server.until("the change asks for lenses", () => refreshes() === 2);
    assert.equal((await server.lenses(cache)).length, 2);
    assert.notEqual(await server.hover(cache, 0, 12), null);
  });

  test("values that make no sense count as not set", async () => {
    const clock = await start(shop, { rules: { "process-as-object": 7 }, exclude: "everything", diagnostics: null, codeLens: [] });
    assert.deepEqual(server.rulesAt(clock), ["process-as-object:1"]);
  });
});
