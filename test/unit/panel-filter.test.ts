/** What the panel's filter chooses, in each view. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { foldAround } from "../../client/webview/around.ts";
import { chooseFilter, dropFilterFor } from "../../client/webview/choices.ts";
import {
  anyRule,
  choiceOf,
  countChosen,
  type Filter,
  isActive,
  keptIn,
  noFilter,
  onlyFindings,
  toggled,
} from "../../client/webview/filter.ts";
import { filterOptions } from "../../client/webview/filter-options.ts";
import { buildModel, type Model } from "../../client/webview/model.ts";
import { allModes, initialState, restoreState, storeState } from "../../client/webview/state.ts";
import type { SequenceStart } from "../../server/src/protocol/sequence.ts";
import { shop, snapshotOf } from "../webview/samples.ts";

const model = buildModel(snapshotOf(shop()));
const filter = (rest: Partial<Record<keyof Filter, readonly string[]>>): Filter => ({
  applications: new Set(rest.applications),
  kinds: new Set(rest.kinds),
  rules: new Set(rest.rules),
});
const titlesOf = (one: Filter, of: Model = model): string[] => {
  const choice = choiceOf(one, of);
  return [...of.nodes.values()].filter((node) => choice?.node(node)).map(({ title }) => title);
};
const start = (key: string, participant: string | null): SequenceStart => ({
  key,
  title: key,
  group: "client",
  detail: "",
  definition: participant,
  participant,
});

test("nothing asked for is no filter", () => {
  assert.equal(choiceOf(noFilter, model), null);
  assert.equal(isActive(noFilter), false);
  assert.equal(isActive(onlyFindings), true);
});

test("values of one part are alternatives, the parts hold together", () => {
  assert.deepEqual(titlesOf(filter({ kinds: ["gen_statem", "agent"] })), ["Orders.Dispatcher", "Orders.EventLog"]);
  assert.deepEqual(titlesOf(filter({ kinds: ["gen_statem", "broadway"], applications: ["app:shop"] })), ["Orders.Dispatcher"]);
  assert.deepEqual(titlesOf(filter({ rules: ["singleton-bottleneck"] })), ["Inventory.Server"]);
  assert.ok(titlesOf(onlyFindings).length >= 3);
  assert.deepEqual(titlesOf(filter({ rules: [anyRule], kinds: ["registry"] })), []);
});

test("any rule and certain rules exclude each other", () => {
  const any = toggled(noFilter, "rules", anyRule);
  const one = toggled(any, "rules", "process-as-object");
  assert.deepEqual([...one.rules], ["process-as-object"]);
  assert.deepEqual([...toggled(one, "rules", anyRule).rules], [anyRule]);
  assert.equal(isActive(toggled(one, "rules", "process-as-object")), false);
});

test("messages: participants by kind and application, those that are no process too", () => {
  const choice = choiceOf(filter({ kinds: ["request"] }), model);
  const titles = model.snapshot.participants.filter((one) => choice?.participant(one)).map(({ title }) => title);
  assert.ok(titles.length > 0 && titles.every((title) => title.endsWith("Controller")), titles.join());
});

test("functions: by what runs them; where several may, by nothing", () => {
  const starts = [start("a", "m:Elixir.Shop.Inventory.Server"), start("b", "m:Elixir.Shop.Cart"), start("c", null)];
  const choice = choiceOf(onlyFindings, model);
  assert.deepEqual(
    starts.filter((one) => choice?.start(one)).map(({ key }) => key),
    ["a"],
  );
  assert.deepEqual(countChosen("sequence", model, choice!, starts), { left: 1, all: 3, unit: "functions" });
  const state = { ...initialState(), start: "b" };
  assert.equal(chooseFilter(onlyFindings, state, model, starts).start, null);
  assert.equal(chooseFilter(onlyFindings, { ...state, start: "a" }, model, starts).start, undefined);
});

test("around: what is chosen, the center, and the way between them", () => {
  const center = [...model.nodes.values()].find(({ title }) => title === "Inventory.Supervisor")!.key;
  const fold = (one: Filter) =>
    foldAround({ model, center, hops: 2, modes: new Set(allModes), budget: 60, opened: new Set(), choice: choiceOf(one, model) });
  const titles = fold(filter({ kinds: ["request"] })).nodes.map(({ members }) => members[0]?.title);
  assert.ok(titles.includes("Inventory.Supervisor"));
  assert.ok(titles.some((title) => title?.endsWith("Controller")));
  assert.ok(titles.length < fold(noFilter).nodes.length);
});

test("each option says how much there is of it; what is chosen and gone stays an option", () => {
  const kinds = filterOptions("kinds", model, filter({ kinds: ["port"] }));
  const count = (value: string) => kinds.find((option) => option.value === value)?.count;
  assert.deepEqual([count("agent"), count("port"), count("gen_event")], [1, 0, undefined]);
  const rules = filterOptions("rules", model, filter({ rules: ["message-cycle"] }));
  assert.equal(rules[0]?.value, anyRule);
  assert.equal(rules[0]?.count, 3);
  assert.equal(rules.at(-1)?.value, "message-cycle");
  assert.deepEqual(
    filterOptions("applications", model, noFilter).map(({ title }) => title),
    ["shop", "shop_web", "Not in a tree"],
  );
});

test("what somebody asks for by name is shown, filter or not", () => {
  const key = (title: string) => [...model.nodes.values()].find((node) => node.title === title)!.key;
  const state = { ...initialState(), filter: onlyFindings };
  assert.equal(dropFilterFor(state, model, key("Inventory.Supervisor")), false, "on the way to a finding");
  assert.equal(dropFilterFor(state, model, key("Cart")), true);
  assert.equal(state.filter, noFilter);
});

test("is kept with the state, but for applications that are gone", () => {
  const chosen = filter({ applications: ["app:shop", "app:gone"], kinds: ["agent"], rules: [anyRule] });
  const restored = restoreState(JSON.parse(JSON.stringify(storeState({ ...initialState(), filter: chosen }))));
  assert.deepEqual(restored.filter, chosen);
  assert.deepEqual([...keptIn(restored.filter, model).applications], ["app:shop"]);
  assert.deepEqual(restoreState({ version: 2, filter: { kinds: 7 } }).filter, noFilter);
});
