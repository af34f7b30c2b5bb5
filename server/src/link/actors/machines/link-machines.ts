/** Actors that are values (XState, nact) as part of the topology of scripts. Pure. */
import type { Expression } from "../../../model/expression.ts";
import type { ApplicationTree, Cost, FunctionNode, Message, ProcessDefinition, TreeNode } from "../../../model/topology.ts";
import type { GivenKey } from "../../../model/virtual-actor.ts";
import type { Code } from "../code.ts";
import { processContext } from "../entries.ts";
import type { Entry, Nodes } from "../nodes.ts";
import { defineLogic } from "./define.ts";
import { Clauses, functionsOf, messagesOf, Trees } from "./topology.ts";
import type { World } from "./world.ts";

/** What runs in the actors: contexts are made with what is known before requests are, and made again by `linkMachines`. */
export function machineEntries({ runs }: World, print: (module: string) => string): readonly Entry[] {
  return [...runs].flatMap(([code, logics]) =>
    logics.map(({ module }) => ({ code, context: processContext(module, { cardinalityOf: () => "unknown", print }) })),
  );
}

export interface MachineInput {
  readonly world: World;
  readonly nodes: Nodes;
  /** Keys that calls hand on, by the call. */
  readonly givenKeys: ReadonlyMap<Expression, readonly GivenKey[]>;
  print(module: string): string;
  isRequested(code: Code): boolean;
  costsOf(received: readonly Message[]): Cost[];
}

export interface MachineTopology {
  readonly applications: readonly ApplicationTree[];
  readonly unattached: readonly TreeNode[];
  readonly definitions: ReadonlyMap<string, ProcessDefinition>;
  readonly functions: ReadonlyMap<string, FunctionNode>;
  readonly messages: readonly Message[];
}

export function linkMachines(input: MachineInput): MachineTopology {
  const { world, nodes, print, costsOf } = input;
  const clauses = new Clauses(world);
  const trees = new Trees(input);
  for (const logic of world.logics) {
    const cardinality = trees.cardinalityOf(logic);
    nodes.contexts.set(`process:${logic.module}`, processContext(logic.module, { cardinalityOf: () => cardinality, print }));
  }
  for (const { from } of world.sent) if ("code" in from) nodes.addSender(from.code);
  const messages = messagesOf(input, clauses);
  const known = nodes.functions(input.givenKeys);
  const functions = new Map([...known, ...functionsOf(input, known, clauses)]);
  const built = trees.trees();
  const all = [...built.applications.flatMap(({ root }) => root ?? []), ...built.unattached];
  return {
    ...built,
    definitions: defineLogic({ world, clauses, trees, nodes: all, functions, messages, costsOf }),
    functions,
    messages,
  };
}
