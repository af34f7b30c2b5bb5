/** `.process-topology.json` in the real server and the built command line. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { afterEach, describe, test } from "node:test";
import { LanguageServer } from "../support/language-server.ts";
import { inRepository } from "../support/paths.ts";
import { type TemporaryFolder, temporaryFolder } from "../support/temporary-folder.ts";
import { shop } from "./shop.ts";

const file = ".process-topology.json";
/** Waits in a library that no table knows, in a process that every request asks. */
const acme = {
  "mix.exs":
    'defmodule S.MixProject do\n  use Mix.Project\n  def project, do: [app: :s, version: "0.1.0"]\n  def application, do: [mod: {S.Application, []}]\nend\n',
  "lib/application.ex":
    "defmodule S.Application do\n  use Application\n  def start(_, _), do: Supervisor.start_link([S.Prices], strategy: :one_for_one)\nend\n",
  "lib/prices.ex": `defmodule S.Prices do
  use GenServer
  def start_link(o), do: GenServer.start_link(__MODULE__, o, name: __MODULE__)
  def price(sku), do: GenServer.call(__MODULE__, {:price, sku})
  def init(_), do: {:ok, %{}}
  def handle_call({:price, sku}, _from, known) do
    price = Acme.Http.get(sku, [])
    {:reply, {price, map_size(known)}, Map.put(known, sku, price)}
  end
end
`,
  "lib/page.ex": "defmodule S.Page do\n  use Acme.Controller\n  def handle(request, _options), do: S.Prices.price(request.sku)\nend\n",
};
const acmeLibrary = {
  name: "Acme",
  blocking: [{ call: "Acme.Http.get/2", category: "http", what: "HTTP request" }],
  behaviours: [{ module: "Acme.Controller", context: "request", cardinality: "many", callbacks: ["handle/2"] }],
};

describe("the configuration file", () => {
  let folder: TemporaryFolder;
  let server: LanguageServer | undefined;

  async function start(files: Readonly<Record<string, string>>, settings: object = {}): Promise<LanguageServer> {
    folder = temporaryFolder(files);
    server = await LanguageServer.startAndRead({ folders: [{ uri: folder.uri, name: "shop" }], settings: () => settings });
    return server;
  }

  async function rewrite(content: object | string): Promise<void> {
    folder.write(file, typeof content === "string" ? content : JSON.stringify(content));
    await server?.watched(folder.uriOf(file), "changed");
  }

  function check(...args: string[]) {
    return spawnSync(process.execPath, [inRepository("dist", "cli.js"), "check", folder.path, ...args], {
      encoding: "utf8",
      env: { PATH: process.env.PATH },
    });
  }

  afterEach(async () => {
    await server?.stop();
    server = undefined;
    folder.remove();
  });

  test("holds from the first reading, and again when it changes; a person's severity counts more", async () => {
    const running = await start({ ...shop, [file]: '{"rules": {"process-as-object": "off"}}' });
    const clock = folder.uriOf("lib/shop/clock.ex");
    assert.deepEqual(running.rulesAt(clock), []);
    await rewrite({ rules: { "process-as-object": "error" } });
    await running.until("it is shown", () => running.rulesAt(clock).length === 1);
    await rewrite({ exclude: ["**/clock.ex"] });
    await running.until("the file is left out", () => running.rulesAt(clock).length === 0);
    await rewrite({});
    await running.until("it is read again", () => running.rulesAt(clock).length === 1);
    await running.stop();
    server = await LanguageServer.startAndRead({
      folders: [{ uri: folder.uri, name: "shop" }],
      settings: () => ({ rules: { "process-as-object": "hint" } }),
    });
    const severity = server.published.filter(({ uri }) => uri === clock).at(-1)?.params.diagnostics[0]?.severity;
    assert.equal(severity, 4);
  });

  test("mistakes are diagnostics at their places, and go when they are mended", async () => {
    const running = await start({ ...shop, [file]: '{\n  "ruls": {}\n}' });
    const uri = folder.uriOf(file);
    const told = () => running.published.filter((one) => one.uri === uri).at(-1)?.params.diagnostics ?? [];
    await running.until("it is told", () => told().length === 1);
    assert.deepEqual(
      told().map(({ message, code, range }) => [message, code, range.start]),
      [['The configuration has no "ruls" (is "rules" meant?).', "configuration", { line: 1, character: 2 }]],
    );
    await rewrite({ rules: {} });
    await running.until("it is gone", () => told().length === 0);
  });

  test("libraries of one's own: a call that blocks, code that runs in requests", async () => {
    const running = await start({ ...acme, [file]: "{}" });
    const prices = folder.uriOf("lib/prices.ex");
    assert.deepEqual(running.rulesAt(prices), []);
    await rewrite({ libraries: [acmeLibrary] });
    await running.until("the bottleneck is found", () => running.rulesAt(prices).some((rule) => rule.startsWith("singleton-bottleneck")));
    const { status, stdout } = check();
    assert.equal(status, 1);
    assert.match(stdout, /singleton-bottleneck\/serialized-io[\s\S]*HTTP request \(`Acme\.Http\.get\/2`\)/);
    await rewrite({ libraries: [] });
    await running.until("it is gone", () => running.rulesAt(prices).length === 0);
  });

  test("what a call takes, by the file or by a person's settings: hovers and `explain` say what it comes to", async () => {
    const running = await start({ ...acme, [file]: '{"callTimes": {"S.Prices": "20ms"}}' });
    const hover = async (): Promise<string> => JSON.stringify(await running.hover(folder.uriOf("lib/prices.ex"), 0, 12));
    assert.match(await hover(), /one at a time: at 20 ms a call, 50 a second/);
    const explained = spawnSync(process.execPath, [inRepository("dist", "cli.js"), "explain", "S.Prices"], {
      encoding: "utf8",
      cwd: folder.path,
    });
    assert.match(explained.stdout, /one at a time: at 20 ms a call, 50 a second/, explained.stderr);
    await running.stop();
    server = await LanguageServer.startAndRead({
      folders: [{ uri: folder.uri, name: "shop" }],
      settings: () => ({ callTimes: { "S.Prices": "40ms" } }),
    });
    assert.match(JSON.stringify(await server.hover(folder.uriOf("lib/prices.ex"), 0, 12)), /at 40 ms a call, 25 a second/);
  });

  test("the command line follows it, and its baseline", () => {
    folder = temporaryFolder({ ...shop, [file]: '{"rules": {"process-as-object": "error"}, "baseline": "known.json"}' });
    assert.match(check().stderr, /known\.json: no such file/);
    const wrote = check("--write-baseline");
    assert.equal(wrote.status, 0, wrote.stderr);
    assert.match(wrote.stderr, /written to .*known\.json/);
    assert.match(check().stdout, /known finding/);
    assert.equal(check().status, 0);
    folder.write(file, '{"rules": {"process-as-object": "error"}}');
    assert.match(check().stdout, /^error process-as-object/);
  });

  test("the command line stops at a mistake, and says where it is", () => {
    folder = temporaryFolder({ ...shop, [file]: '{"rules": {"nope": "off"}, "exclude": 1}' });
    const { status, stdout, stderr } = check();
    assert.deepEqual([status, stdout], [2, ""]);
    assert.match(stderr, /^process-topology: .*\.process-topology\.json:1:12: There is no rule "nope"[^\n]* \(and 1 more\)\n$/);
  });
});
