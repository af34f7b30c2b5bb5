import assert from "node:assert/strict";
import { test } from "node:test";
import type { PanelNode, PanelSnapshot } from "../../server/src/protocol/panel.ts";
import { type FoldInput, foldTree, wayTo } from "../../server/src/protocol/panel-fold.ts";
import { finding, generated, node, sample, shop, snapshotOf } from "../webview/samples.ts";

function fold(snapshot: PanelSnapshot, rest: Partial<FoldInput> = {}) {
  const found = new Map<string, number>();
  for (const { definition } of snapshot.findings) if (definition !== null) found.set(definition, (found.get(definition) ?? 0) + 1);
  const none = new Set<string>();
  const findingsOf = ({ definition }: PanelNode) => (definition === null ? 0 : (found.get(definition) ?? 0));
  return foldTree({
    roots: snapshot.roots,
    budget: 60,
    limit: 300,
    opened: none,
    closed: none,
    pinned: none,
    findingsOf,
    keep: null,
    ...rest,
  });
}

const tree = (...children: Parameters<typeof sample>[0][number]["root"][]) =>
  snapshotOf(
    sample([
      {
        name: "app",
        root: node(
          "supervisor",
          "App.Supervisor",
          {},
          children.filter((child) => child !== null),
        ),
      },
    ]),
  );

test("what fits is shown whole, parents before children, in the tree's order", () => {
  const { shown, total, drawn } = fold(snapshotOf(shop()));
  assert.equal(drawn, total);
  const seen = new Set<string>();
  for (const { key, parent } of shown) {
    assert.ok(parent === null || seen.has(parent), key);
    seen.add(key);
  }
  const titles = shown.filter(({ depth }) => depth === 2).map((item) => item.node?.title);
  assert.deepEqual(titles.slice(0, 4), ["Repo", "Registry", "Vault", "Inventory.Supervisor"]);
});

test("a budget is kept, whatever the size; nothing is lost in it", () => {
  for (const count of [61, 100, 1000, 10_000]) {
    for (const budget of [10, 60, 150]) {
      const { shown, total, drawn } = fold(snapshotOf(generated(count)), { budget });
      assert.ok(shown.length <= budget, `${shown.length} of ${budget} for ${count}`);
      assert.ok(shown.length > Math.min(budget, count) / 3, `${shown.length} of ${budget} for ${count}`);
      const counted = shown.reduce((sum, { hidden, form }) => sum + hidden + (form === "rest" ? 0 : 1), 0);
      assert.equal(counted, total);
      assert.ok(drawn <= shown.length);
    }
  }
});

test("what is asked for is opened, up to the limit", () => {
  const snapshot = snapshotOf(generated(10_000));
  const opened = new Set<string>();
  for (let round = 0; round < 8; round++) for (const { key, open } of fold(snapshot, { opened }).shown) if (open === false) opened.add(key);
  const { shown } = fold(snapshot, { opened });
  assert.ok(shown.length > 200 && shown.length <= 300, `${shown.length}`);
});

test("more than four like leaves are a stack; four are not; a pinned one is seen", () => {
  const workers = (count: number) => Array.from({ length: count }, (_, index) => node("gen_server", "App.Worker", { id: `${index}` }));
  const forms = (snapshot: PanelSnapshot, rest: Partial<FoldInput> = {}) =>
    fold(snapshot, rest)
      .shown.slice(2)
      .map(({ form, members }) => `${form} ${members.length}`);
  assert.deepEqual(forms(tree(...workers(4))), Array(4).fill("node 1"));
  assert.deepEqual(forms(tree(node("agent", "App.First"), ...workers(5), node("agent", "App.Last"))), ["node 1", "stack 5", "node 1"]);
  assert.deepEqual(
    forms(tree(...workers(3), node("gen_server", "App.Worker", { restart: "temporary" }), ...workers(3))),
    Array(7).fill("node 1"),
  );
  const pinned = new Set([tree(...workers(5)).roots[0]?.children[0]?.children[3]?.key ?? ""]);
  assert.deepEqual(forms(tree(...workers(5)), { pinned }), Array(5).fill("node 1"));
});

test("like subtrees are a stack with the first one's children below it; asking for one of the others takes it apart", () => {
  const acceptor = (index: number) =>
    node("supervisor", "App.Acceptor", { id: `${index}` }, [node("dynamic_supervisor", "App.Pool"), node("task", "App.Loop")]);
  const snapshot = tree(...Array.from({ length: 10 }, (_, index) => acceptor(index)));
  const { shown, total } = fold(snapshot);
  const forms = (list: typeof shown) => list.slice(2).map(({ form, members, depth }) => `${depth} ${form} ${members.length}`);
  assert.deepEqual(forms(shown), ["2 stack 10", "3 node 1", "3 node 1"]);
  assert.equal(shown[2]?.hidden, 27);
  assert.equal(
    shown.reduce((sum, { hidden }) => sum + hidden + 1, 0),
    total,
  );
  const unlike = (index: number) =>
    node("supervisor", "App.Acceptor", {}, [node("task", index % 2 === 0 ? "App.A" : "App.B"), node("task", "App.Loop")]);
  const mixed = fold(tree(...Array.from({ length: 10 }, (_, index) => unlike(index))));
  assert.ok(mixed.shown.every(({ form }) => form === "node"));
  const inner = (index: number) => snapshot.roots[0]?.children[0]?.children[index]?.children[1]?.key ?? "";
  assert.equal(fold(snapshot, { pinned: new Set([inner(0)]) }).shown.length, 5);
  assert.equal(fold(snapshot, { pinned: new Set([inner(7)]) }).shown.length, 32);
});

