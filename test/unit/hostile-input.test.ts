import assert from "node:assert/strict";
import { chmodSync, mkdirSync, symlinkSync } from "node:fs";
import { afterEach, describe, test } from "node:test";
import { analyzeFolder } from "../../server/src/analysis/analyze-folder.ts";
import { engine } from "../../server/src/analysis/engine.ts";
import type { Snapshot } from "../../server/src/analysis/snapshot.ts";
import type { FileTree } from "../../server/src/platform/file-tree.ts";
import { folderOnDisk } from "../../server/src/platform/files-node.ts";
import { type TemporaryFolder, temporaryFolder } from "../support/temporary-folder.ts";

/** A finding of this in a snapshot shows that the rest was analysed. */
const sound = "defmodule Sound do\n  use GenServer\nend\n";

describe("hostile input", () => {
  let folder: TemporaryFolder;
  afterEach(() => folder.remove());

  async function analyze(files: Readonly<Record<string, string | Uint8Array>>, prepare: () => void = () => {}): Promise<Snapshot> {
    folder = temporaryFolder({ "lib/sound.ex": sound, ...files });
    prepare();
    const snapshot = await analyzeFolder(folderOnDisk(folder.path), { engine });
    assert.ok(
      snapshot.findings.some(({ place }) => place.file === "lib/sound.ex"),
      "the sound file was analysed",
    );
    return snapshot;
  }
  const problems = (snapshot: Snapshot): string[] => snapshot.problems.map(({ file, line, message }) => `${file}:${line}: ${message}`);

  test("broken syntax in the middle of a file", async () => {
    const broken = `${sound.replace("Sound", "Before")}\ndefmodule Broken do\n  def a(, do: [1, %{\nend\n\n${sound.replace("Sound", "After")}`;
    const snapshot = await analyze({ "lib/broken.ex": broken });
    assert.ok(
      problems(snapshot).length > 0 && problems(snapshot).every((problem) => /^lib\/broken\.ex:\d+: /.test(problem)),
      problems(snapshot).join("\n"),
    );
    assert.ok(snapshot.findings.some(({ process }) => process === "Elixir.Before"));
  });

  test("a binary with the name of a source file", async () => {
    const snapshot = await analyze({ "lib/binary.ex": new Uint8Array([127, 69, 76, 70, 0, 0, 255, 254, 10, 13]) });
    assert.deepEqual(problems(snapshot), ["lib/binary.ex:1: This file is binary and was not read."]);
  });

  test("a file of 20 MB", async () => {
    const snapshot = await analyze({ "lib/large.ex": new Uint8Array(20 * 1024 * 1024).fill(97) });
    assert.deepEqual(problems(snapshot), ["lib/large.ex:1: This file has 20 MB; files of more than 8 MB are not read."]);
  });

  test("links that lead in circles, nowhere, and to the same folder twice", async () => {
    const snapshot = await analyze({ "outside/x.md": "" }, () => {
      symlinkSync("..", folder.at("lib/up"));
      symlinkSync("b.ex", folder.at("lib/a.ex"));
      symlinkSync("a.ex", folder.at("lib/b.ex"));
      symlinkSync("gone.ex", folder.at("lib/dangling.ex"));
      symlinkSync("someone@host.1", folder.at("lib/.#sound.ex"));
      symlinkSync("lib", folder.at("again"));
    });
    assert.deepEqual(problems(snapshot), [
      "lib/a.ex:1: This link leads in a circle.",
      "lib/b.ex:1: This link leads in a circle.",
      "lib/dangling.ex:1: This link leads to a file that cannot be found.",
      "lib/up:1: This link leads back to a folder that holds it; the loop was not followed.",
    ]);
    assert.equal(snapshot.summary.files, 1);
  });

  test("a folder behind a link is read once, and its own loop is not followed", async () => {
    const outside = temporaryFolder({ "shared.ex": sound.replace("Sound", "Shared") });
    symlinkSync(outside.path, outside.at("loop"));
    const snapshot = await analyze({}, () => {
      symlinkSync(outside.path, folder.at("lib/one"));
      symlinkSync(outside.path, folder.at("lib/two"));
    });
    outside.remove();
    assert.deepEqual([...snapshot.files.keys()], ["lib/sound.ex", "lib/one/shared.ex"]);
    assert.deepEqual(problems(snapshot), ["lib/one/loop:1: This link leads back to a folder that holds it; the loop was not followed."]);
  });

  test("files and folders that cannot be read", async () => {
    // Root may read everything, so that the disk says no through its interface.
    const files = temporaryFolder({ "lib/sound.ex": sound, "lib/secret.ex": sound, "lib/private/x.ex": sound });
    folder = files;
    chmodSync(files.at("lib/secret.ex"), 0);
    const disk = folderOnDisk(files.path);
    const refusing: FileTree = {
      ...disk,
      list: (path) => (path === "lib/private" ? { trouble: "This folder cannot be read (EACCES)." } : disk.list(path)),
      read: (path, limit) => (path === "lib/secret.ex" ? { trouble: "This file cannot be read (EACCES)." } : disk.read(path, limit)),
    };
    const snapshot = await analyzeFolder(refusing, { engine });
    assert.deepEqual(problems(snapshot), [
      "lib/private:1: This folder cannot be read (EACCES).",
      "lib/secret.ex:1: This file cannot be read (EACCES).",
    ]);
    assert.equal(snapshot.findings.length, 1);
  });

  test("a folder with the name of a source file", async () => {
    const snapshot = await analyze({}, () => mkdirSync(folder.at("lib/folder.ex")));
    assert.deepEqual(problems(snapshot), []);
  });

  test("text that is not UTF-8 is read as Latin-1; a byte order mark and CRLF are no trouble", async () => {
    const latin1 = Buffer.from(`# caf\xe9\n${sound.replace("Sound", "Latin")}`, "latin1");
    const crlf = sound.replace("Sound", "Lines").replaceAll("\n", "\r\n");
    const snapshot = await analyze({ "lib/latin.ex": latin1, "lib/lines.ex": `\ufeff${crlf}` });
    assert.deepEqual(problems(snapshot), ["lib/latin.ex:1: This file is not UTF-8; it was read as Latin-1."]);
    const places = new Map(snapshot.findings.map((finding) => [finding.process, snapshot.locate(finding.place)]));
    assert.deepEqual(places.get("Elixir.Latin"), { file: "lib/latin.ex", line: 2, column: 11, endLine: 2, endColumn: 16 });
    assert.deepEqual(places.get("Elixir.Lines"), { file: "lib/lines.ex", line: 1, column: 11, endLine: 1, endColumn: 16 });
    assert.equal(snapshot.line("lib/lines.ex", 2), "  use GenServer");
  });

  test("a module that is defined twice", async () => {
    const twin = sound.replace("Sound", "Twin");
    const snapshot = await analyze({ "lib/a.ex": twin, "lib/b.ex": twin });
    assert.equal(problems(snapshot).length, 1);
    assert.match(problems(snapshot)[0] ?? "", /^lib\/[ab]\.ex:1: Twin is defined in lib\/[ab]\.ex too/);
  });

  test("modules that use each other, and themselves", async () => {
    const using = (name: string, used: string): string =>
      `defmodule ${name} do\n  use ${used}\n  defmacro __using__(_) do\n    quote do\n      use ${used}\n    end\n  end\nend\n`;
    const snapshot = await analyze({ "lib/a.ex": using("A", "B"), "lib/b.ex": using("B", "A"), "lib/c.ex": using("C", "C") });
    assert.equal(snapshot.summary.files, 4);
  });

  test("supervisors that supervise themselves and each other", async () => {
    const supervisor = (name: string, child: string): string =>
      `defmodule ${name} do
  use Supervisor
  def start_link(arg), do: Supervisor.start_link(__MODULE__, arg, name: __MODULE__)
  def init(_arg), do: Supervisor.init([${child}], strategy: :one_for_one)
end
`;
    const application = `defmodule App do
  use Application
  def start(_, _), do: Supervisor.start_link([Itself, Left], strategy: :one_for_one)
end
`;
    const snapshot = await analyze({
      "mix.exs": "defmodule M do\n  use Mix.Project\n  def project, do: [app: :m]\n  def application, do: [mod: {App, []}]\nend\n",
      "lib/app.ex": application,
      "lib/itself.ex": supervisor("Itself", "Itself"),
      "lib/left.ex": supervisor("Left", "Right"),
      "lib/right.ex": supervisor("Right", "Left"),
    });
    assert.ok(snapshot.summary.processes < 1000, `${snapshot.summary.processes} processes`);
    assert.ok(
      problems(snapshot).some((problem) => /Itself/.test(problem)),
      problems(snapshot).join("\n"),
    );
  });

  test("10,000 modules", async () => {
    const module = (i: number): string =>
      `defmodule Big.M${i} do\n  use GenServer\n  def run(x), do: Big.M${(i * 7 + 1) % 10_000}.run(x)\n  def ask, do: GenServer.call(Big.M${(i + 1) % 10_000}, :ask)\n  def init(x), do: {:ok, x}\n  def handle_call(:ask, _, s), do: {:reply, s, s}\nend\n`;
    const files: Record<string, string> = {};
    for (let i = 0; i < 100; i++) files[`lib/big${i}.ex`] = Array.from({ length: 100 }, (_, j) => module(i * 100 + j)).join("\n");
    const start = performance.now();
    const snapshot = await analyze(files);
    // Seconds, not minutes: nothing is quadratic in the number of modules.
    assert.ok(performance.now() - start < 60_000);
    assert.equal(snapshot.summary.files, 101);
    assert.ok(snapshot.summary.definitions >= 10_000);
    assert.deepEqual(problems(snapshot), []);
  });

  test("nesting as deep as a file may hold", async () => {
    const deep = `defmodule Deep do\n  def a, do: ${"[".repeat(20_000)}${"]".repeat(20_000)}\n  def b, do: ${"f(".repeat(5_000)}1${")".repeat(5_000)}\n  def c, do: ${"1 + ".repeat(20_000)}1\nend\n`;
    const unclosed = `defmodule Unclosed do\n${"  if x do\n".repeat(5_000)}`;
    const snapshot = await analyze({ "lib/deep.ex": deep, "lib/unclosed.ex": unclosed });
    assert.equal(snapshot.summary.files, 3);
  });
});
