import assert from "node:assert/strict";
import { test } from "node:test";
import { buildModel, hasOnlySystems } from "../../client/webview/model.ts";
import { node, sample, shop, snapshotOf } from "../webview/samples.ts";

test("what a library starts inside of a child is counted apart from what the project starts", () => {
  const place = { file: "lib/shop/application.ex", at: 20 };
  const acceptors = Array.from({ length: 3 }, (_, index) => node("task", "ThousandIsland.Acceptor", { id: String(index), place }));
  const pool = node("supervisor", "ThousandIsland.AcceptorPool", { place }, acceptors);
  const root = node("supervisor", "Shop.Supervisor", {}, [
    node("supervisor", "Bandit", { place }, [pool]),
    node("gen_server", "Shop.Cache"),
  ]);
  const model = buildModel(snapshotOf(sample([{ name: "shop", root }])));
  assert.deepEqual([model.processes, model.supervisors, model.inside.size], [3, 2, 4]);
});

test("what the source speaks of is the project's own", () => {
  const model = buildModel(snapshotOf(shop()));
  assert.deepEqual([model.inside.size, model.processes], [0, model.nodes.size - 3]);
});

test("systems of actors are no supervisors, where there is nothing else", () => {
  const system = node("actor_system", null, {}, [node("virtual_actor", "Counter")]);
  assert.equal(hasOnlySystems(buildModel(snapshotOf(sample([{ name: "shop", root: system }])))), true);
  const both = sample([
    { name: "shop", root: system },
    { name: "bank", root: node("supervisor", "Bank.Supervisor") },
  ]);
  assert.equal(hasOnlySystems(buildModel(snapshotOf(both))), false);
  assert.equal(hasOnlySystems(buildModel(snapshotOf(shop()))), false);
});
