/** What a crash of a process takes along, in sentences, terms between backticks: by OTP's rules, or by its library's. Pure. */
import type { ProcessDefinition, Topology } from "../model/topology.ts";
import { type ActorCrash, actorCrash } from "./actor-crash.ts";
import { blastRadius, followsOtp } from "./blast-radius.ts";
import { blastRadiusLines } from "./blast-radius-lines.ts";
import { indexTopology } from "./topology-index.ts";

/** For the place of the definition in an application's tree; empty for a definition that is in no tree, or of which nothing is known. */
export function crashLines(definition: ProcessDefinition, topology: Topology, print: (atom: string) => string): readonly string[] {
  if (followsOtp(definition)) {
    const radius = blastRadius(definition, topology);
    return radius === null ? [] : blastRadiusLines(radius, print);
  }
  const paths = indexTopology(topology).paths.get(definition.module) ?? [];
  const path = paths.find(({ application }) => application !== null) ?? paths[0];
  const crash = path === undefined ? null : actorCrash(path, topology);
  return crash === null ? [] : actorLines(crash);
}

/** Who waits in vain comes last. */
function actorLines({ loss, steps }: ActorCrash): readonly string[] {
  const lines = steps.flatMap(({ fate, text }) => (fate === "exits" && loss !== null ? [loss, text] : [text]));
  return loss === null || lines.includes(loss) ? lines : [...lines, loss];
}
