import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { TreeNode } from "../../../server/src/model/topology.ts";
import { plainStyle } from "../../../server/src/present/terminal-style.ts";
import { treeDot } from "../../../server/src/present/tree-dot.ts";
import { treeJson } from "../../../server/src/present/tree-json.ts";
import { nodeFacts } from "../../../server/src/present/tree-label.ts";
import { treeText } from "../../../server/src/present/tree-text.ts";
import { place, sampleApplication, sampleNode, samplePlaces } from "../../support/sample.ts";

const ownModules = new Set(["Elixir.Shop.Worker"]);
const trees = { language: "elixir" as const, applications: [sampleApplication], unattached: [sampleNode({ module: "Shop.Loose" })] };

describe("the supervision tree", () => {
  test("as text", () => {
    assert.equal(
      treeText(trees, samplePlaces, { style: plainStyle, width: null, ownModules, findings: new Map([["Elixir.Shop.Cache", 2]]) }),
      [
        "shop  Shop.Application  lib/application.ex:5",
        "└─ Shop.Supervisor    Supervisor · one_for_one                          lib/application.ex:8",
        "   ├─ Shop.Cache ▲ 2  GenServer                                         lib/application.ex:9",
        "   ├─ Shop.Carts      DynamicSupervisor · one_for_one · 100 in 1 s      lib/application.ex:10",
        "   │  └┄ Shop.Cart    GenServer · temporary · many · started on demand  lib/carts.ex:12",
        "   └─ Shop.Reloader   GenServer · if Mix.env() == :dev · probable       lib/application.ex:11",
        "",
        "unattached  no supervisor that is known starts these",
        "└─ Shop.Loose  GenServer  lib/application.ex:8",
        "",
      ].join("\n"),
    );
  });

  test("as text, folds like siblings, and what a library keeps inside", () => {
    const top = place("lib/application.ex", 8);
    const inner = (module: string, children: TreeNode[] = []): TreeNode => sampleNode({ module, place: top, children });
    const pool = [1, 2, 3].map((id) => sampleNode({ id: `${id}`, module: "Shop.Pool", place: place("lib/pool.ex", 2) }));
    const lib = sampleNode({
      module: "Lib",
      place: top,
      children: [inner("Lib.A", [inner("Lib.B")]), inner("Lib.Inner", [inner("Shop.Worker")])],
    });
    const root = sampleNode({ module: "Shop.Top", place: place("lib/application.ex", 2), children: [...pool, lib] });
    const text = treeText({ language: "elixir", applications: [{ ...sampleApplication, root }], unattached: [] }, samplePlaces, {
      style: plainStyle,
      width: null,
      ownModules,
    });
    assert.deepEqual(
      text.split("\n").map((line) => line.replace(/^\W+/, "").replace(/ {2,}.*/, "")),
      ["shop", "Shop.Top", "Shop.Pool", "Lib", "Lib.Inner", "Shop.Worker", ""],
    );
    assert.match(text, /Shop\.Pool +GenServer × 3 /);
    assert.match(text, /Lib +GenServer · 2 more processes inside /);
  });

  test("as text, calls a library's process by the name that the workspace gave it", () => {
    const name = { scope: "local" as const, value: "Shop.Endpoint" };
    const children = [
      sampleNode({ module: "Lib.Endpoint", name }),
      sampleNode({ module: "Shop.Worker", name: { ...name, value: "Shop.W" } }),
    ];
    const root = sampleNode({ module: "Shop.Top", place: place("lib/application.ex", 2), children });
    const text = treeText({ language: "elixir", applications: [{ ...sampleApplication, root }], unattached: [] }, samplePlaces, {
      style: plainStyle,
      width: null,
      ownModules,
    });
    assert.match(text, /├─ Shop\.Endpoint +GenServer · runs Lib\.Endpoint {2}/);
    assert.match(text, /└─ Shop\.Worker +GenServer · named Shop\.W {2}/);
  });

  test("as text, says of a name in a registry which registry that is", () => {
    const named = (value: string): string | undefined =>
      nodeFacts(sampleNode({ module: "Shop.Cart", name: { scope: "via", value } })).find((fact) => fact.startsWith("named"));
    assert.equal(named("{:via, Registry, {Shop.Carts, 1}}"), "named in Shop.Carts");
    assert.equal(named("{via, syn, {carts, 1}}"), "named in carts");
    assert.equal(named("{via, gproc, {n, l, {cart, 1}}}"), "named in gproc");
    assert.equal(named("{via, cart_names, one}"), "named in cart_names");
  });

  test("as text, leaves out of what nothing starts what its heading says", () => {
    const loose = sampleNode({ module: "Shop.Loose", restart: "unknown", cardinality: "unknown", certainty: "probable" });
    const text = treeText({ language: "elixir", applications: [], unattached: [loose] }, samplePlaces, {
      style: plainStyle,
      width: null,
      ownModules,
    });
    assert.match(text, /└─ Shop\.Loose {2}GenServer · probable {2}/);
  });

  test("as text, no row is wider than the terminal: the ends of facts go, and at last the address", () => {
    const at = (width: number): string[] =>
      treeText(trees, samplePlaces, { style: plainStyle, width, ownModules, findings: new Map([["Elixir.Shop.Cache", 2]]) }).split("\n");
    for (const width of [48, 60, 72, 80]) {
      const rows = at(width).filter((line) => /[├└]/.test(line));
      assert.deepEqual(
        rows.filter((line) => line.length > width),
        [],
      );
    }
    assert.match(at(80)[4] ?? "", /^ {3}│ {2}└┄ Shop\.Cart {4}GenServer · temporary · many · started…? .*lib\/carts\.ex:12$/);
    assert.match(at(48)[4] ?? "", /^ {3}│ {2}└┄ Shop\.Cart {4}GenServer · temporary · m…$/);
    assert.match(at(60)[2] ?? "", /Shop\.Cache ▲ 2 {2}GenServer {2,}lib\/application\.ex:9$/);
  });

  test("as text, siblings that differ in their names alone are one row, from five on", () => {
    const named = (count: number): string => {
      const children = Array.from({ length: count }, (_, index) =>
        sampleNode({
          id: `${index}`,
          module: "Shop.Pool",
          name: { scope: "local", value: `pool_${index}` },
          place: place("lib/pool.ex", 2),
        }),
      );
      const root = sampleNode({ module: "Shop.Top", place: place("lib/application.ex", 2), children });
      const options = { style: plainStyle, width: null, ownModules };
      return treeText({ language: "elixir", applications: [{ ...sampleApplication, root }], unattached: [] }, samplePlaces, options);
    };
    assert.match(named(5), /└─ Shop\.Pool {2}GenServer × 5 · named pool_0 … pool_4 {2}/);
    assert.equal(named(5).match(/Shop\.Pool/g)?.length, 1);
    assert.equal(named(4).match(/Shop\.Pool/g)?.length, 4);
  });

  test("as text, a long condition is cut, and a script's path is said once", () => {
    const child = sampleNode({ module: "Shop.Worker", condition: "x".repeat(200), place: place("lib/pool.ex", 2) });
    const root = sampleNode({ module: "Shop.Top", place: place("lib/application.ex", 5), children: [child] });
    const application = { ...sampleApplication, callback: "lib/application.ex", root };
    const text = treeText({ language: "elixir", applications: [application], unattached: [] }, samplePlaces, {
      style: plainStyle,
      width: null,
      ownModules,
    });
    assert.match(text, /^shop {2}lib\/application\.ex:5\n/);
    assert.match(text, / · x{71}… {2}/);
  });

  test("as text, of a library and of nothing", () => {
    const library = { language: "elixir" as const, applications: [{ ...sampleApplication, callback: null, root: null }], unattached: [] };
    assert.match(
      treeText(library, samplePlaces, { style: plainStyle, width: null, ownModules }),
      /^libraries {2}applications without a supervision tree\n└─ shop {2}lib\/application\.ex:5\n$/,
    );
    assert.equal(
      treeText({ language: "elixir", applications: [], unattached: [] }, samplePlaces, { style: plainStyle, width: null, ownModules }),
      "No applications and no processes.\n",
    );
  });

  test("as json is the documented shape, key by key", () => {
    const data = treeJson(trees, samplePlaces, [{ file: "lib/x.ex", line: 3, message: "unexpected end" }]) as {
      schema: string;
      applications: { root: { children: object[] } }[];
      unattached: object[];
      problems: object[];
    };
    assert.equal(data.schema, "process-topology/tree@1");
    assert.deepEqual(Object.keys(data), ["schema", "applications", "unattached", "problems"]);
    assert.deepEqual(Object.keys(data.applications[0] ?? {}), ["name", "language", "callback", "file", "line", "root"]);
    assert.deepEqual(data.applications[0]?.root.children[0], {
      id: "Shop.Cache",
      module: "Shop.Cache",
      kind: "gen_server",
      type: "worker",
      start: "Shop.Cache:start_link/1",
      name: { scope: "local", value: "Shop.Cache" },
      cardinality: "one",
      restart: "permanent",
      shutdown: 5000,
      strategy: null,
      intensity: null,
      period: null,
      origin: "init",
      condition: null,
      certainty: "certain",
      file: "lib/application.ex",
      line: 9,
      children: [],
    });
    assert.deepEqual(data.problems, [{ file: "lib/x.ex", line: 3, message: "unexpected end" }]);
  });

  test("as dot: a cluster an application, dashed lines for what starts on demand, quotes escaped", () => {
    const quoted = { language: "elixir" as const, applications: [{ ...sampleApplication, name: 'a"b\\' }], unattached: [] };
    const dot = treeDot(quoted, samplePlaces);
    assert.match(dot, /^digraph supervision \{/);
    assert.match(dot, /label="a\\"b\\\\";/);
    assert.match(dot, /N3 -> N4 \[style=dashed\];/);
    assert.equal(dot.match(/N\d+ \[shape/g)?.length, 5);
  });
});
