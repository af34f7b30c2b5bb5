/** The register of commands, in the order in which usage lists them. */
import { check } from "./check.ts";
import { explain } from "./explain.ts";
import type { Command } from "./host.ts";
import { report } from "./report.ts";
import { sequence } from "./sequence.ts";
import { topology } from "./topology.ts";
import { tree } from "./tree.ts";

export const commands: readonly Command[] = [check, tree, topology, sequence, explain, report];
