/**
 * Messages to one process that several modules put together themselves, instead of calling its client functions.
 *
 * Needs: a server or an Agent, and calls, casts or Agent operations on it, certain, in the code of two or more modules other than its own. Modules below
 * the process's own name (`Cart.Helper` for `Cart`) count as its own. Code of a header, or of what `use` brings in, is one place, in however many modules it
 * ends up; a function that hands on what it is given puts nothing together; what only tests run does not count. Of a Durable Object the messages are requests
 * whose address is written where they are sent: methods that are called are an interface already, and a request that is handed on is nobody's. Default severity: info.
 */
import type { Finding, RuleMetadata } from "../model/finding.ts";
import { isNamedUnder } from "../model/module-name.ts";
import type { FunctionNode, Message, ProcessDefinition } from "../model/topology.ts";
import { indexCallers } from "./callers.ts";
import type { Rule, RuleContext } from "./rule.ts";
import { code, finding, listed } from "./wording.ts";

const meta: RuleMetadata = {
  id: "scattered-process-interface",
  title: "A process's messages put together in several modules",
  category: "messages",
  languages: ["elixir", "erlang", "typescript"],
  variants: [],
  severity: "info",
  cost: "typing",
  stage: "stable",
  inTests: false,
};

interface Site {
  readonly message: Message;
  /** The module in whose code the message is put together. */
  readonly module: string;
  /** The header, or the module whose `use` brings it in, if the code is not the module's own. */
  readonly file: string | null;
}

export const scatteredProcessInterface: Rule = {
  meta,
  check(context: RuleContext): readonly Finding[] {
    const { topology, roleOf } = context;
    const index = indexCallers(context);
    const sites = new Map<string, Site[]>();
    for (const message of topology.messages) {
      const [to] = message.to;
      if ((message.mode !== "call" && message.mode !== "cast") || message.to.length !== 1 || to === undefined) continue;
      const sender = topology.functions.get(message.from);
      if (message.certainty !== "certain" || sender === undefined || roleOf(sender.place.file) !== "source") continue;
      const way = [sender, ...message.via.flatMap(({ fn }) => topology.functions.get(fn) ?? [])];
      if (way.some(({ module }) => module === to || isNamedUnder(module, to))) continue;
      if (sender.contexts.length > 0 && index.contextsOf(sender.key).length === 0) continue;
      sites.set(to, [...(sites.get(to) ?? []), { message, module: sender.module, file: broughtFrom(sender, way) }]);
    }
    return [...sites].flatMap(([module, found]) => {
      const definition = topology.definitions.get(module);
      if (definition === undefined || !kinds.has(definition.kind) || roleOf(definition.place.file) !== "source") return [];
      const built = definition.kind === "durable_object" ? found.filter(({ message }) => isBuiltRequest(message)) : found;
      const owners = ownersOf(built, context);
      return owners.length < 2 ? [] : [report(definition, owners, built, context)];
    });
  },
};

const kinds: ReadonlySet<ProcessDefinition["kind"]> = new Set(["gen_server", "agent", "durable_object"]);

function isBuiltRequest({ pattern }: Message): boolean {
  return pattern?.startsWith('fetch("') === true;
}

function broughtFrom(sender: FunctionNode, way: readonly FunctionNode[]): string | null {
  const own = (file: string): boolean => file === sender.place.file;
  return way.find(({ module, place }) => module === sender.module && !own(place.file))?.place.file ?? null;
}

/** Modules by name; the file, where what it holds is the code of several of them. */
function ownersOf(sites: readonly Site[], { print }: RuleContext): readonly string[] {
  const modules = new Map<string, Set<string>>();
  const keyOf = ({ message: { place } }: Site): string => `${place.file}:${place.at}`;
  for (const site of sites) modules.set(keyOf(site), (modules.get(keyOf(site)) ?? new Set()).add(site.module));
  const nameOf = (site: Site): string => {
    const file = site.file ?? (modules.get(keyOf(site))?.size === 1 ? null : site.message.place.file);
    return file === null ? print(site.module) : file.slice(file.lastIndexOf("/") + 1);
  };
  return [...new Set(sites.map(nameOf))];
}

function report(definition: ProcessDefinition, owners: readonly string[], sites: readonly Site[], context: RuleContext): Finding {
  const { module, place } = definition;
  const name = code(context.print(module));
  return finding(meta, {
    variant: null,
    certainty: "certain",
    process: module,
    place,
    what: `${listed(owners.map(code))} put together messages to ${name} themselves.`,
    why: "Each of them knows its name and the shape of its messages, so neither can change in one place.",
    fix:
      definition.kind === "durable_object"
        ? `Make them methods of ${name}, and call those.`
        : `Give ${name} client functions for them, and call those.`,
    evidence: sites.slice(0, 6).map(({ message }) => ({ message: `sends ${code(message.pattern ?? message.mode)}`, place: message.place })),
  });
}
