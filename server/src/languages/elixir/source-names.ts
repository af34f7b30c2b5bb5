import type { SourceNames } from "../language.ts";

export const elixirNames: SourceNames = { extensions: [".ex", ".exs"], projectFiles: ["mix.exs"] };
