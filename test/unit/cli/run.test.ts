import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type AnalyzedFolder, type CliHost, InputError } from "../../../server/src/cli/host.ts";
import { commands } from "../../../server/src/cli/index.ts";
import { run } from "../../../server/src/cli/run.ts";
import { EMPTY_TOPOLOGY } from "../../../server/src/model/empty-topology.ts";
import type { Finding } from "../../../server/src/model/finding.ts";
import { sampleApplication, sampleFinding, samplePlaces } from "../../support/sample.ts";

interface Ran {
  readonly status: number;
  readonly out: string;
  readonly error: string;
  readonly written: ReadonlyMap<string, string>;
}

/** Runs the command line over a made-up folder named `shop`, which had the findings `before` on `main`; `files` can be read. */
async function cli(
  args: string,
  findings: readonly Finding[] = [sampleFinding],
  files: Record<string, string> = {},
  before: readonly Finding[] = [],
  configured = "",
): Promise<Ran> {
  const written = new Map<string, string>();
  let [out, error] = ["", ""];
  const folder: AnalyzedFolder = {
    root: "/work/shop",
    title: "shop",
    topology: { ...EMPTY_TOPOLOGY, applications: [sampleApplication] },
    findings,
    ownModules: new Set(),
    problems: [{ file: "lib/broken.ex", line: 7, message: "unexpected end" }],
    callTimeOf: () => null,
    places: samplePlaces,
    summary: { files: 2, bytes: 300, definitions: 1, processes: 5, milliseconds: 3 },
    rules: [],
    baseline: configured,
    print: (atom) => atom.replace("Elixir.", ""),
  };
  const host: CliHost = {
    version: "9.9.9",
    color: false,
    columns: 80,
    out: (text) => void (out += text),
    error: (text) => void (error += text),
    analyze: async (path) => {
      if (path !== "shop" && path !== ".") throw new InputError(`${path}: no such file or folder`);
      return folder;
    },
    analyzeChange: async (path, revision) => {
      if (revision !== "main") throw new InputError(`there is no commit ${revision} in this repository`);
      const after = await host.analyze(path);
      return { commit: "0123456789abcdef", before: { ...after, findings: before }, after };
    },
    readText: async (path) => {
      const text = files[path];
      if (text === undefined) throw new InputError(`${path}: no such file or folder`);
      return text;
    },
    writeText: async (path, text) => void written.set(path, text),
    pageScript: async () => "console.log(1)",
    sha256: () => "hash",
    resolve: (...parts) => `/work/${parts.join("/")}`,
    fromHere: () => "apps/shop",
  };
  const status = await run(args === "" ? [] : args.split(" "), commands, host);
  return { status, out, error, written };
}

describe("exit status", () => {
  test("check fails on warnings unless told otherwise", async () => {
    assert.equal((await cli("check shop")).status, 1);
    assert.equal((await cli("check shop --fail-on error")).status, 0);
    assert.equal((await cli("check shop --fail-on never")).status, 0);
    assert.equal((await cli("check shop", [{ ...sampleFinding, severity: "info" }])).status, 0);
    assert.equal((await cli("check shop --fail-on info", [{ ...sampleFinding, severity: "info" }])).status, 1);
    assert.equal((await cli("check shop --fail-on info", [{ ...sampleFinding, severity: "hint" }])).status, 0);
    assert.equal((await cli("check shop --fail-on error", [{ ...sampleFinding, severity: "error" }])).status, 1);
    assert.equal((await cli("check", [])).status, 0);
  });

  const wrong: Record<string, RegExp> = {
    "": /which command\? check, tree/,
    frob: /unknown command "frob"/,
    "check --frob": /check: Unknown option '--frob'/,
    "check a b": /check takes one PATH, not 2/,
    "check shop --format xml": /--format is one of text, json, sarif, github, markdown, not "xml"/,
    "check shop --format": /check: Option '--format <value>' argument missing/,
    "check nowhere": /nowhere: no such file or folder/,
    "check shop --baseline gone.json": /gone\.json: no such file or folder/,
    "check shop --changed": /there is no commit HEAD in this repository/,
    "check shop --base": /check: Option '--base <value>' argument missing/,
    "check shop --base main --write-baseline": /a baseline holds all findings, so --write-baseline takes no --changed/,
    "tree shop --app other": /there is no application other \(there are shop\)/,
    explain: /explain needs a TARGET/,
    "explain Shop.Counter apps/shop": /explain takes one TARGET, not 2 \(a folder is named by --in PATH\)/,
    "explain apps/shop": /there is no module apps\/shop \(a folder is named by --in PATH\)/,
    "sequence apps/shop": /there is no function apps\/shop \(a folder is named by --in PATH\)/,
    "explain Shop.Nothing": /there is no module Shop\.Nothing/,
    "sequence Shop.Nothing.go/1": /there is no function Shop\.Nothing\.go\/1/,
    "explain lib/x.ex:4": /there is no module at lib\/x\.ex:4/,
  };
  for (const [args, message] of Object.entries(wrong)) {
    test(`\`${args}\` is said in one line, with status 2`, async () => {
      const { status, out, error } = await cli(args);
      assert.equal(status, 2);
      assert.equal(out, "");
      assert.match(error, message);
      assert.match(error, /^process-topology: [^\n]+\n$/);
    });
  }
});

