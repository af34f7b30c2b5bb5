import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { after, before, describe, test } from "node:test";
import type { CodeLens } from "vscode-languageserver/node";
import { Asker } from "../support/ask.ts";
import { LanguageServer } from "../support/language-server.ts";
import { inRepository } from "../support/paths.ts";
import { type TemporaryFolder, temporaryFolder } from "../support/temporary-folder.ts";

const price = `defmodule Shop.Price do
  use GenServer

  def start_link(_), do: GenServer.start_link(__MODULE__, nil, name: __MODULE__)

  def double(n), do: GenServer.call(__MODULE__, {:double, n})

  @impl true
  def init(_), do: {:ok, nil}

  @impl true
  def handle_call({:double, n}, _from, state), do: {:reply, n * 2, state}
end
`;
const kept = price.replace("{:reply, n * 2, state}", "{:reply, state, [n | state]}");

/** A lesson's project: each has the modules of the one before. */
function lesson(folder: string): Record<string, string> {
  return {
    [`${folder}/mix.exs`]:
      "defmodule Shop.MixProject do\n  use Mix.Project\n  def project, do: [app: :shop]\n  def application, do: [mod: {Shop.Application, []}]\nend\n",
    [`${folder}/lib/application.ex`]:
      "defmodule Shop.Application do\n  use Application\n\n  def start(_type, _args) do\n    Supervisor.start_link([Shop.Price], strategy: :one_for_one)\n  end\nend\n",
    [`${folder}/lib/price.ex`]: price,
    [`${folder}/lib/till.ex`]: "defmodule Shop.Till do\n  def pay(n), do: Shop.Price.double(n)\nend\n",
  };
}

const files = { ...lesson("lesson_1"), ...lesson("lesson_2") };