test("of many children those with findings are shown, and the others counted", () => {
  const children = Array.from({ length: 200 }, (_, index) => node("gen_server", `App.W${index}`));
  const findings = [finding("call-cycle", "App.W150", "m", "f")];
  const snapshot = snapshotOf(sample([{ name: "app", root: node("supervisor", "App.Supervisor", {}, children) }], { findings }));
  const { shown } = fold(snapshot);
  assert.ok(shown.some((item) => item.node?.title === "W150"));
  const rest = shown.find(({ form }) => form === "rest");
  assert.equal(rest?.members.length, 200 - (shown.length - 3));
});

test("only what has findings, and the way to it; a closed node counts what it hides", () => {
  const snapshot = snapshotOf(shop());
  const titles = fold(snapshot, {
    keep: ({ definition }) => snapshot.findings.some((one) => definition !== null && one.definition === definition),
  }).shown.map((item) => item.node?.title);
  assert.deepEqual(titles, [
    "shop",
    "Supervisor",
    "Inventory.Supervisor",
    "Inventory.Server",
    "Orders.Supervisor",
    "Orders.Dispatcher",
    "Pricing.Calculator",
  ]);
  const root = snapshot.roots[0]?.key ?? "";
  const [closed] = fold(snapshot, { closed: new Set([root]) }).shown;
  assert.deepEqual([closed?.open, closed?.hidden, closed?.hiddenFindings], [false, 17, 3]);
});

test("the way to a node is its ancestors' keys", () => {
  const snapshot = tree(node("supervisor", "App.Inner", {}, [node("agent", "App.Deep")]));
  const deep = snapshot.roots[0]?.children[0]?.children[0]?.children[0];
  assert.ok(deep);
  assert.equal(wayTo(snapshot.roots, deep.key)?.length, 3);
  assert.equal(wayTo(snapshot.roots, "nowhere"), null);
});

test("keys are unique, and those of siblings stay when another child comes before them", () => {
  const twins = () => [node("agent", "App.A"), node("agent", "App.A"), node("agent", "App.B")];
  const keys = (snapshot: PanelSnapshot) => snapshot.roots[0]?.children[0]?.children.map(({ key }) => key) ?? [];
  assert.equal(new Set(keys(tree(...twins()))).size, 3);
  assert.deepEqual(keys(tree(node("agent", "App.New"), ...twins())).slice(1), keys(tree(...twins())));
});

test("what is quiet stays closed until somebody asks for it, or for what is below", () => {
  const snapshot = tree(node("supervisor", "Pool", {}, [node("gen_server", "Pool.Owner")]), node("gen_server", "App.Cache"));
  const isQuiet = ({ module }: PanelNode) => module === "Pool";
  const titles = (rest: Partial<FoldInput> = {}) => fold(snapshot, { isQuiet, ...rest }).shown.map((item) => item.node?.title);
  const pool = snapshot.roots[0]?.children[0]?.children[0]?.key ?? "";
  assert.equal(titles().includes("Owner"), false);
  assert.equal(fold(snapshot, { isQuiet }).shown.find(({ key }) => key === pool)?.hidden, 1);
  assert.ok(titles({ opened: new Set([pool]) }).some((title) => title?.endsWith("Owner")));
});

test("room that closed subtrees leave is for what stands right below an application", () => {
  const pools = Array.from({ length: 26 }, (_, index) =>
    node("supervisor", `Pool${index}`, {}, [node("gen_server", `Pool${index}.Owner`)]),
  );
  const snapshot = tree(...pools);
  const isQuiet = ({ module }: PanelNode) => module?.startsWith("Pool") === true;
  const crowded = fold(snapshot, { budget: 60 });
  const roomy = fold(snapshot, { budget: 60, isQuiet });
  assert.equal(roomy.shown.filter(({ depth }) => depth === 2).length, 26);
  assert.ok(roomy.shown.length <= 60 && crowded.shown.length <= 60);
  // No more than the budget, where one application alone has more than that.
  assert.ok(
    fold(tree(...Array.from({ length: 200 }, (_, index) => node("gen_server", `W${index}.Server`))), { isQuiet }).shown.length <= 60,
  );
});

test("a rest that somebody opens is shown, though the budget is spent", () => {
  const snapshot = tree(...Array.from({ length: 80 }, (_, index) => node("gen_server", `W${index}.Server`)));
  const rest = fold(snapshot).shown.find(({ form }) => form === "rest");
  assert.ok(rest !== undefined);
  assert.equal(fold(snapshot, { opened: new Set([rest.key]) }).shown.length, 82);
});
