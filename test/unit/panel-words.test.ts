import assert from "node:assert/strict";
import { test } from "node:test";
import { keyedKinds } from "../../server/src/model/keyed-kinds.ts";
import { nodeSubtitle, nodeTitle, ruleTitle, shortModule } from "../../server/src/present/panel-words.ts";
import { keyedKinds as keyedInPages } from "../../server/src/protocol/roles.ts";
import { node } from "../webview/samples.ts";

const words = (...[kind, module, rest]: Parameters<typeof node>) => {
  const made = node(kind, module, rest);
  return `${nodeTitle(made, "elixir")} | ${nodeSubtitle(made, "elixir", 0)}`;
};
const local = (value: string) => ({ name: { scope: "local" as const, value } });

test("titles name what people know, subtitles what is out of the ordinary", () => {
  assert.equal(words("gen_server", "Shop.Cache"), "Cache | GenServer");
  assert.equal(words("gen_server", "Shop.Cache", local("Shop.Cache")), "Cache | GenServer");
  assert.equal(words("gen_server", "Shop.Cache", local(":cache")), "Cache | GenServer · :cache");
  assert.equal(words("gen_server", "Shop.Deep.Inner.Cache"), "Inner.Cache | GenServer");
  assert.equal(words("supervisor", "Supervisor", { ...local("Shop.Supervisor"), strategy: "one_for_all" }), "Supervisor | one_for_all");
  assert.equal(words("supervisor", null, { id: ":top", strategy: "unknown" }), ":top | Supervisor");
  assert.equal(words("partition_supervisor", "PartitionSupervisor", { id: "_" }), "PartitionSupervisor | PartitionSupervisor");
  assert.equal(words("registry", "Registry", local("Shop.Names")), "Names | Registry");
  assert.equal(words("task_supervisor", "Task.Supervisor", local("Shop.Tasks")), "Tasks | Task.Supervisor");
  assert.equal(words("supervisor", "Finch.Supervisor", local("Shop.Fetch")), "Fetch | one_for_one · Finch");
  assert.equal(
    words("gen_server", "Shop.Cart", { restart: "transient", name: { scope: "via", value: "x" } }),
    "Cart | GenServer · transient · via registry",
  );
  assert.equal(words("dynamic_supervisor", "Shop.Jobs", { intensity: 10, period: 60 }), "Jobs | DynamicSupervisor · 10 in 60 s");
  assert.equal(words("process", null, { id: null, certainty: "unknown" }), "process | process · uncertain");
  assert.equal(nodeSubtitle(node("gen_server", "A.B"), "elixir", 1), "GenServer · 1 caller");
  assert.equal(nodeSubtitle(node("gen_server", "a"), "erlang", 2), "gen_server · 2 callers");
  assert.equal(shortModule(":telemetry_poller"), ":telemetry_poller");
  assert.equal(ruleTitle("process-as-object"), "Process as object");
});

test("pages say of the same kinds as the rules that there is one for each key", () => {
  assert.deepEqual([...keyedInPages], [...keyedKinds]);
});
