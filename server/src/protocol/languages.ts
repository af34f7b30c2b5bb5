/** Identifiers, as VS Code has them, of the languages whose documents the server wants to see. */
export const languageIds = ["elixir", "erlang", "typescript", "typescriptreact", "javascript", "javascriptreact"] as const;
