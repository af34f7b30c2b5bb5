/** The contract of a rule: a pure function from the topology to findings. */
import type { FileRole } from "../model/facts.ts";
import type { Finding, RuleMetadata } from "../model/finding.ts";
import type { Place, Topology } from "../model/topology.ts";

export interface RuleContext {
  readonly topology: Topology;
  /** What the file with that path is for; `dependency` and `library` files get no findings. */
  roleOf(file: string): FileRole;
  /** A module's BEAM atom as its language prints it. */
  print(atom: string): string;
  /** Source text of a place, for messages; at most `limit` characters of its first line. */
  textOf(place: Place, limit: number): string;
}

export interface Rule {
  readonly meta: RuleMetadata;
  check(context: RuleContext): readonly Finding[];
}
