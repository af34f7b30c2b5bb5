/** Functions that no call comes back from. Pure. */
import type { Expression } from "../../model/expression.ts";
import type { Language } from "../../model/facts.ts";
import type { FlowNode } from "./graph.ts";

const ENDING: Readonly<Record<string, readonly string[]>> = {
  erlang: ["exit/1", "error/1", "error/2", "error/3", "halt/0", "halt/1"],
  "Elixir.Kernel": ["exit/1", "raise/1", "raise/2"],
  "Elixir.System": ["halt/0", "halt/1"],
};

/** Whether the last thing that each clause of a function does is to raise an error or to exit. */
export function endsProcess({ fn, unit }: FlowNode): boolean {
  const { language } = fn.module.file;
  return unit === null && fn.info.facts.clauses.every(({ body }) => raises(body.k === "block" ? body.items.at(-1) : body, language));
}

function raises(e: Expression | undefined, language: Language): boolean {
  if (e?.k !== "call" || (e.module !== null && e.module.k !== "atom")) return false;
  const module = e.module?.value ?? (language === "erlang" ? "erlang" : "Elixir.Kernel");
  return ENDING[module]?.includes(`${e.name}/${e.args.length}`) === true;
}
