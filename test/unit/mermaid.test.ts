import assert from "node:assert/strict";
import { test } from "node:test";
import type { TreeNode } from "../../server/src/model/topology.ts";
import { treeToMermaid } from "../../server/src/present/mermaid.ts";
import { encodeLabel } from "../../server/src/protocol/mermaid-label.ts";
import { finding, generated, node, sample, shop, snapshotOf } from "../webview/samples.ts";

const treeOf = (...children: TreeNode[]) =>
  snapshotOf(sample([{ name: "app", root: node("supervisor", "App.Supervisor", {}, children) }]), "app");

test("a tree is a flowchart with a title, nodes, lines in the tree's order, classes", () => {
  const text = treeToMermaid(
    treeOf(
      node("gen_server", "App.Cache"),
      node("dynamic_supervisor", "App.Jobs", {}, [
        node("gen_server", "App.Job", { cardinality: "many", origin: "dynamic", restart: "transient" }),
      ]),
    ),
  );
  assert.equal(
    text,
    `flowchart LR
  accTitle: Supervision tree of app
  accDescr: Lines lead from supervisors to their children, 0 findings
  N1["app<br/>application · App.Application"]
  N2["Supervisor<br/>one_for_one"]
  N3["Cache<br/>GenServer"]
  N4["Jobs<br/>DynamicSupervisor"]
  N5@{ shape: st-rect, label: "Job<br/>GenServer · transient" }
  N1 --- N2
  N2 --- N3
  N2 --- N4
  N4 -.- N5
  class N1 application
  class N2,N4 supervisor
  class N3,N5 worker
  classDef application fill:#dbeafe,stroke:#2563eb,color:#172554
  classDef supervisor fill:#ede9fe,stroke:#7c3aed,color:#2e1065
  classDef worker fill:#dcfce7,stroke:#16a34a,color:#052e16
  classDef task fill:#fef9c3,stroke:#ca8a04,color:#422006
  classDef registry fill:#e2e8f0,stroke:#475569,color:#0f172a
  classDef stage fill:#cffafe,stroke:#0891b2,color:#083344
  classDef other fill:#f1f5f9,stroke:#94a3b8,color:#0f172a
  classDef conditional stroke-dasharray:5 3
  classDef finding stroke:#ea580c,stroke-width:3px
`,
  );
});

test("findings, conditions and stacks are in words, not in colors only", () => {
  const text = treeToMermaid(snapshotOf(shop()));
  assert.match(text, /Inventory\.Server<br\/>GenServer · 42 callers<br\/>⚠ 1 finding"/);
  assert.match(text, /Metrics<br\/>GenServer<br\/>if Mix\.env\(\) #61;#61; :prod"/);
  const workers = Array.from({ length: 12 }, (_, index) => node("gen_server", "App.Worker", { id: `${index}` }));
  assert.match(treeToMermaid(treeOf(...workers)), /st-rect, label: "Worker ×12<br\/>GenServer"/);
});

test("nothing to draw is said", () => {
  assert.match(treeToMermaid(snapshotOf(sample([{ name: "schemas", root: null }]))), /^flowchart LR\n.*\n {2}N1\["No process found"\]\n$/);
});

test("a large tree is folded below Mermaid's limits, and says what is left out", () => {
  const text = treeToMermaid(snapshotOf(generated(5000)));
  assert.ok(text.length < 50_000, `${text.length} characters`);
  const edges = text.match(/^ {2}N\d+ (---|-\.-) N\d+$/gm) ?? [];
  assert.ok(edges.length > 100 && edges.length < 500, `${edges.length} edges`);
  assert.match(text, /accDescr: .* \d+ of 5003 nodes drawn/);
  assert.match(text, /more below|\d+ more"/);
});

test("long labels do not break the limit on characters", () => {
  const wide = Array.from({ length: 400 }, (_, index) => node("gen_server", `${'"<'.repeat(250)}${index}`, { condition: "#".repeat(500) }));
  const text = treeToMermaid(treeOf(...wide));
  assert.ok(text.length < 50_000, `${text.length} characters`);
});

test("labels cannot end their quotes, make HTML, entities, formulas, icons or lists", () => {
  assert.equal(encodeLabel('"><img src=x onerror=alert(1)>'), "#34;#62;#60;img src#61;x onerror#61;alert(1)#62;");
  assert.equal(encodeLabel("#quot; &amp; #35;"), "#35;quot#59; #38;#8288;amp#59; #35;35#59;");
  assert.equal(encodeLabel("$$x$$"), "#36;#8288;#36;x#36;#8288;#36;");
  assert.equal(encodeLabel("fa:fa-bomb"), "fa:#8288;fa-bomb");
  assert.equal(encodeLabel("one_for_one __x__ _"), "one_for_one #95;#95;x#95;#95; #95;");
  assert.equal(encodeLabel("1. a"), "1#8288;. a");
  assert.equal(encodeLabel("a\u202eb\u0000c\nd"), "a b c d");
  assert.equal(encodeLabel("A".repeat(500), 10), "AAAAAAAAA…");
  assert.equal(encodeLabel("😀".repeat(20), 3), "#128512;#128512;…");
  assert.equal(encodeLabel("Größe ラベル"), "Größe ラベル");
});

test("findings of processes outside of the tree change nothing", () => {
  const some = sample([{ name: "app", root: node("supervisor", "App.Supervisor") }], {
    findings: [finding("unsupervised-process", "App.Loose", "m", "f")],
  });
  assert.match(treeToMermaid(snapshotOf(some)), /1 finding$/m);
});
