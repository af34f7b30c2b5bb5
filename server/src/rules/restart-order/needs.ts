/** What a process needs of others while it starts, as far as their names or modules are known. Pure. */
import { projectOfName } from "../../model/module-name.ts";
import type { CallbackClause, Certainty, Evidence, Message, Place, ProcessDefinition } from "../../model/topology.ts";
import { type CallerIndex, indexCallers } from "../callers.ts";
import { clausesOf } from "../clauses.ts";
import { isAlways, type Reached, reachOf } from "../reach.ts";
import type { RuleContext } from "../rule.ts";
import { code } from "../wording.ts";
import type { Start, Starts } from "./order.ts";

/** `call` and `send` fail where nobody is there, so does `use` (a registry, a PubSub, a table); a `cast` is lost. */
export type NeedKind = "call" | "send" | "cast" | "use" | "table";

export interface Need {
  readonly kind: NeedKind;
  /** Whose it is. */
  readonly of: Start;
  /** What is needed, between backticks. */
  readonly what: string;
  /** In the starting code: where it is needed, or the call that leads there. */
  readonly place: Place;
  readonly evidence: readonly Evidence[];
  readonly certainty: Certainty;
  readonly message: Message | null;
}

/** Where in the start of a process. `start`: its start function, which the supervisor runs; `init`; `continue`: right after, while the next ones start. */
export type Phase = "start" | "init" | "continue";

export interface NeedReader {
  of(definition: ProcessDefinition, own: Start, phase: Phase): readonly Need[];
}

export function readNeeds(context: RuleContext, starts: Starts): NeedReader {
  const index = indexCallers(context);
  const ownerOf = tableOwners(context, starts);

  function startFunction({ node }: Start): { readonly fn: string; readonly clause: null } | null {
    // `Elixir.Shop.Rates:start_link/1`, as the language prints the module.
    const name = /:([^:]+)$/.exec(node.start ?? "")?.[1];
    const key = node.moduleAtom === null || name === undefined ? null : `${node.moduleAtom}.${name}`;
    return key === null || !context.topology.functions.has(key) ? null : { fn: key, clause: null };
  }

  function of(definition: ProcessDefinition, own: Start, phase: Phase): readonly Need[] {
    if (phase === "start") {
      const start = startFunction(own);
      return start === null ? [] : messagesOf(reachOf(start, context), index, own, starts);
    }
    return clausesOf(definition, phase).flatMap((clause) => {
      const reached = reachOf(clause, context);
      return [...messagesOf(reached, index, own, starts), ...effectsOf(clause, reached, definition.module, own)];
    });
  }

  function effectsOf({ effects }: CallbackClause, reached: readonly Reached[], module: string, own: Start): readonly Need[] {
    return [
      ...effects.others.flatMap(({ target, text, place, path = [] }) => {
        const found = target === undefined ? null : starts.ofName(target, own);
        if (found === null || target === undefined || !isOnTheWay(path, reached)) return [];
        return [used("use", found, code(target), { message: text, place }, path)];
      }),
      ...effects.tables.flatMap(({ table, operation, place, path = [] }) => {
        const found = table === null || operation === "new" ? null : (starts.ofName(table, own) ?? ownerOf(table, module));
        if (found === null || table === null || found.node.moduleAtom === module || !isOnTheWay(path, reached)) return [];
        const isRegistry = starts.ofName(table, own) !== null;
        const what = isRegistry ? code(table) : `the table ${code(table)}`;
        return [used(isRegistry ? "use" : "table", found, what, { message: `${operation}s ${what}`, place }, path)];
      }),
    ];
  }

  return { of };
}

/** Whether the calls that lead to an effect are made whatever happens before them. */
function isOnTheWay(path: readonly Evidence[], reached: readonly Reached[]): boolean {
  const isSame = (a: Evidence, b: Evidence | undefined): boolean => a.place.at === b?.place.at && a.place.file === b.place.file;
  const there = reached.find((one) => one.path.length === path.length && one.path.every((step, i) => isSame(step, path[i])));
  return there !== undefined && isAlways({}, there);
}

function used(kind: NeedKind, of: Start, what: string, step: Evidence, path: readonly Evidence[]): Need {
  const [first = step, ...rest] = [...path, step];
  return { kind, of, what, place: first.place, evidence: rest, certainty: "certain", message: null };
}

function messagesOf(reached: readonly Reached[], index: CallerIndex, own: Start, starts: Starts): readonly Need[] {
  return reached.flatMap((one) =>
    index.messagesFrom(one.fn.key).flatMap((message) => {
      const of = one.includes(message) && isAlways(message, one) ? targetOf(message, own, starts) : null;
      return of === null ? [] : (messageNeed(message, of, one) ?? []);
    }),
  );
}

function messageNeed(message: Message, of: Start, { path }: Reached): Need | null {
  const kind = message.mode === "call" ? "call" : message.mode === "info" ? "send" : message.mode === "cast" ? "cast" : null;
  if (kind === null) return null;
  const name = of.node.name?.value ?? of.node.module ?? message.target;
  const words = kind === "call" ? "waits for" : kind === "send" ? "sends to" : "casts to";
  const [first, ...rest] = [...path, { message: `${words} ${name}`, place: message.place }];
  return {
    kind,
    of,
    what: code(name),
    place: first?.place ?? message.place,
    evidence: rest,
    certainty: message.certainty === "unknown" ? "certain" : message.certainty,
    message,
  };
}

/** By the registered name that is written, which needs no definition (a supervisor, a registry), else by the one module that may take it. */
function targetOf({ to, target, certainty, mode }: Message, own: Start, starts: Starts): Start | null {
  const [module] = to;
  if (to.length > 1) return null;
  const named = starts.ofName(target, own);
  // A process that was started a moment ago is sent to by its pid.
  if (named !== null || mode !== "call") return named;
  return module === undefined || certainty === "unknown" ? null : starts.ofModule(module);
}

/** Named tables that one process makes in its `init`, and no other code does; of projects that have tables of one name, each means its own. */
function tableOwners({ topology }: RuleContext, starts: Starts): (table: string, module: string) => Start | null {
  const makers = new Map<string, Map<string, boolean>>();
  for (const { module, callbacks } of topology.definitions.values())
    for (const { effects, role } of callbacks)
      for (const { table, operation } of effects.tables) {
        if (operation !== "new" || table === null) continue;
        const known = makers.get(table) ?? new Map<string, boolean>();
        makers.set(table, known.set(module, role === "init" && known.get(module) !== false));
      }
  return (table, module) => {
    const all = [...(makers.get(table) ?? [])];
    const near = all.length > 1 ? all.filter(([maker]) => projectOfName(maker) === projectOfName(module)) : all;
    const [maker] = near;
    return near.length === 1 && maker !== undefined && maker[1] ? starts.ofModule(maker[0]) : null;
  };
}
