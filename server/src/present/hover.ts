/** What a hover says, as Markdown: a short first line, the rest below. Pure. */
import { durationText } from "../model/duration.ts";
import { functionName, languageOf, shortFunctionName } from "../model/function-name.ts";
import type { Message, ProcessDefinition } from "../model/topology.ts";
import type { Service } from "../model/virtual-actor.ts";
import type { EditorSource } from "./editor-source.ts";
import { plural } from "./findings-text.ts";
import { callbackSection, evidenceText, processLine, processSections } from "./hover-process.ts";
import { waitSections } from "./hover-wait.ts";
import { markdownCode, markdownLink, markdownProse, markdownText } from "./markdown.ts";
import { runsIn } from "./runs-in.ts";
import { indexTopology } from "./topology-index.ts";
import { waitLines } from "./waits.ts";

/** What the cursor is on, in the model's words. */
export type HoverTarget =
  /** A module's name, or a `use` in it. */
  | { readonly kind: "module"; readonly module: string }
  /** A function's head; `clause` is the one whose head it is. */
  | { readonly kind: "function"; readonly key: string; readonly clause: number }
  /** A call, and the function that its name means where that is known without the model. */
  | { readonly kind: "call"; readonly file: string; readonly at: number; readonly callee: string | null };

/** Null where there is nothing to say that the reader does not see. */
export function hoverText(target: HoverTarget, source: EditorSource): string | null {
  switch (target.kind) {
    case "module": {
      const definition = source.topology.definitions.get(target.module);
      const service = source.topology.services?.get(target.module);
      if (definition !== undefined) return processText(definition, source);
      return service === undefined ? null : serviceText(service, source);
    }
    case "function":
      return functionText(target.key, target.clause, source);
    case "call":
      return callText(target, source);
  }
}

function processText(definition: ProcessDefinition, source: EditorSource): string {
  return joinSections([processLine(definition, source), ...processSections(definition, source)]);
}

/** What is no process, and who calls it. */
function serviceText({ module, form, package: from, functions }: Service, source: EditorSource): string {
  const head = `**${markdownText(source.print(module))}** · ${markdownCode(form)} of ${markdownCode(from)} · no process: each call runs by itself, beside all others`;
  const own = new Set(functions.map(({ fn }) => fn));
  const sent = source.topology.messages.filter(({ handlers }) => handlers.some(({ fn }) => own.has(fn)));
  const lines = sent.slice(0, 6).map((message) => {
    const from = source.topology.functions.get(message.from);
    const name = markdownCode(from === undefined ? message.from : functionName(source.topology.language, source.print(from.module), from));
    return `- ${name} ${message.mode === "call" ? "calls" : "sends to"} ${markdownLink(markdownCode(message.pattern ?? message.tag ?? ""), source.hrefOf(message.place))}`;
  });
  const more = sent.length > lines.length ? [`… and ${plural(sent.length - lines.length, "more call")}`] : [];
  return joinSections([head, lines.join("\n"), ...more]);
}

function functionText(key: string, clause: number, source: EditorSource): string | null {
  const node = source.topology.functions.get(key);
  if (node === undefined) return null;
  const { owners } = indexTopology(source.topology);
  const definition = source.topology.definitions.get(node.module) ?? owners.get(key);
  const isCallback = definition?.callbacks.some(({ fn }) => fn === key) === true;
  const head = `${markdownCode(shortFunctionName(node))} ${runsIn(node, source)}`;
  const sections = [head];
  if (isCallback && definition !== undefined) {
    sections.push(...callbackSection(definition, key, clause, source));
    sections.push("---", processText(definition, source));
  } else {
    sections.push(...clientSection(indexTopology(source.topology).sent.get(key) ?? [], source), ...waitSection(key, source));
  }
  return joinSections(sections);
}

