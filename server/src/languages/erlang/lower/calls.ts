/** Calls, uses of macros, and references to functions. */
import type { Expression } from "../../../model/expression.ts";
import type { Node } from "../ast.ts";
import { builtinFunctions } from "./builtin-functions.ts";
import { lower, lowerAll } from "./expressions.ts";
import type { Scope } from "./scope.ts";

export function lowerCall(node: Node & { kind: "call" }, scope: Scope): Expression {
  const { out, own } = scope.file;
  const { start, end, callee } = node;
  if (callee.kind === "atom") {
    const builtin = builtinFunctions.has(callee.value) && !own.has(`${callee.value}/${node.args.length}`);
    const module = builtin ? out.atom(start, start, "erlang") : null;
    return out.call(start, end, module, callee.value, callee.start, lowerAll(node.args, scope));
  }
  if (callee.kind !== "remote") {
    const fn = lower(callee, scope);
    return out.apply(start, end, fn, lowerAll(node.args, scope));
  }
  const module = lower(callee.module, scope);
  if (callee.name.kind === "atom") return out.call(start, end, module, callee.name.value, callee.name.start, lowerAll(node.args, scope));
  // A function whose name is computed: `erlang:apply(M, F, Args)` says the same.
  const name = lower(callee.name, scope);
  const args = out.list(callee.end, end, lowerAll(node.args, scope), null);
  return out.call(start, end, out.atom(start, start, "erlang"), "apply", callee.name.start, [module, name, args]);
}

/** Predefined macros as what they stand for, others as uses. */
export function lowerMacro(node: Node & { kind: "macro" }, scope: Scope): Expression {
  const { out, module } = scope.file;
  const { start, end, name } = node;
  if (node.args !== null) return out.call(start, end, null, `?${name}`, start, lowerAll(node.args, scope));
  switch (name) {
    case "MODULE":
      return module === null ? out.selfModule(start, end) : out.atom(start, end, module);
    case "MODULE_STRING":
      return module === null ? out.unknown(start, end, []) : out.text(start, end, module, true);
    case "FUNCTION_NAME":
      return scope.fn ? out.atom(start, end, scope.fn.name) : out.unknown(start, end, []);
    case "FUNCTION_ARITY":
      return scope.fn ? out.number(start, end, scope.fn.arity) : out.unknown(start, end, []);
    case "FILE":
    case "LINE":
    case "OTP_RELEASE":
      return out.unknown(start, end, []);
    default:
      return out.attribute(start, end, `?${name}`);
  }
}

export function lowerFunctionReference(node: Node & { kind: "function_reference" }, scope: Scope): Expression {
  const { out, own } = scope.file;
  const { start, end, name, arity } = node;
  if (name.kind !== "atom" || arity.kind !== "number") {
    const parts = node.module ? [node.module, name] : [name];
    return out.unknown(start, end, lowerAll(parts, scope));
  }
  if (node.module) return out.functionReference(start, end, lower(node.module, scope), name.value, arity.value);
  const builtin = builtinFunctions.has(name.value) && !own.has(`${name.value}/${arity.value}`);
  return out.functionReference(start, end, builtin ? out.atom(start, start, "erlang") : null, name.value, arity.value);
}
