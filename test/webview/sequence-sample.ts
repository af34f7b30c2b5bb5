/** An invented sequence with a step of every kind; `text` stands wherever other people's source does. */
import type { Sequence, SequenceStart, SequenceStep } from "../../server/src/protocol/sequence.ts";

export function sequenceSample(text: string | null = null): Sequence {
  const place = { file: "lib/shop/orders.ex", line: 12, column: 5 };
  const base = { fn: text ?? "Shop.Orders.order/1", place };
  const message = { ...base, handler: { ...place, line: 40 }, via: [text ?? "Shop.Stock.call/1"], certainty: "certain" } as const;
  const says = (own: string): string => text ?? own;
  const steps: SequenceStep[] = [
    { ...message, kind: "cast", at: 0, to: 1, text: says("{:note, _}") },
    { ...base, kind: "clause", at: 0, text: says('order(%{kind: "tea"})'), first: true },
    { ...message, kind: "call", at: 0, to: 1, text: says("{:take, _}") },
    { ...base, kind: "wait", at: 1, text: says("HTTP request (`Req.post/2`)"), times: 1 },
    { ...message, kind: "call", at: 1, to: 2, text: says("{:write, _}"), certainty: "probable" },
    { ...base, kind: "deadlock", at: 2, text: says("Never answered: Log calls itself") },
    { ...base, kind: "reply", at: 2, to: 1, later: true },
    { ...base, kind: "reply", at: 1, to: 0, later: false },
    { ...base, kind: "clause", at: 0, text: says("order(_)"), first: false },
    { ...message, kind: "info", at: 0, to: 0, text: says(":again") },
    { ...base, kind: "loop", at: 0, text: says("Shop.Orders.order/1 begins again") },
    { ...base, kind: "end", at: 0 },
    { ...message, kind: "monitor", at: 0, to: 2, text: "" },
    { ...base, kind: "later", at: 1, text: says("{:note, _}") },
    { ...message, kind: "info", at: 1, to: 2, text: says(":noted") },
  ];
  return {
    start: "Elixir.Shop.Orders.order/1",
    title: says("Shop.Orders.order/1"),
    place,
    lifelines: [
      { key: "c:request:Elixir.Shop.Web", title: says("Web"), subtitle: says("request"), kind: "context", cardinality: "many", place },
      { key: "m:Elixir.Shop.Vault", title: says("Vault"), subtitle: says("GenServer"), kind: "gen_server", cardinality: "one", place },
      { key: "?:pid", title: says("pid"), subtitle: says("not known from source"), kind: "unknown", cardinality: "unknown", place: null },
    ],
    steps,
    more: 12,
  };
}

export function startsSample(text: string | null = null): SequenceStart[] {
  const start = (name: string, group: SequenceStart["group"]): SequenceStart => ({
    key: `Elixir.${name}`,
    title: text ?? name,
    group,
    detail: text ?? "function",
    definition: null,
    participant: null,
  });
  return [start("Shop.Orders.order/1", "entry"), start("Shop.Stock.take/1", "client"), start("Shop.Log.write/1", "callback")];
}