/** A client function's messages: to whom, whether the caller waits, and which clause answers. */
function clientSection(messages: readonly Message[], source: EditorSource): string[] {
  const lines = messages.slice(0, 6).map((message) => `- ${messageText(message, source)}`);
  return lines.length === 0 ? [] : [lines.join("\n")];
}

/** The longest row of answers that the function may wait for. */
function waitSection(key: string, source: EditorSource): string[] {
  const lines = waitLines({ fn: key, clause: null }, source.topology, source.print);
  if (lines.length === 0) return [];
  return [`**Longest wait**\n${lines.map(({ text, evidence }) => `- ${markdownProse(text)}${evidenceText(evidence, source)}`).join("\n")}`];
}

const modeWords: Readonly<Record<Message["mode"], string>> = {
  call: "calls",
  cast: "casts to",
  info: "sends to",
  reply: "replies to",
  monitor: "monitors",
  link: "links to",
};

function messageText(message: Message, source: EditorSource): string {
  const targets = message.to.map((module) => {
    const place = source.topology.definitions.get(module)?.place;
    return markdownLink(`**${markdownText(source.print(module))}**`, place === undefined ? null : source.hrefOf(place));
  });
  // What takes it is known, and is no process.
  const why = message.handlers.length > 0 ? "no process" : "target unknown";
  const to = targets.length > 0 ? targets.slice(0, 3).join(" or ") : `${markdownCode(message.target)} (${why})`;
  const mode = message.mode === "cast" && message.to.every((module) => languageOf(module) === "typescript") ? "info" : message.mode;
  const parts = [`${modeWords[mode]} ${to}${message.mode === "call" ? waitText(message) : ""}`];
  if (message.pattern !== null) parts.push(markdownCode(message.pattern));
  if (message.handler !== null)
    parts.push(`taken by ${markdownLink(clauseName(message.handler, source), source.hrefOf(message.handler.place))}`);
  if (message.certainty !== "certain") parts.push(message.certainty === "probable" ? "probable" : "uncertain");
  return parts.join(" · ");
}

function waitText({ timeout }: Message): string {
  return timeout === undefined ? " and waits" : ` and waits ${timeout === "infinity" ? "" : "up to "}${durationText(timeout)}`;
}

function clauseName({ fn }: { readonly fn: string }, source: EditorSource): string {
  const node = source.topology.functions.get(fn);
  return markdownCode(node === undefined ? fn : shortFunctionName(node));
}

function callText({ file, at, callee }: Extract<HoverTarget, { kind: "call" }>, source: EditorSource): string | null {
  const { topology } = source;
  const index = indexTopology(topology);
  const messages = index.messagesAt({ file, at });
  const called = index.calledAt({ file, at })[0] ?? callee;
  const sections: string[] = [];
  if (messages.length > 0) sections.push(...messages.slice(0, 3).map((message) => capitalized(messageText(message, source))));
  const waits = waitSections({ file, at }, source);
  sections.push(...waits);
  // What waits is a library's: where all calls of it run says nothing of this one.
  const node = called === null || waits.length > 0 ? undefined : topology.functions.get(called);
  if (node !== undefined) {
    sections.push(`${markdownCode(functionName(topology.language, source.print(node.module), node))} ${runsIn(node, source)}`);
    if (messages.length === 0) sections.push(...clientSection(index.sent.get(node.key) ?? [], source));
    sections.push(...waitSection(node.key, source));
  }
  if (sections.length === 0) return null;
  const targets = new Set(messages.flatMap(({ to }) => to));
  if (targets.size === 0 && node !== undefined)
    for (const { to } of index.sent.get(node.key) ?? []) for (const module of to) targets.add(module);
  for (const module of [...targets].slice(0, 2)) {
    const definition = topology.definitions.get(module);
    if (definition !== undefined) sections.push("---", processText(definition, source));
  }
  if (targets.size > 2) sections.push(`… and ${plural(targets.size - 2, "more process definition")}`);
  return joinSections(sections);
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function joinSections(sections: readonly string[]): string {
  return sections.filter((section) => section !== "").join("\n\n");
}
