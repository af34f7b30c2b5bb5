/** What a hover says of a call that waits for the world: for what, what runs it, and who waits meanwhile. Pure. */
import { isScript, shortFunctionName } from "../model/function-name.ts";
import type { CallbackClause, ExecutionContext, FunctionNode, Place, ProcessDefinition, Wait } from "../model/topology.ts";
import { callersOf } from "./call-edges.ts";
import type { EditorSource } from "./editor-source.ts";
import { plural } from "./findings-text.ts";
import { markdownCode, markdownProse, markdownText } from "./markdown.ts";
import { runsIn } from "./runs-in.ts";
import { indexTopology } from "./topology-index.ts";

/** Functions that are looked at for the callbacks that lead to a call. */
const searchLimit = 2000;

/** Empty for a call that is not known to wait, and in TypeScript, where `await` says so. */
export function waitSections(place: Place, source: EditorSource): string[] {
  const found = indexTopology(source.topology)
    .waitsAt(place)
    .filter(({ fn }) => !isScript(fn.module));
  const [first] = found;
  if (first === undefined) return [];
  // Code that a `use` brings into several modules stands at one place.
  const contexts = [...new Set(found.flatMap(({ fn }) => fn.contexts))];
  const name = markdownCode(shortFunctionName(first.fn));
  const whole = first.fn.key.includes("#") ? `a function in ${name}` : name;
  const lines = contexts.flatMap((id) => {
    const context = source.topology.contexts.get(id);
    return context === undefined
      ? []
      : meanwhile(
          found.map(({ fn }) => fn).filter((fn) => fn.contexts.includes(id)),
          context,
          source,
        );
  });
  return [waitText(first.wait), `${whole} ${runsIn({ contexts }, source)}`, lines.map((line) => `- ${line}`).join("\n")];
}

/** `waits for a reply` has the word already. */
function waitText({ what }: Wait): string {
  const word = "waits ";
  return what.startsWith(word) ? `**Waits** ${markdownProse(what.slice(word.length))}` : `**Waits** · ${markdownProse(what)}`;
}

/** Of a process of which there is one: who waits while it does. Nothing where it is not known which of its callbacks come to the call. */
function meanwhile(functions: readonly FunctionNode[], context: ExecutionContext, source: EditorSource): string[] {
  const { topology, print } = source;
  const definition = context.module === null ? undefined : topology.definitions.get(context.module);
  if (context.kind !== "process" || context.cardinality !== "one" || definition === undefined) return [];
  const roles = rolesOf(functions, context, definition, source);
  const name = `**${markdownText(print(definition.module))}**`;
  if ([...roles].some((role) => role !== "init" && role !== "terminate" && role !== "other")) {
    const callers = indexTopology(topology).callers.get(definition.module)?.functions ?? 0;
    const who = callers === 0 ? "its next message waits" : `its callers (${plural(callers, "function")}) wait`;
    return [`there is one ${name}: ${who} meanwhile`];
  }
  return roles.has("init") && definition.nodes.length > 0 ? [`${name} starts meanwhile, and its supervisor waits`] : [];
}

/** Of the callbacks that lead to one of the functions, within the process. */
function rolesOf(
  functions: readonly FunctionNode[],
  { id }: ExecutionContext,
  { callbacks }: ProcessDefinition,
  { topology }: EditorSource,
): ReadonlySet<CallbackClause["role"]> {
  const roles = new Set<CallbackClause["role"]>();
  const queue = [...functions];
  const seen = new Set(queue.map(({ key }) => key));
  for (let next = 0; next < queue.length && next < searchLimit; next++) {
    const fn = queue[next]!;
    const own = callbacks.filter((clause) => clause.fn === fn.key);
    for (const { role } of own) roles.add(role);
    if (own.length > 0) continue;
    for (const { from } of callersOf(fn.key, topology)) {
      if (seen.has(from.key) || !from.contexts.includes(id)) continue;
      seen.add(from.key);
      queue.push(from);
    }
  }
  return roles;
}
