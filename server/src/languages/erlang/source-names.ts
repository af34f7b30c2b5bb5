import type { SourceNames } from "../language.ts";

export const erlangNames: SourceNames = {
  extensions: [".erl", ".hrl", ".app.src", ".app", ".escript"],
  projectFiles: ["rebar.config", "Makefile"],
};
