/**
 * From the facts of a workspace to what runs where: function nodes with call edges, execution contexts, messages, process definitions, loose
 * starts. Pure: no IO, no clock; never throws on user code.
 */

import type { AnsweringTask } from "../../model/answering-task.ts";
import type { FileFacts } from "../../model/facts.ts";
import type { FieldCapture } from "../../model/field-capture.ts";
import type { LooseStart } from "../../model/loose-start.ts";
import type { StartRace } from "../../model/start-race.ts";
import type { Steps } from "../../model/steps.ts";
import type {
  ApplicationTree,
  Certainty,
  ExecutionContext,
  FunctionNode,
  Message,
  ProcessDefinition,
  Topology,
  TreeNode,
} from "../../model/topology.ts";
import type { Evaluator } from "../evaluate/evaluator.ts";
import type { Value } from "../evaluate/value.ts";
import type { LibraryIndex } from "../library-index.ts";
import type { ModuleTable } from "../modules.ts";
import type { Projects } from "../projects.ts";
import { FlowBuilder } from "./build.ts";

export interface FlowTrees {
  readonly applications: readonly ApplicationTree[];
  readonly unattached: readonly TreeNode[];
  nodesOfModule(atom: string): readonly TreeNode[];
  startKeyOf(node: TreeNode): string | null;
  /** Modules whose processes a registered name may mean in code of a file. */
  resolveName(value: Value, file: string): { readonly modules: readonly string[]; readonly certainty: Certainty };
}

export interface FlowInput {
  readonly modules: ModuleTable;
  readonly evaluator: Evaluator;
  readonly libraries: LibraryIndex;
  readonly trees: FlowTrees;
  readonly files: ReadonlyMap<string, FileFacts>;
  readonly projects: Projects;
  print(atom: string): string;
  /** Whether what rules may not ask for is to be worked out when they do. */
  readonly isOnDemand: boolean;
}

export interface Flow {
  readonly functions: ReadonlyMap<string, FunctionNode>;
  readonly contexts: ReadonlyMap<string, ExecutionContext>;
  readonly messages: readonly Message[];
  readonly definitions: ReadonlyMap<string, ProcessDefinition>;
  readonly starts: readonly LooseStart[];
  readonly captures: readonly FieldCapture[];
  readonly tasks: readonly AnsweringTask[];
  races(): readonly StartRace[];
  runsCarriedCode: Topology["runsCarriedCode"];
}

export function computeFlow(input: FlowInput): Steps<Flow> {
  return new FlowBuilder(input).build();
}
