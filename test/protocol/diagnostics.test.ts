import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { LanguageServer } from "../support/language-server.ts";
import { type TemporaryFolder, temporaryFolder } from "../support/temporary-folder.ts";
import { shell, shop } from "./shop.ts";

describe("diagnostics", () => {
  let folder: TemporaryFolder;
  let server: LanguageServer;
  let clock: string;

  before(async () => {
    folder = temporaryFolder({ ...shop, "lib/shop/watch.ex": shell.replace("Shop.Clock", "Shop.Watch") });
    clock = folder.uriOf("lib/shop/clock.ex");
    server = await LanguageServer.startAndRead({
      folders: [{ uri: folder.uri, name: "shop" }],
      initializationOptions: { rulePages: "file:///pages" },
    });
  });
  after(async () => {
    await server.stop();
    folder.remove();
  });

  test("come for files that nobody opened", () => {
    assert.deepEqual(server.rulesAt(clock), ["process-as-object:1"]);
    assert.deepEqual(server.rulesAt(folder.uriOf("lib/shop/cache.ex")), []);
  });

  test("say which rule, why, how sure, and where its page is", () => {
    const diagnostic = server.published.find(({ uri }) => uri === clock)?.params.diagnostics[0];
    assert.ok(diagnostic);
    assert.equal(diagnostic.source, "process-topology");
    assert.equal(diagnostic.code, "process-as-object");
    assert.equal(diagnostic.codeDescription?.href, "file:///pages/process-as-object.md");
    assert.equal(diagnostic.severity, 2);
    assert.deepEqual(diagnostic.range, { start: { line: 0, character: 10 }, end: { line: 0, character: 20 } });
    assert.equal((diagnostic.data as { variant: string }).variant, "shell");
    assert.equal((diagnostic.data as { process: string }).process, "Shop.Clock");
    assert.ok(Array.isArray(diagnostic.relatedInformation));
  });

  test("a keystroke that moves code republishes that file alone, with its version", async () => {
    const count = server.published.length;
    await server.open(clock, shell);
    await server.change(clock, 2, [{ range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: "\n" }]);
    await server.until("the finding is a line lower", () => server.rulesAt(clock).includes("process-as-object:2"));
    const since = server.published.slice(count);
    assert.deepEqual([...new Set(since.map(({ uri }) => uri))], [clock]);
    assert.equal(since.at(-1)?.params.version, 2);
  });

  test("a keystroke that changes no diagnostic publishes nothing", async () => {
    const count = server.published.length;
    const told = server.notifications.length;
    await server.change(clock, 3, [
      { range: { start: { line: 4, character: 0 }, end: { line: 4, character: 0 } }, text: "  # a remark\n" },
    ]);
    await server.until("the change is told of", () => server.notifications.length > told);
    assert.deepEqual(server.published.slice(count), []);
  });

  test("the fix takes it away, and undoing brings it back", async () => {
    await server.change(clock, 4, [{ text: shell.replace("  use GenServer\n", "") }]);
    await server.until("it is gone", () => server.rulesAt(clock).length === 0);
    await server.change(clock, 5, [{ text: shell }]);
    await server.until("it is back", () => server.rulesAt(clock).length === 1);
  });

  test("a comment suppresses it", async () => {
    await server.change(clock, 6, [{ text: `# process-topology: allow process-as-object -- for the test\n${shell}` }]);
    await server.until("it is gone", () => server.rulesAt(clock).length === 0);
  });

  test("broken syntax keeps what is known of the rest, and is not repeated as a diagnostic", async () => {
    await server.change(clock, 7, [{ text: `${shell}\ndefmodule Shop.Half do\n  def broken(\n` }]);
    await server.until("it is back", () => server.rulesAt(clock).length === 1);
    assert.deepEqual(server.rulesAt(clock), ["process-as-object:1"]);
    await server.until("the log says it", () => server.log.some((line) => line.startsWith("shop/lib/shop/clock.ex:")));
  });

  test("closing without saving takes the disk's text again", async () => {
    await server.change(clock, 8, [{ text: "" }]);
    await server.until("it is gone", () => server.rulesAt(clock).length === 0);
    await server.close(clock);
    await server.until("it is back", () => server.rulesAt(clock).length === 1);
    assert.deepEqual(server.rulesAt(clock), ["process-as-object:1"]);
  });
});
