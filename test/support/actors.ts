/** Scripts linked by themselves, and what comes of it in a line each. */
import { typescript } from "../../server/src/languages/typescript/typescript.ts";
import { type ActorTopology, linkActors } from "../../server/src/link/actors/link-actors.ts";
import { finish } from "../../server/src/model/steps.ts";
import type { Message, TreeNode } from "../../server/src/model/topology.ts";

export function link(files: Readonly<Record<string, string>>): ActorTopology {
  const facts = Object.entries(files).map(([path, text]) => typescript.read({ path, text, role: "source" }));
  return finish(linkActors({ files: facts, tables: typescript.actors ?? [], print: typescript.printAtom }));
}

const nodeText = ({ module, kind, cardinality, name }: TreeNode): string =>
  `${module} ${kind} ${cardinality}${name === null ? "" : ` ${name.value}`}`;

/** Applications with their children, and those that nothing registers. */
export function trees({ applications, unattached }: ActorTopology): readonly string[] {
  const attached = applications.flatMap(({ name, root }) => root!.children.map((child) => `${name}: ${nodeText(child)}`));
  return [...attached, ...unattached.map(nodeText)];
}

export function messages({ messages: all }: ActorTopology): readonly string[] {
  return all.map(({ mode, from, target, tag, handler, dropped }) => {
    const to = handler === null ? "nobody" : handler.fn.replace(/^ts:/, "");
    return `${from.replace(/^ts:/, "")} ${mode}s ${target}.${tag} → ${to}${dropped === undefined ? "" : " dropped"}`;
  });
}

export const contextsOf = ({ functions, contexts }: ActorTopology, key: string): readonly string[] =>
  (functions.get(`ts:${key}`)?.contexts ?? []).map((id) => `${contexts.get(id)!.label} ${contexts.get(id)!.cardinality}`);

/** Each message: how it is sent, to whom, its tag, and which clauses take it. */
export const sent = (messages: readonly Message[]): string[] =>
  messages.map(({ mode, to, tag, target, handlers, certainty }) =>
    [
      mode,
      to.map(typescript.printAtom).join("|") || `?${target}`,
      tag ?? "?",
      handlers.map(({ fn, clause }) => `${fn.replace(/^.*#/, "")}#${clause}`).join(" "),
      certainty,
    ]
      .filter((word) => word !== "")
      .join(" "),
  );