describe("a workspace of projects with the same modules", () => {
  let folder: TemporaryFolder;
  before(() => {
    folder = temporaryFolder(files);
  });
  after(() => folder.remove());

  describe("on the command line", () => {
    function cli(...args: string[]): { readonly stdout: string; readonly stderr: string; readonly status: number | null } {
      return spawnSync(process.execPath, [inRepository("dist", "cli.js"), ...args], { encoding: "utf8", cwd: folder.path });
    }

    test("has a tree for each", () => {
      const { stdout, stderr } = cli("tree");
      assert.equal(stderr, "");
      assert.equal(
        stdout,
        ["lesson_1", "lesson_2"]
          .map(
            (lesson) => `shop  Shop.Application  ${lesson}/lib/application.ex:4
└─ Supervisor     Supervisor · one_for_one  ${lesson}/lib/application.ex:5
   └─ Shop.Price  GenServer                 ${lesson}/lib/application.ex:5
`,
          )
          .join("\n"),
      );
    });

    test("has findings in each, which a baseline tells apart by file", () => {
      const { findings } = JSON.parse(cli("check", "--format", "json").stdout) as { findings: { process: string; file: string }[] };
      assert.deepEqual(
        findings.map(({ process, file }) => [process, file]),
        [
          ["Shop.Price", "lesson_1/lib/price.ex"],
          ["Shop.Price", "lesson_2/lib/price.ex"],
        ],
      );
      assert.equal(cli("check", "--write-baseline").status, 0);
      assert.equal(cli("check", "--baseline", "process-topology-baseline.json").status, 0);
      assert.equal(cli("check", "lesson_1", "--fail-on", "warning").status, 1);
    });

    test("tells processes apart by their ids", () => {
      const { processes, messages, contexts } = JSON.parse(cli("topology", "--format", "json").stdout) as {
        processes: { id: string; module: string }[];
        messages: { to: string[]; toIds: string[]; file: string }[];
        contexts: { id: string; kind: string }[];
      };
      const ids = ["Elixir.Shop.Price in:lesson_1", "Elixir.Shop.Price in:lesson_2"];
      assert.deepEqual(
        processes.map(({ id, module }) => [id, module]),
        ids.map((id) => [id, "Shop.Price"]),
      );
      for (const { to, toIds, file } of messages)
        assert.deepEqual([to, toIds], [["Shop.Price"], [`Elixir.Shop.Price in:${file.slice(0, "lesson_1".length)}`]]);
      assert.deepEqual(
        contexts.flatMap(({ id, kind }) => (kind === "process" ? [id] : [])),
        ids.map((id) => `process:${id}`),
      );
    });

    test("is asked about one of them by its file", () => {
      const asked = cli("explain", "Shop.Price");
      assert.equal(asked.status, 2);
      assert.equal(
        asked.stderr,
        "process-topology: Shop.Price is a module of several projects: lesson_1/lib/price.ex:1 or lesson_2/lib/price.ex:1\n",
      );
      assert.match(cli("explain", "lesson_2/lib/price.ex:1").stdout, /^Shop\.Price {2}GenServer · one {2}lesson_2\/lib\/price\.ex:1\n/);
      const sequence = cli("sequence", "Shop.Till.pay/1");
      assert.match(
        sequence.stderr,
        /is a function of several projects: "Elixir\.Shop\.Till in:lesson_1\.pay\/1" or "Elixir\.Shop\.Till in:lesson_2/,
      );
      assert.match(cli("sequence", "Elixir.Shop.Till in:lesson_2.pay/1").stdout, /^sequenceDiagram[\s\S]*Price/m);
    });
  });

  describe("in an editor", () => {
    let server: LanguageServer;
    let ask: Asker;
    before(async () => {
      server = await LanguageServer.startAndRead({
        folders: [{ uri: folder.uri, name: "lessons" }],
        initializationOptions: { showProcessCommand: "processTopology.showProcess" },
      });
      ask = new Asker(server, folder, files);
    });
    after(() => server.stop());

    test("shows findings in each", () => {
      for (const lesson of ["lesson_1", "lesson_2"])
        assert.deepEqual(server.rulesAt(folder.uriOf(`${lesson}/lib/price.ex`)), ["process-as-object:1"]);
    });

    test("has lenses that lead to its own process", async () => {
      for (const lesson of ["lesson_1", "lesson_2"]) {
        const params = { textDocument: { uri: folder.uriOf(`${lesson}/lib/price.ex`) } };
        const lenses = await server.connection.sendRequest<CodeLens[]>("textDocument/codeLens", params);
        assert.deepEqual(lenses[0]?.command?.arguments, [folder.uri, `Elixir.Shop.Price in:${lesson}`]);
      }
    });

    test("leads from a call to the clause of its own project", async () => {
      for (const lesson of ["lesson_1", "lesson_2"]) {
        const clause = `${lesson}/lib/price.ex:12 {:double, n}, _from, state), do: {:reply, n * 2, state}`;
        assert.deepEqual(await ask.places("definition", `${lesson}/lib/till.ex`, "double"), [clause]);
        assert.deepEqual(await ask.places("definition", `${lesson}/lib/price.ex`, "{:double, n})"), [clause]);
      }
    });

    test("says in a hover what is so in its own project, by the name that people know", async () => {
      for (const lesson of ["lesson_1", "lesson_2"]) {
        const hover = (await server.hover(folder.uriOf(`${lesson}/lib/price.ex`), 0, 12)) ?? "";
        assert.match(hover, /^\[?\*\*Shop\\?\.Price\*\*/);
        assert.ok(hover.includes(folder.uriOf(`${lesson}/lib/price.ex`)), hover);
        assert.ok(!hover.includes(lesson === "lesson_1" ? "lesson_2" : "lesson_1"), hover);
        assert.ok(!hover.includes(" in:"), hover);
      }
    });

    test("an edit in one changes the findings of that one alone", async () => {
      const uri = folder.uriOf("lesson_2/lib/price.ex");
      const count = server.published.length;
      await server.open(uri, price);
      await server.change(uri, 2, [{ text: kept }]);
      await server.until("the finding is gone", () => server.rulesAt(uri).length === 0);
      await server.change(uri, 3, [{ text: price }]);
      await server.until("the finding is back", () => server.rulesAt(uri).length === 1);
      assert.deepEqual([...new Set(server.published.slice(count).map((one) => one.uri))], [uri]);
      assert.deepEqual(server.rulesAt(folder.uriOf("lesson_1/lib/price.ex")), ["process-as-object:1"]);
    });
  });
});
