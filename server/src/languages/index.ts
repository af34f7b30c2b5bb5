/** The register of languages. */
import { elixir } from "./elixir/elixir.ts";
import { erlang } from "./erlang/erlang.ts";
import type { LanguageFrontEnd } from "./language.ts";
import { typescript } from "./typescript/typescript.ts";

export const languages: readonly LanguageFrontEnd[] = [elixir, erlang, typescript];
