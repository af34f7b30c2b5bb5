/** Which process runs a function, said beside its head. Pure. */
import type { ExecutionContext, FunctionNode, Place } from "../model/topology.ts";
import { type ContextName, contextNames, isProductContext } from "./context-names.ts";
import type { EditorSource } from "./editor-source.ts";
import { functionsOf, indexTopology } from "./topology-index.ts";

/** `minimal`: functions of process modules, and modules that one process alone runs; `full`: every function. */
export type HintLevel = "off" | "minimal" | "full";

/** A module of a file, and where its name stands. */
export interface ModulePlace {
  readonly module: string;
  readonly place: Place;
}

export interface ExecutionHint {
  /** The key of the function, or of a function that stands for its module. */
  readonly fn: string;
  /** From 1. */
  readonly line: number;
  /** What the line says, in parts; one with a place leads there. */
  readonly parts: readonly { readonly text: string; readonly place: Place | null }[];
}

const shownNames = 2;

/** The hints of a file: for functions at the line on which the first clause begins, for modules at the line of the name. */
export function executionHints(file: string, modules: readonly ModulePlace[], level: HintLevel, source: EditorSource): ExecutionHint[] {
  if (level === "off") return [];
  const functions = functionsOf(file, source.topology);
  const whole = level === "full" ? [] : modules.flatMap((one) => moduleHint(one, functions, source));
  const single = functions.flatMap((node) => {
    const names = namesOf(node, level, source);
    return names.length === 0 ? [] : [hint(node, node.namePlace, names, source)];
  });
  return [...whole, ...single].sort((a, b) => a.line - b.line);
}

function hint({ key }: FunctionNode, place: Place, names: readonly ContextName[], source: EditorSource): ExecutionHint {
  return { fn: key, line: source.locate(place).line, parts: partsOf(names, source) };
}

/** Of a module that is no process, but that one process alone runs: said once for all of its functions. */
function moduleHint({ module, place }: ModulePlace, functions: readonly FunctionNode[], source: EditorSource): ExecutionHint[] {
  if (source.topology.definitions.has(module)) return [];
  const own = functions.filter((node) => node.module === module);
  const contexts = new Set(own.flatMap((node) => contextsOf(node, source).filter(isProductContext)));
  const [only] = contexts;
  const shown = own.find(({ exported }) => exported);
  if (contexts.size !== 1 || only === undefined || !isServer(only) || shown === undefined) return [];
  return [hint(shown, place, contextNames([only], source.print), source)];
}

function contextsOf({ contexts }: FunctionNode, { topology }: EditorSource): ExecutionContext[] {
  return contexts.flatMap((id) => topology.contexts.get(id) ?? []);
}

function namesOf(node: FunctionNode, level: "minimal" | "full", source: EditorSource): ContextName[] {
  const { topology, print } = source;
  const contexts = contextsOf(node, source);
  if (!topology.definitions.has(node.module)) return level === "full" ? contextNames(contexts, print) : [];
  const isCallback = indexTopology(topology).callbacks.has(node.key);
  const hasServer = topology.contexts.has(`process:${node.module}`);
  const own = contexts.filter((context) => isOwn(context, node));
  // What nobody in source calls of a LiveView, its templates do: function components.
  const others = contexts.filter(
    (context) => !isOwn(context, node) && isProductContext(context) && (hasServer || context.kind !== "external"),
  );
  const isBoth = own.length > 0 && others.length > 0;
  if (level === "minimal" && !(isBoth && !isCallback) && !(hasServer && node.exported && isClientOrCallback(node, source))) return [];
  const caller: ContextName[] = others.length > 0 && !isCallback ? [{ text: "caller", contexts: others }] : [];
  return [...caller, ...contextNames(own, print)];
}

/** How a process starts, and what supervisors do, surprises nobody. */
function isClientOrCallback({ module, name }: FunctionNode, { topology }: EditorSource): boolean {
  return topology.definitions.get(module)?.kind.endsWith("supervisor") !== true && name !== "child_spec" && !name.startsWith("start");
}

function isServer({ kind }: ExecutionContext): boolean {
  return kind === "process";
}

/** The process that the module itself defines. */
function isOwn({ module, kind }: ExecutionContext, node: FunctionNode): boolean {
  return module === node.module && !["task", "spawned", "external", "test", "script"].includes(kind);
}

function partsOf(names: readonly ContextName[], source: EditorSource): ExecutionHint["parts"] {
  const shown = names.slice(0, shownNames).flatMap(({ text, contexts }, i) => {
    const [only] = contexts;
    const place = contexts.length === 1 && only?.module ? source.topology.definitions.get(only.module)?.place : undefined;
    const part = { text, place: place === undefined || source.hrefOf(place) === null ? null : place };
    return i === 0 ? [part] : [{ text: ", ", place: null }, part];
  });
  const more = names.length - shownNames;
  return [{ text: "runs in: ", place: null }, ...shown, ...(more > 0 ? [{ text: ` +${more}`, place: null }] : [])];
}
