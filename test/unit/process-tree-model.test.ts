import assert from "node:assert/strict";
import { test } from "node:test";
import {
  descriptionOf,
  elementAt,
  findingsOf,
  type ProcessElement,
  processElements,
  spokenText,
  tooltipText,
} from "../../client/src/views/process-tree-model.ts";
import { t } from "../../client/webview/text.ts";
import type { Finding } from "../../server/src/model/finding.ts";
import { finding, shop, small, snapshotOf } from "../webview/samples.ts";

const folder = { uri: "file:///shop", snapshot: snapshotOf(shop()) };

function all(elements: readonly ProcessElement[]): ProcessElement[] {
  return elements.flatMap((element) => [element, ...all(element.children)]);
}

const named = (title: string, elements = processElements([folder], false)): ProcessElement => {
  const found = all(elements).find(({ node }) => node?.title === title);
  assert.ok(found, title);
  return found;
};

test("one folder's applications stand at the top, of several each below its folder", () => {
  assert.deepEqual(
    processElements([folder], false).map(({ node }) => node?.title),
    ["shop", "shop_web", "Not in a tree"],
  );
  const several = processElements([folder, { uri: "file:///counter", snapshot: snapshotOf(small(), "counter") }], false);
  assert.deepEqual(
    several.map(({ node, children }) => [node, children.length]),
    [
      [null, 3],
      [null, 1],
    ],
  );
  const ids = all(several).map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length, "ids are unique");
});

test("the filter leaves what has a finding, and the way to it", () => {
  const left = all(processElements([folder], true));
  assert.ok(left.length < all(processElements([folder], false)).length);
  for (const element of left) assert.ok(findingsOf(element).length > 0 || element.children.length > 0, element.id);
  assert.ok(left.some(({ node }) => node?.title === "Inventory.Server"));
});

test("the description says what is out of the ordinary, the spoken text the findings too", () => {
  assert.equal(descriptionOf(named("Metrics"), t), "GenServer · if Mix.env() == :prod");
  assert.match(descriptionOf(named("Cart"), t), /transient.* · many$/);
  assert.match(spokenText(named("Pricing.Calculator"), t), /^Shop\.Pricing\.Calculator, GenServer, .*, 1 finding$/);
});

test("the tooltip tells reasons, costs and findings, and nothing of it is markup of the source's making", () => {
  const marked = tooltipText(named("Inventory.Server"), (text) => text.replace(/[<*]/g, "\\$&"), t);
  assert.match(marked, /Reasons to be a process\n- wakes itself every 30 s/);
  assert.match(marked, /Costs\n- each request waits for it/);
  assert.match(marked, /Findings\n- Singleton bottleneck: Calls from 19 modules/);
});

test("the tooltip lists the gravest finding first", () => {
  const { topology } = small();
  const about = (severity: Finding["severity"]) => finding("process-as-object", "Counter.Settings", severity, "", { severity });
  const snapshot = snapshotOf({ topology, findings: (["hint", "warning", "info", "error"] as const).map(about) }, "counter");
  const settings = all(processElements([{ ...folder, snapshot }], false)).find(({ node }) => node?.title === "Settings");
  assert.ok(settings);
  const told = [...tooltipText(settings, (text) => text, t).matchAll(/^- Process as object: (.*)$/gm)].map(([, text]) => text);
  assert.deepEqual(told, ["error", "warning", "info", "hint"]);
});

test("a place leads to the process that is defined last before it, in that folder and file only", () => {
  const tops = processElements([folder], false);
  assert.equal(elementAt(tops, folder.uri, "lib/shop/inventory/server.ex", 40)?.node?.title, "Inventory.Server");
  assert.equal(elementAt(tops, folder.uri, "lib/shop/inventory/nothing.ex", 40), null);
  assert.equal(elementAt(tops, "file:///other", "lib/shop/inventory/server.ex", 40), null);
});
