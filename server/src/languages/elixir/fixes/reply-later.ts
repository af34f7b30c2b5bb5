/**
 * Lets a `handle_call/3` clause that waits hand its work to a task and answer later, so that the process is free at once.
 *
 * Everything from the first step that waits to the end of the clause moves into a task that calls `GenServer.reply/2`. Needs: that step is on every
 * way through the clause; each way ends with `{:reply, value, state}` and hands on the state that there was before the step; the moved code
 * touches no table, sends, starts and monitors nothing, and does not ask who it is.
 *
 * The task runs under a `Task.Supervisor` of the same application that is up before the process, where there is one: a step that fails then leaves
 * its own caller alone without an answer, which is why each caller must have a timeout. Or it is linked to the process: a step that fails takes the
 * process along, as it did before, and its callers learn of it at once; not where the process traps exits, since it would get a message of each task.
 */
import type { Finding } from "../../../model/finding.ts";
import type { TextEdit } from "../../../model/fix.ts";
import type { CallbackClause, Message, Place, ProcessDefinition, TreeNode } from "../../../model/topology.ts";
import type { CallNode, Node } from "../ast.ts";
import { mentions, some } from "../walk.ts";
import { isAlwaysRun } from "./always-run.ts";
import { isGenServerCall } from "./client.ts";
import { startOfComments } from "./definition-edits.ts";
import { applyEdits } from "./edits.ts";
import type { ElixirFix, FixContext, Offer } from "./elixir-fix.ts";
import { takeFieldsOut } from "./fields.ts";
import { indented, isMovable } from "./layout.ts";
import { type Definition, definitionsOf, moduleOf } from "./modules.ts";
import { contains, type Source } from "./source.ts";
import { repliesOf } from "./tails.ts";

export const replyLater: ElixirFix = {
  id: "reply-later",
  offer: (context) =>
    context.findings
      .filter(({ rule, variant }) => rule === "singleton-bottleneck" && variant === "serialized-io")
      .flatMap((finding) => offersFor(finding, context)),
};

function offersFor(finding: Finding, context: FixContext): readonly Offer[] {
  const { topology, source } = context;
  const process = topology.definitions.get(finding.process ?? "");
  const module = process === undefined ? null : moduleOf(source, process.module);
  const clause = process?.callbacks.find(({ headPlace }) => headPlace !== undefined && isSame(headPlace, finding.place));
  const span = context.spanOf(finding.place);
  if (process === undefined || module === null || clause === undefined || span === null) return [];
  const handler = definitionsOf(module).find(({ node }) => contains(node, span));
  const plan = handler === undefined ? null : planFor(handler, clause, process, context);
  if (plan === null) return [];
  return startsFor(process, clause, context).map(({ start, where }, index) => ({
    title: `Answer ${clause.pattern} later, from a task ${where}`,
    finding,
    preferred: index === 0,
    files: [{ file: source.file, edits: editsFor(plan, start, source) }],
  }));
}

function isSame(a: Place, b: Place): boolean {
  return a.file === b.file && a.at === b.at;
}

interface Plan {
  readonly handler: Definition;
  /** What the caller is to be called, and what has to change for that in the head. */
  readonly from: string;
  readonly rename: TextEdit | null;
  readonly state: string;
  /** From where to where the code moves. */
  readonly start: number;
  readonly end: number;
  /** What has to stand before the task, a line each, and the code for the task. */
  readonly before: readonly string[];
  readonly code: string;
}

