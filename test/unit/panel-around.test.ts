import assert from "node:assert/strict";
import { test } from "node:test";
import { foldAround } from "../../client/webview/around.ts";
import { buildModel } from "../../client/webview/model.ts";
import { allModes } from "../../client/webview/state.ts";
import { node, sample, snapshotOf } from "../webview/samples.ts";

const chain = () => {
  const names = ["A", "B", "C", "D", "E"];
  const definitions = new Set(names);
  const tree = node("supervisor", "Top", {}, [
    node("supervisor", "Left", {}, [node("gen_server", "A"), node("gen_server", "B")]),
    ...["C", "D", "E"].map((name) => node("gen_server", name)),
  ]);
  const calls: [string, string, number][] = [
    ["A", "B", 1],
    ["B", "C", 1],
    ["C", "D", 2],
  ];
  return buildModel(snapshotOf(sample([{ name: "shop", root: tree }], { calls, definitions: [...definitions].map(define) })));
};

function define(module: string) {
  return {
    module: `Elixir.${module}`,
    kind: "gen_server",
    place: { file: "lib/a.ex", at: 0 },
    nodes: [],
    cardinality: "one",
    callbacks: [],
    reasons: [],
    costs: [],
    unread: () => [],
  } as const;
}

function around(center: string, hops: number, rest: { budget?: number; modes?: ReadonlySet<(typeof allModes)[number]> } = {}) {
  const model = chain();
  const key = [...model.nodes.values()].find(({ title }) => title === center)?.key ?? center;
  const fold = foldAround({ model, center: key, hops, modes: new Set(allModes), budget: 60, opened: new Set(), choice: null, ...rest });
  const titles = new Map(fold.nodes.map((one) => [one.key, one.members[0]?.title ?? ""]));
  const edges = fold.edges.map(({ from, to, mode }) => `${titles.get(from)} ${mode} ${titles.get(to)}`);
  return { fold, titles: [...titles.values()].sort(), edges: edges.sort() };
}

test("one hop: whom it talks with, and its supervisor", () => {
  const { titles, edges } = around("B", 1);
  assert.deepEqual(titles, ["A", "B", "C", "Left"]);
  assert.deepEqual(edges, ["A call B", "B call C", "Left supervises A", "Left supervises B"]);
});

test("a supervisor has its children around it, and a hop more leads on", () => {
  assert.deepEqual(around("Left", 1).titles, ["A", "B", "Left", "Top"]);
  assert.deepEqual(around("Left", 2).titles, ["A", "B", "C", "D", "E", "Left", "Top"]);
});

test("modes that are turned off lead nowhere", () => {
  assert.deepEqual(around("B", 1, { modes: new Set(["cast"]) }).titles, ["B", "Left"]);
});

test("above the budget the center stays, and what is not drawn is counted", () => {
  const { fold, titles } = around("C", 3, { budget: 2 });
  assert.ok(titles.includes("C"));
  assert.ok(fold.drawn < fold.total, `${fold.drawn} of ${fold.total}`);
  assert.ok(fold.nodes.length <= 4);
});
