/** Erlang as a front end. What is known of OTP stands with Elixir's libraries, which call the same modules. */
import type { LanguageFrontEnd } from "../language.ts";
import { erlangFixes } from "./fixes/index.ts";
import { libraries } from "./libraries/index.ts";
import { readErlang } from "./lower/lower.ts";
import { erlangNames } from "./source-names.ts";

export const erlang: LanguageFrontEnd = {
  id: "erlang",
  ...erlangNames,
  read: readErlang,
  libraries,
  models: [],
  fixes: erlangFixes,
  printAtom: printErlangAtom,
};

/** `foo` → `foo`, `Elixir.Foo` → `'Elixir.Foo'`, `a b` → `'a b'`. */
export function printErlangAtom(atom: string): string {
  return /^[a-z][\w@]*$/.test(atom) ? atom : `'${atom.replace(/['\\]/g, "\\$&")}'`;
}