function planFor(handler: Definition, clause: CallbackClause, process: ProcessDefinition, context: FixContext): Plan | null {
  const { source } = context;
  const [, from, last] = handler.params;
  const items = handler.body?.items ?? [];
  const state = last === undefined ? null : stateOf(last);
  const caller = from?.kind === "var" ? nameOfCaller(handler, from) : null;
  const first = firstWait(items, clause, context);
  if (handler.name !== "handle_call" || state === null || caller === null || first === null) return null;
  const moved = items.slice(first);
  const [start, end] = [startOfComments(source, (moved[0] as Node).start), (moved.at(-1) as Node).end];
  const replies = repliesOf(moved, state);
  if (replies === null || !staysHere(clause, { start, end }, context) || !isMovable(source, { start, end })) return null;
  if (moved.some((item) => some(item, (node) => isAboutItself(node, caller.name) || binds(node, state)))) return null;
  const answers = replies.flatMap(({ node, value }) => [
    { start: node.start, end: value.start, text: `GenServer.reply(${caller.name}, ` },
    { start: value.end, end: node.end, text: ")" },
  ]);
  const rest = replies.flatMap(({ node }) => node.items.slice(2));
  const isKept = process.callbacks.every(({ effects, role }) => role === "init" || effects.state === "unchanged");
  const fields = takeFieldsOut(moved, state, handler.node, { except: rest, whole: isKept });
  if (fields === null) return null;
  const code = applyEdits(source.text.slice(start, end), shifted([...fields.edits, ...answers], start));
  if (code === null) return null;
  const rename = caller.edit;
  return { handler, from: caller.name, rename, state, start, end, before: fields.bindings, code };
}

function shifted(edits: readonly TextEdit[], by: number): readonly TextEdit[] {
  return edits.map(({ start, end, text }) => ({ start: start - by, end: end - by, text }));
}

/** `state`, or `%{…} = state`. */
function stateOf(param: Node): string | null {
  if (param.kind === "operator" && param.operator === "=") return stateOf(param.right);
  return param.kind === "var" ? param.name : null;
}

function nameOfCaller(
  { node }: Definition,
  from: Extract<Node, { kind: "var" }>,
): { readonly name: string; readonly edit: TextEdit | null } | null {
  if (!from.name.startsWith("_")) return { name: from.name, edit: null };
  return mentions(node, "from") ? null : { name: "from", edit: { start: from.start, end: from.end, text: "from" } };
}

/** Which of the expressions is the first that waits; null where it does not on some way through the clause. */
function firstWait(items: readonly Node[], { effects }: CallbackClause, { file, spanOf }: FixContext): number | null {
  let first: number | null = null;
  for (const { path } of effects.blocks) {
    const place = path[0]?.place;
    const span = place?.file === file ? spanOf(place) : null;
    const index = span === null ? -1 : items.findIndex((item) => contains(item, span));
    if (span === null || index < 0) return null;
    if (first !== null && index > first) continue;
    if (first === index || isAlwaysRun(items[index] as Node, span)) first = index;
    else return null;
  }
  return first;
}

/** Whether the clause does to tables and other processes only what comes before the moved code. */
function staysHere(
  { effects }: CallbackClause,
  moved: { readonly start: number; readonly end: number },
  { file, spanOf }: FixContext,
): boolean {
  return [...effects.tables, ...effects.others].every(({ place }) => {
    const span = place.file === file ? spanOf(place) : null;
    return span !== null && span.end <= moved.start;
  });
}

function isAboutItself(node: Node, from: string): boolean {
  if (node.kind === "alias") return node.name === "Process";
  return (node.kind === "var" || node.kind === "call") && (node.name === from || /^(self|throw|exit)$/.test(node.name));
}

function binds(node: Node, name: string): boolean {
  return node.kind === "operator" && (node.operator === "=" || node.operator === "<-") && mentions(node.left, name);
}

interface Start {
  /** The call up to its function. */
  readonly start: string;
  readonly where: string;
}

function startsFor(process: ProcessDefinition, clause: CallbackClause, context: FixContext): readonly Start[] {
  const supervisor = everyCallerGivesUp(clause, process, context) ? taskSupervisorFor(process, context) : null;
  const traps = process.callbacks.some(({ effects }) => effects.others.some(({ kind }) => kind === "trap_exit"));
  return [
    ...(supervisor === null ? [] : [{ start: `Task.Supervisor.start_child(${supervisor}, `, where: `under ${supervisor}` }]),
    ...(traps ? [] : [{ start: "Task.start_link(", where: "linked to the process" }]),
  ];
}

