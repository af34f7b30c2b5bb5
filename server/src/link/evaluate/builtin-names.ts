/** Names put together from names: `Module`, `Macro`, `String` and atoms, where all parts are known. */
import { bareName } from "../../model/module-name.ts";
import type { Builtin } from "./builtins.ts";
import { knownItems } from "./lists.ts";
import { atom, list, settle, UNKNOWN, unknown, type Value } from "./value.ts";

/** A module's name as it is put together with others. */
const plainName = (atom: string): string => bareName(atom).replace(/^Elixir\./, "");

const text = (value: string): Value => ({ v: "text", value, charlist: false });

const concatModules: Builtin = ({ evaluator, args, frame }) => {
  const parts = args.length === 1 ? knownItems(args[0]) : args;
  const names: string[] = [];
  for (const part of parts ?? [UNKNOWN]) {
    if (part.v === "atom" || part.v === "text") names.push(plainName(part.value));
    else return unknown(null);
  }
  return atom(evaluator.modules.nameIn(frame.file, `Elixir.${names.filter((n) => n !== "nil").join(".")}`));
};

/** Of a text (or an atom's, as `Macro.underscore/1` takes it) another text. */
const ofText =
  (change: (text: string) => string): Builtin =>
  ({ args: [value] }) =>
    value.v === "text" ? text(change(value.value)) : value.v === "atom" ? text(change(plainName(value.value))) : null;

const fromAtom: Builtin = ({ args }) => (args[0]?.v === "atom" ? text(bareName(args[0].value)) : null);

export const toAtom: Builtin = ({ evaluator, args, frame }) =>
  args[0]?.v === "text" ? atom(evaluator.modules.nameIn(frame.file, args[0].value)) : null;

const split: Builtin = ({ args: [module] }) =>
  module.v === "atom" && module.value.startsWith("Elixir.") ? list(plainName(module.value).split(".").map(text)) : null;

const underscore = (name: string): string =>
  name
    .replace(/([A-Z\d]+)([A-Z][a-z])/g, "$1_$2")
    .replace(/([a-z\d])([A-Z])/g, "$1_$2")
    .replace(/\./g, "/")
    .toLowerCase();

const camelize = (name: string): string =>
  name.replace(
    /(^|[_/])([a-z\d])?/g,
    (_, before: string, letter: string | undefined) => (before === "/" ? "." : "") + (letter ?? "").toUpperCase(),
  );

/** Of parts that are only likely a name that is only likely. */
export const orLikely =
  (fn: Builtin): Builtin =>
  (call) => {
    const told = fn(call);
    if (told !== null && told.v !== "unknown") return told;
    const args = call.args.map((arg) =>
      arg.v === "list" ? { ...arg, items: arg.items.map((i) => ({ ...i, value: settle(i.value) })) } : settle(arg),
    );
    const likely = fn({ ...call, args });
    return likely === null || likely.v === "unknown" ? told : unknown(null, likely);
  };

const plain: Record<string, Builtin> = {
  "Elixir.Module.concat/1": concatModules,
  "Elixir.Module.concat/2": concatModules,
  "Elixir.Module.safe_concat/1": concatModules,
  "Elixir.Module.safe_concat/2": concatModules,
  "Elixir.Module.split/1": split,
  "Elixir.Macro.underscore/1": ofText(underscore),
  "Elixir.Macro.camelize/1": ofText(camelize),
  "Elixir.String.to_atom/1": toAtom,
  "Elixir.String.to_existing_atom/1": toAtom,
  "Elixir.String.upcase/1": ofText((s) => s.toUpperCase()),
  "Elixir.String.downcase/1": ofText((s) => s.toLowerCase()),
  "Elixir.String.capitalize/1": ofText((s) => s.slice(0, 1).toUpperCase() + s.slice(1).toLowerCase()),
  "Elixir.String.trim/1": ofText((s) => s.trim()),
  "Elixir.Atom.to_string/1": fromAtom,
  "erlang.atom_to_binary/1": fromAtom,
  "erlang.binary_to_atom/1": toAtom,
  "erlang.binary_to_atom/2": toAtom,
  "erlang.list_to_atom/1": toAtom,
  "Elixir.Integer.to_string/1": ({ args }) => (args[0]?.v === "number" ? text(String(args[0].value)) : null),
};

export const names: Record<string, Builtin> = Object.fromEntries(Object.entries(plain).map(([name, fn]) => [name, orLikely(fn)]));
