import type { Expression } from "../../model/expression.ts";
import type { Evaluator } from "./evaluator.ts";
import type { Frame } from "./frame.ts";
import { type Environment, UNKNOWN, type Value } from "./value.ts";

/** `put_in(map.key.inner, value)` and `update_in(map.key, fun)`: the whole with the part changed. */
export function evaluateUpdateIn(evaluator: Evaluator, e: Expression & { k: "call" }, env: Environment, frame: Frame): Value {
  const change = evaluator.evaluate(e.args[1], env, frame);
  const changed = (path: Expression, to: (old: Value) => Value): Value => {
    if (path.k !== "field") return to(evaluator.evaluate(path, env, frame));
    const key = evaluator.evaluate(path.key, env, frame);
    return changed(path.base, (base) => {
      if (base.v !== "map" && base.v !== "list") return UNKNOWN;
      const value = to(evaluator.field(base, key, path));
      return (
        evaluator.callRemote(base.v === "map" ? "Elixir.Map" : "Elixir.Keyword", "put", [base, key, value], frame, {
          file: frame.file,
          at: e.at,
        }) ?? UNKNOWN
      );
    });
  };
  return changed(e.args[0], (old) => (e.name === "put_in" ? change : evaluator.apply(change, [old], frame)));
}