/** Whether all that call the clause do it with a timeout that is known. */
function everyCallerGivesUp(clause: CallbackClause, { module }: ProcessDefinition, context: FixContext): boolean {
  const takes = ({ fn, clause: index }: { readonly fn: string; readonly clause: number }): boolean =>
    fn === clause.fn && index === clause.clause;
  const mayTake = ({ mode, to, handler, handlers }: Message): boolean =>
    mode === "call" && to.includes(module) && (handler === null ? handlers.length === 0 || handlers.some(takes) : takes(handler));
  return context.topology.messages.filter(mayTake).every((message) => {
    const place = message.via.at(-1)?.place ?? message.place;
    const span = context.spanOf(place);
    const found = span === null ? undefined : context.open(place.file)?.around(span.start);
    const call = found?.find((node): node is CallNode => isGenServerCall(node) && node.start === span?.start && node.end === span.end);
    if (call === undefined || call.args.length < 2) return false;
    const [, , timeout] = call.args;
    return timeout === undefined || timeout.kind === "integer";
  });
}

/** The name of a task supervisor that its application always starts before the process, and that takes any number of tasks. */
function taskSupervisorFor({ nodes }: ProcessDefinition, { topology, files, spanOf, sourceOf }: FixContext): string | null {
  for (const { root } of topology.applications) {
    const order = root === null ? [] : inOrder(root);
    const positions = nodes.map((node) => order.indexOf(node));
    if (positions.length === 0 || positions.includes(-1)) continue;
    const found = order.slice(0, Math.min(...positions)).find((node) => {
      if (node.kind !== "task_supervisor" || node.name?.scope !== "local" || node.condition !== null || node.origin !== "init")
        return false;
      const span = files.includes(node.place.file) ? spanOf(node.place) : null;
      const text = span === null ? undefined : sourceOf(node.place.file)?.slice(span.start, span.end);
      return text?.includes("max_children") === false && node.cardinality === "one";
    });
    if (found?.name) return found.name.value;
  }
  return null;
}

/** As they start: each supervisor before its children, in their order. */
function inOrder(root: TreeNode): readonly TreeNode[] {
  return [root, ...root.children.flatMap(inOrder)];
}

const lineLength = 98;

function editsFor({ handler, rename, state, start, end, before, code }: Plan, task: string, source: Source): readonly TextEdit[] {
  const { eol } = source;
  const isBlock = handler.body?.form === "block";
  const indent = isBlock ? source.indentOf(start) : `${source.indentOf(handler.node.start)}  `;
  const oneLine = `${task}fn -> ${code} end)`;
  const isShort = !code.includes("\n") && indent.length + oneLine.length <= lineLength;
  const call = isShort ? oneLine : `${task}fn ->${eol}${indent}  ${indented(code, "  ")}${eol}${indent}end)`;
  const text = [...before, ...(before.length > 0 && !isShort ? [""] : []), call, ...(isShort ? [] : [""]), `{:noreply, ${state}}`]
    .join(`${eol}${indent}`)
    .replaceAll(/[ \t]+(?=\r?\n)/g, "");
  const edits = rename === null ? [] : [rename];
  if (!isBlock) {
    const header = (handler.guard ?? handler.head).end;
    const body = ` do${eol}${indent}${text}${eol}${source.indentOf(handler.node.start)}end`;
    return [...edits, { start: header, end: handler.node.end, text: body }];
  }
  const from = source.startsLine(start) ? source.lineStart(start) : start;
  const standsApart = isShort || before.length > 0 || /(\bdo|\n[ \t]*)\r?\n$/.test(source.text.slice(0, from));
  return [...edits, { start: from, end, text: `${standsApart ? "" : eol}${from === start ? "" : indent}${text}` }];
}
