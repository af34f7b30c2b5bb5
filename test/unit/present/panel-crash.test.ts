import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { findNode } from "../../../server/src/present/panel-keys.ts";
import type { PanelNode } from "../../../server/src/protocol/panel.ts";
import { isCrash } from "../../../server/src/protocol/panel-guards.ts";
import { crashOf, node, type Sample, sample, shop, snapshotOf } from "../../webview/samples.ts";

/** Every node of the snapshot by its key. */
function nodesOf(data: Sample): Map<string, PanelNode> {
  const found = new Map<string, PanelNode>();
  const open = [...snapshotOf(data).roots];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    found.set(next.key, next);
    open.push(...next.children);
  }
  return found;
}

const inner = (strategy: "one_for_one" | "one_for_all" | "rest_for_one", restart: "permanent" | "temporary" = "permanent") =>
  node("supervisor", "Shop.Inner", { strategy, intensity: 1, period: 10 }, [
    node("gen_server", "Shop.A"),
    node("gen_server", "Shop.B", { restart }),
    node("gen_server", "Shop.C"),
    node("gen_server", "Shop.C"),
  ]);

const app = (...children: Parameters<typeof node>[3] & object): Sample =>
  sample([
    { name: "shop", root: node("supervisor", null, { name: { scope: "local", value: "Shop.Supervisor" }, restart: null }, children) },
  ]);

function steps(data: Sample, key: string): readonly (readonly [string | null, readonly string[]])[] {
  return (crashOf(data, key)?.steps ?? []).map(({ fate, nodes }) => [fate, nodes.map((one) => one.split("/").at(-1) ?? "")]);
}

describe("what a crash does, for the panel", () => {
  test("every node of a snapshot is found by its key, and none by another", () => {
    const data = shop();
    for (const [key, { kind, module }] of nodesOf(data)) {
      const found = findNode(key, data.topology);
      if (kind === "application" || kind === "unattached") assert.equal(found, null, key);
      else assert.deepEqual([found?.key, found?.path.node.module], [key, module], key);
      if (found !== null) assert.ok(isCrash(JSON.parse(JSON.stringify(crashOf(data, key)))), key);
    }
    assert.equal(findNode("app:shop//Shop.Gone", data.topology), null);
    assert.equal(findNode("app:shop", data.topology), null);
  });

  test("siblings that look alike are told apart, and applications of the same name", () => {
    const data = app(inner("rest_for_one"));
    const key = "app:shop//Shop.Inner/Shop.C#1";
    assert.deepEqual(steps(data, key).slice(0, 2), [
      ["crashes", ["Shop.C#1"]],
      ["starts", ["Shop.C#1"]],
    ]);
    const two = sample([
      { name: "shop", root: node("supervisor", "Shop.One") },
      { name: "shop", root: node("supervisor", "Shop.Two") },
    ]);
    assert.equal(findNode("app:shop#1/", two.topology)?.path.node.module, "Shop.Two");
  });

  test("the order of a strategy: what it stops, then what starts again, then who gives up", () => {
    const at = "app:shop//Shop.Inner/Shop.B";
    assert.deepEqual(steps(app(inner("rest_for_one")), at), [
      ["crashes", ["Shop.B"]],
      ["stops", ["Shop.C", "Shop.C#1"]],
      ["starts", ["Shop.B", "Shop.C", "Shop.C#1"]],
      ["ends", ["Shop.Inner"]],
      ["ends", [""]],
      ["ends", ["app:shop"]],
    ]);
    assert.deepEqual(steps(app(inner("one_for_all")), at)[1], ["stops", ["Shop.A", "Shop.C", "Shop.C#1"]]);
    assert.deepEqual(steps(app(inner("one_for_one")), at)[1], ["starts", ["Shop.B"]]);
    assert.deepEqual(steps(app(inner("one_for_all", "temporary")), at), [
      ["crashes", ["Shop.B"]],
      ["ends", ["Shop.B"]],
    ]);
  });

  test("a supervisor takes along what it supervises, and the topmost one its application", () => {
    const data = app(inner("one_for_one"));
    assert.deepEqual(steps(data, "app:shop//Shop.Inner").slice(0, 3), [
      ["crashes", ["Shop.Inner"]],
      ["stops", ["Shop.A", "Shop.B", "Shop.C", "Shop.C#1"]],
      ["starts", ["Shop.Inner"]],
    ]);
    assert.deepEqual(steps(data, "app:shop/"), [
      ["crashes", [""]],
      ["stops", ["Shop.Inner"]],
      ["ends", ["app:shop"]],
    ]);
  });

  test("who waits are the participants of the panel's messages", () => {
    const data = shop();
    const key = [...nodesOf(data).values()].find(({ module }) => module === "Shop.Inventory.Server")?.key ?? "";
    const waiting = crashOf(data, key)?.steps.find(({ fate }) => fate === "exits");
    const calls = snapshotOf(data).messages.filter(({ mode, to }) => mode === "call" && to === "m:Elixir.Shop.Inventory.Server");
    assert.deepEqual([...(waiting?.participants ?? [])].sort(), [...new Set(calls.map(({ from }) => from))].sort());
  });
});
