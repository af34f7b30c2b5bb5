/** What presentations for an editor need of the workspace beside the model. Pure: whoever holds the files hands it in. */
import type { Finding } from "../model/finding.ts";
import type { FunctionNode, Place, ProcessDefinition, Topology } from "../model/topology.ts";
import type { Places } from "./places.ts";

export interface EditorSource extends Places {
  readonly topology: Topology;
  readonly findings: readonly Finding[];
  /** A module's BEAM atom as its language prints it. */
  print(atom: string): string;
  /** Opens the place in the editor; null where there is no file to open (a bundled model of a library). */
  hrefOf(place: Place): string | null;
  /** Whether a function is nothing but a call in each clause, or a value in some. */
  handsOn(fn: FunctionNode): boolean;
  /** Milliseconds that a call of the process takes, as its source says in a comment, or null. */
  callTimeOf(definition: ProcessDefinition): number | null;
  /** The page that explains a rule, or null. */
  rulePage(rule: string): string | null;
}
