/** The real parts of the analysis, put together. */
import { languages } from "../languages/index.ts";
import { createLinker } from "../link/link.ts";
import { rules } from "../rules/index.ts";
import type { Engine } from "./workspace.ts";

export const engine: Engine = { languages, createLinker, rules };
