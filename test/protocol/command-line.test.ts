import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { inRepository } from "../support/paths.ts";

interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function cli(args: readonly string[], env: Record<string, string> = {}, cwd?: string): Ran {
  return spawnSync(process.execPath, [inRepository("dist", "cli.js"), ...args], {
    encoding: "utf8",
    env: { PATH: process.env.PATH, ...env },
    cwd,
  });
}

/** The rules of the findings of a folder. */
function rulesIn(folder: string, ...options: string[]): string[] {
  const { findings } = JSON.parse(cli(["check", folder, "--format", "json", ...options]).stdout) as {
    findings: { rule: string; variant: string | null }[];
  };
  return [...new Set(findings.map(({ rule, variant }) => (variant === null ? rule : `${rule}/${variant}`)))].sort();
}

describe("the built command line", () => {
  let folder = "";
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "process-topology-cli-"));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  test("finds in the example what its README says", () => {
    const promised = [
      ...readFileSync(inRepository("examples/elixir_shop/README.md"), "utf8").matchAll(/\| `([a-z-]+)`(?: \(([a-z-]+)\))? \|$/gm),
    ];
    assert.deepEqual(
      rulesIn(inRepository("examples/elixir_shop")),
      [...new Set(promised.map(([, rule, variant]) => (variant === undefined ? rule : `${rule}/${variant}`)))].sort(),
    );
  });

  test("a baseline keeps known findings quiet when their code moves", () => {
    const shop = join(folder, "shop");
    cpSync(inRepository("examples/elixir_shop"), shop, { recursive: true });
    assert.equal(cli(["check", shop]).status, 1);
    assert.equal(cli(["check", shop, "--write-baseline"]).status, 0);
    const baseline = join(shop, "process-topology-baseline.json");
    const file = join(shop, "lib/elixir_shop/tax_calculator.ex");
    writeFileSync(file, `# A line more.\n\n${readFileSync(file, "utf8")}`);
    const quiet = cli(["check", shop, "--baseline", baseline]);
    assert.equal(quiet.status, 0, quiet.stdout);
    writeFileSync(file, readFileSync(file, "utf8").replaceAll("TaxCalculator", "DutyCalculator"));
    assert.equal(cli(["check", shop, "--baseline", baseline]).status, 1);
  });

  test("prints colors only where they are wanted", () => {
    const shop = inRepository("examples/elixir_shop");
    assert.ok(!cli(["tree", shop]).stdout.includes("\u001b"));
    assert.ok(cli(["tree", shop], { FORCE_COLOR: "1" }).stdout.includes("\u001b[1m"));
    assert.ok(!cli(["tree", shop], { FORCE_COLOR: "1", NO_COLOR: "1" }).stdout.includes("\u001b"));
  });

  test("report writes a page that needs nothing else", () => {
    const page = join(folder, "page.html");
    const { status, stdout } = cli(["report", inRepository("examples/elixir_shop"), "--html", page]);
    assert.equal(status, 0);
    assert.ok(stdout.includes(page));
    const html = readFileSync(page, "utf8");
    assert.match(html, /default-src 'none'/);
    const markup = html.replace(/<script[^>]*>[\s\S]*?<\/script>/g, "");
    assert.doesNotMatch(markup, /\b(?:src|href)=/);
    assert.equal(html.length - markup.length > 100_000, true, "the script is inside");
  });

  test("a function is named without its arity where it is the only one of the name; what runs a library's code is not called unknown", () => {
    const shop = inRepository("examples/elixir_shop");
    assert.equal(
      cli(["sequence", "ElixirShop.Checkout.total"], {}, shop).stdout,
      cli(["sequence", "ElixirShop.Checkout.total/2"], {}, shop).stdout,
    );
    assert.match(cli(["sequence", "ElixirShop.Checkout.total"], {}, shop).stdout, /^sequenceDiagram/);
    const library = cli(["explain", "ElixirShop.MailTasks"], {}, shop);
    assert.equal(library.status, 2);
    assert.match(
      library.stderr,
      /ElixirShop\.MailTasks runs the code of a library alone, and is started at lib\/elixir_shop\/application\.ex:\d+/,
    );
  });

  test("a sequence of TypeScript begins at a function by its name alone, or at the line of a file", () => {
    const bar = inRepository("examples/typescript_actors");
    const whole = cli(["sequence", "takeBeans (src/pantry.ts)"], {}, bar).stdout;
    assert.match(whole, /^sequenceDiagram\n {2}accTitle: Sequence of takeBeans/);
    const text = readFileSync(join(bar, "src/pantry.ts"), "utf8");
    const line = text.slice(0, text.indexOf("takeBeans(")).split("\n").length;
    for (const target of ["takeBeans", `src/pantry.ts:${line}`, `./src/pantry.ts:${line + 1}`])
      assert.equal(cli(["sequence", target], {}, bar).stdout, whole, target);
    assert.match(cli(["sequence", "src/nothing.ts:4"], {}, bar).stderr, /there is no function src\/nothing\.ts:4/);
  });

  test("a line of a function that an actor takes messages by is explained as the actor", () => {
    const { stdout } = cli(["explain", "src/pantry.ts:29"], {}, inRepository("examples/typescript_actors"));
    assert.match(stdout, /^countBeans {2}actor · one {2}src\/pantry\.ts:/);
  });

  test("reads the current folder where no PATH is given", () => {
    assert.match(cli(["tree"], {}, inRepository("examples/elixir_shop")).stdout, /^elixir_shop {2}ElixirShop\.Application/);
  });

  test("an empty folder has nothing, and that is no error", () => {
    const empty = join(folder, "empty");
    mkdirSync(empty);
    assert.deepEqual([cli(["check", empty]).status, cli(["tree", empty]).stdout], [0, "No applications and no processes.\n"]);
  });

  test("but a report of a folder without source asks whether it is the right one, and writes no page", () => {
    const bare = join(folder, "bare");
    mkdirSync(bare);
    const { status, stderr } = cli(["report", bare], {}, bare);
    assert.deepEqual([status, readdirSync(bare)], [2, []]);
    assert.match(stderr, /bare holds no source that can be read/);
  });

  test("a path that is no folder is said in one line, with status 2", () => {
    const file = join(folder, "file.ex");
    writeFileSync(file, "");
    for (const path of [file, join(folder, "nowhere")]) {
      const { status, stdout, stderr } = cli(["check", path]);
      assert.deepEqual([status, stdout], [2, ""]);
      assert.match(stderr, /^process-topology: [^\n]+\n$/);
    }
  });

  test("one broken file silences no other", () => {
    const broken = join(folder, "broken");
    cpSync(inRepository("examples/elixir_shop"), broken, { recursive: true });
    writeFileSync(join(broken, "lib/half.ex"), "defmodule Half do\n  def f(x) do\n    [1, {2\n");
    writeFileSync(join(broken, "lib/bytes.ex"), Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x00, 0xff, 0xfe]));
    const { status, stderr } = cli(["check", broken]);
    assert.equal(status, 1);
    assert.match(stderr, /note: lib\/half\.ex:\d+: /);
    assert.match(stderr, /note: lib\/bytes\.ex:\d+: /);
    assert.deepEqual(rulesIn(broken), rulesIn(inRepository("examples/elixir_shop")));
  });

  describe("a check of TypeScript without actor code", () => {
    const write = (name: string, files: Readonly<Record<string, string>>): string => {
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, name, path)), { recursive: true });
        writeFileSync(join(folder, name, path), text);
      }
      return join(folder, name);
    };
    const plain = { "package.json": "{}", "src/index.ts": "export const one = 1;\n" };

    test("needs nothing but a look at it", () => {
      const alone = join(folder, "alone.js");
      cpSync(inRepository("dist", "cli.js"), alone);
      const ran = (path: string) => spawnSync(process.execPath, [alone, "check", path], { encoding: "utf8" });
      const { status, stdout, stderr } = ran(write("looked", plain));
      assert.deepEqual([status, stderr], [0, ""]);
      assert.match(stdout, /^No findings\. \(0 process definitions in 2 files, \d+ ms\)\n$/);
      assert.match(ran(inRepository("examples/typescript_actors")).stderr, /commands\.js/);
    });

    test("is printed in every form", () => {
      const path = write("forms", plain);
      const printed = (...options: string[]): string => cli(["check", path, ...options]).stdout;
      const { summary } = JSON.parse(printed("--format", "json")) as { summary: object };
      assert.deepEqual({ ...summary, milliseconds: 0 }, { files: 2, bytes: 24, definitions: 0, processes: 0, milliseconds: 0 });
      assert.equal(printed("--format", "github"), "");
      const { runs } = JSON.parse(printed("--format", "sarif")) as { runs: { tool: { driver: { rules: { id: string }[] } } }[] };
      assert.ok(runs[0]?.tool.driver.rules.some(({ id }) => id === "call-cycle"));
      assert.match(printed("--format", "markdown"), /No findings|no findings|Nothing/);
    });

    test("says what is wrong as any other does", () => {
      const path = write("wrong", plain);
      const said = (...options: string[]) => {
        const { status, stderr } = cli(["check", path, ...options]);
        return [status, stderr];
      };
      assert.deepEqual(said("--baseline", "none.json"), [2, "process-topology: none.json: no such file or folder\n"]);
      assert.deepEqual(said("--formats", "json"), [2, "process-topology: check: Unknown option '--formats'\n"]);
      write("wrong", { ".process-topology.json": '{ "rules": { "no-rule": "off" } }' });
      const [status, stderr] = said();
      assert.equal(status, 2);
      assert.match(String(stderr), /There is no rule "no-rule"/);
    });

    test("becomes an analysis with the first file that shows some, and counts the ones before", () => {
      const thread = 'import { parentPort } from "node:worker_threads";\nparentPort?.postMessage(1);\n';
      const files = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`src/m${i}.ts`, "export {};\n"]));
      const path = write("later", {
        ...files,
        ...plain,
        "src/m2.ts": thread,
        "src/z/start.ts": 'new Worker(new URL("../m2.ts", import.meta.url));\n',
      });
      const { summary } = JSON.parse(cli(["check", path, "--format", "json"]).stdout) as {
        summary: { files: number; definitions: number };
      };
      assert.deepEqual([summary.files, summary.definitions], [303, 1]);
    });
  });

  test("a reader that stops early is no failure", () => {
    const done = spawnSync(
      "sh",
      [
        "-c",
        `"${process.execPath}" "${inRepository("dist", "cli.js")}" topology "${inRepository("examples/elixir_shop")}" | head -1; echo done`,
      ],
      {
        encoding: "utf8",
      },
    );
    assert.equal(done.stderr, "");
    assert.match(done.stdout, /^\{\ndone\n$/);
  });
});