describe("check", () => {
  test("text goes to standard output, problems with the input to standard error", async () => {
    const { out, error } = await cli("check shop");
    assert.match(out, /^warning singleton-bottleneck\/serialized-reads {2}lib\/cache\.ex:4:7\n/);
    assert.match(out, /\n1 finding: 1 warning \(1 process definition in 2 files, 3 ms\)\n$/);
    assert.equal(error, "note: lib/broken.ex:7: unexpected end\n");
  });

  test("json and sarif are one JSON value and nothing else", async () => {
    assert.equal(JSON.parse((await cli("check shop --format json")).out).schema, "process-topology/findings@1");
    assert.equal(JSON.parse((await cli("check shop --format=sarif")).out).version, "2.1.0");
  });

  test("a baseline is written, and then what is in it is left out", async () => {
    const { status, written, error } = await cli("check shop --write-baseline");
    assert.equal(status, 0);
    assert.match(error, /1 finding written to \/work\/shop\/process-topology-baseline\.json/);
    const text = written.get("/work/shop/process-topology-baseline.json") ?? "";
    const second = await cli("check shop --baseline known.json", [sampleFinding, { ...sampleFinding, process: "Elixir.New" }], {
      "known.json": text,
    });
    assert.equal(second.status, 1);
    assert.match(second.out, /1 finding: 1 warning \(.*; 1 known finding left out\)/);
    assert.equal((await cli("check shop --baseline known.json", [sampleFinding], { "known.json": text })).status, 0);
  });

  test("with a base, only what is new counts", async () => {
    const other = { ...sampleFinding, process: "Elixir.New" };
    const { status, out } = await cli("check shop --base main", [sampleFinding, other], {}, [sampleFinding]);
    assert.equal(status, 1);
    assert.match(out, /New since main \(01234567\): 1 finding: 1 warning \(0 fixed; supervision tree: no process added/);
    const same = await cli("check shop --base main", [sampleFinding], {}, [sampleFinding, other]);
    assert.equal(same.status, 0);
    assert.match(same.out, /^Nothing new since main \(01234567\)\. \(1 fixed; /);
    const { change } = JSON.parse((await cli("check shop --base main --format json", [], {}, [other])).out);
    assert.deepEqual([change.base, change.commit, change.processes], ["main", "0123456789abcdef", []]);
    assert.deepEqual(change.fixed, [
      {
        rule: other.rule,
        variant: other.variant,
        severity: "warning",
        process: "New",
        file: "lib/cache.ex",
        line: 4,
      },
    ]);
  });

  test("SARIF and Markdown are written beside what is printed, with paths as they are from the current folder", async () => {
    const { out, written } = await cli("check shop --format github --sarif a.sarif --markdown b.md --links https://example.org/x");
    assert.match(out, /^::warning file=apps\/shop\/lib\/cache\.ex,line=4/);
    assert.match(written.get("a.sarif") ?? "", /"uri": "apps\/shop\/lib\/cache\.ex"/);
    assert.match(written.get("b.md") ?? "", /\(<https:\/\/example\.org\/x\/apps\/shop\/lib\/cache\.ex#L4>\)/);
  });

  test("a baseline file that is none is unreadable input", async () => {
    const { status, error } = await cli("check shop --baseline odd.json", [], { "odd.json": "[]" });
    assert.equal(status, 2);
    assert.match(error, /odd\.json is not a baseline file/);
  });
});

describe("tree, topology, report", () => {
  test("tree prints each format", async () => {
    assert.match((await cli("tree shop")).out, /└─ Shop\.Supervisor/);
    assert.equal(JSON.parse((await cli("tree shop --format json --app shop")).out).applications.length, 1);
    assert.match((await cli("tree shop --format mermaid")).out, /^flowchart LR\n/);
    assert.match((await cli("tree shop --format dot")).out, /^digraph/);
    assert.match((await cli("tree shop --format html")).out, /^<!doctype html>[\s\S]*console\.log\(1\)/);
  });

  test("topology prints json and mermaid", async () => {
    assert.equal(JSON.parse((await cli("topology shop")).out).schema, "process-topology/topology@1");
    assert.match((await cli("topology shop --format mermaid")).out, /^flowchart LR\n/);
  });

  test("report prints tree and findings, and writes a page", async () => {
    const { status, out, written } = await cli("report shop --html page.html");
    assert.equal(status, 0);
    assert.match(out, /Shop\.Cache[\s\S]*warning singleton-bottleneck[\s\S]*1 finding: 1 warning[\s\S]*\/work\/page\.html\n$/);
    assert.match(written.get("/work/page.html") ?? "", /^<!doctype html>/);
  });
});

describe("help", () => {
  test("lists every command and option", async () => {
    const { out, status } = await cli("--help");
    assert.equal(status, 0);
    for (const name of ["check", "tree", "topology", "explain", "report", "--write-baseline", "--fail-on error|warning|info|never"])
      assert.ok(out.includes(name), name);
    assert.match((await cli("tree --help")).out, /--app NAME/);
    assert.equal((await cli("--version")).out, "9.9.9\n");
  });
});
