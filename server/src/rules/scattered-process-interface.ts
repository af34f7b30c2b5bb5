/**
 * Messages to one process that several modules put together themselves, instead of calling its client functions.
 *
 * Needs: a server or an Agent, and calls, casts or Agent operations on it, certain, in the code of two or more modules other than its own. Modules below
 * the process's own name (`Cart.Helper` for `Cart`) count as its own. Default severity: info.
 */
import type { Finding, RuleMetadata } from "../model/finding.ts";
import type { Message, ProcessDefinition } from "../model/topology.ts";
import type { Rule, RuleContext } from "./rule.ts";
import { code, finding, listed } from "./wording.ts";

const meta: RuleMetadata = {
  id: "scattered-process-interface",
  title: "A process's messages put together in several modules",
  category: "messages",
  languages: ["elixir", "erlang"],
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
}

export const scatteredProcessInterface: Rule = {
  meta,
  check(context: RuleContext): readonly Finding[] {
    const { topology, roleOf } = context;
    const sites = new Map<string, Site[]>();
    for (const message of topology.messages) {
      const [to] = message.to;
      if ((message.mode !== "call" && message.mode !== "cast") || message.to.length !== 1 || to === undefined) continue;
      const inner = topology.functions.get(message.via.at(-1)?.fn ?? message.from);
      if (message.certainty !== "certain" || inner === undefined || roleOf(inner.place.file) !== "source") continue;
      if (inner.module === to || inner.module.startsWith(`${to}.`)) continue;
      sites.set(to, [...(sites.get(to) ?? []), { message, module: inner.module }]);
    }
    return [...sites].flatMap(([module, found]) => {
      const definition = topology.definitions.get(module);
      if (definition === undefined || (definition.kind !== "gen_server" && definition.kind !== "agent")) return [];
      const modules = [...new Set(found.map((site) => site.module))];
      return modules.length < 2 || roleOf(definition.place.file) !== "source" ? [] : [report(definition, modules, found, context)];
    });
  },
};

function report({ module, place }: ProcessDefinition, modules: readonly string[], sites: readonly Site[], context: RuleContext): Finding {
  const name = code(context.print(module));
  return finding(meta, {
    variant: null,
    certainty: "certain",
    process: module,
    place,
    what: `${listed(modules.map((one) => code(context.print(one))))} put together messages to ${name} themselves.`,
    why: "Each of them knows its name and the shape of its messages, so neither can change in one place.",
    fix: `Give ${name} client functions for them, and call those.`,
    evidence: sites.slice(0, 6).map(({ message }) => ({ message: `sends ${code(message.pattern ?? message.mode)}`, place: message.place })),
  });
}
