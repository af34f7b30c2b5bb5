import type { SourceNames } from "../language.ts";

export const typescriptNames: SourceNames = {
  extensions: [".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs"],
  projectFiles: [
    "wrangler*.toml",
    "wrangler*.json",
    "wrangler*.jsonc",
    "partykit.json",
    "partykit.json5",
    "partykit.jsonc",
    "package.json",
    "tsconfig*.json",
    "jsconfig.json",
  ],
};
