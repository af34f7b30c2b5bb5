/**
 * Lists a process that ordinary code starts among the children of a supervisor, and takes the start out.
 *
 * Needs: a start by `Module.start_link` that links, with arguments that mean the same anywhere; a statement that does nothing but start it and whose
 * pid nobody uses; a supervisor of the same application whose children are a literal list.
 */

import type { Finding } from "../../../model/finding.ts";
import type { FileEdits, TextEdit } from "../../../model/fix.ts";
import type { LooseStart } from "../../../model/loose-start.ts";
import { bareName } from "../../../model/module-name.ts";
import type { TreeNode } from "../../../model/topology.ts";
import { supervisorsFor } from "../../supervisors.ts";
import type { CallNode, ListNode, Node } from "../ast.ts";
import { some } from "../walk.ts";
import { childListOf } from "./child-list.ts";
import type { ElixirFix, FixContext, Offer } from "./elixir-fix.ts";
import { insertItem, removeLines } from "./list-edit.ts";
import { isLiteral } from "./literal.ts";
import { definitionsOf, type Module, moduleOf } from "./modules.ts";
import type { Source } from "./source.ts";

const mostOffers = 3;

export const supervise: ElixirFix = {
  id: "supervise",
  offer: (context) =>
    context.findings.filter(({ rule }) => rule === "unsupervised-process").flatMap((finding) => offersFor(finding, context)),
};

function offersFor(finding: Finding, context: FixContext): readonly Offer[] {
  const { file, at } = finding.place;
  const start = context.topology.starts.find(({ place }) => place.file === file && place.at === at);
  const span = context.spanOf(finding.place);
  if (start === undefined || start.module === null || !start.linked || span === null) return [];
  const call = context.source.around(span.start).find((node) => node.start === span.start && node.end === span.end && node.kind === "call");
  const statement = call === undefined ? null : looseStatement(context.source, call);
  if (call?.kind !== "call" || statement === null) return [];
  const module = bareName(start.module).replace(/^Elixir\./, "");
  const offers = supervisorsFor(file, context).flatMap((supervisor): readonly Offer[] => {
    const child = childFor(start, call, supervisor, context);
    const files = child === null ? null : editsFor(supervisor, child, statement, context);
    if (files === null) return [];
    return [{ title: `Start ${module} under ${nameOf(supervisor)}`, finding, preferred: false, files }];
  });
  return offers.slice(0, mostOffers).map((offer, index) => ({ ...offer, preferred: index === 0 }));
}

/** The statement of a start, where it stands in lines of its own before others, and gives its pid to no variable that is used. */
function looseStatement(source: Source, call: Node): Node | null {
  const around = source.around(call.start);
  const block = around.findLast((node) => node.kind === "block" && node.items.some((item) => item === call || isMatchOf(item, call)));
  if (block?.kind !== "block") return null;
  const statement = block.items.find((item) => item === call || isMatchOf(item, call)) ?? null;
  if (statement === null || statement === block.items.at(-1) || !source.startsLine(statement.start)) return null;
  if (!/^[ \t]*$/.test(source.text.slice(statement.end, source.lineEnd(statement.end)))) return null;
  return statement;
}

/** `{:ok, _pid} = …`, `_ = …`: no variable that is bound for use. */
function isMatchOf(node: Node, call: Node): boolean {
  return (
    node.kind === "operator" &&
    node.operator === "=" &&
    node.right === call &&
    !some(node.left, (part) => part.kind === "var" && !part.name.startsWith("_"))
  );
}

function editsFor(supervisor: TreeNode, child: string, statement: Node, context: FixContext): readonly FileEdits[] | null {
  const found = childListOf(supervisor, context);
  if (found === null || hidesName(found.source, child)) return null;
  const inserted = insertItem(found.source, found.list, child, endpointOf(found.list));
  if (inserted === null) return null;
  const removed: TextEdit = removeLines(context.source, statement);
  if (found.source.file === context.file) return [{ file: context.file, edits: [...inserted, removed] }];
  return [
    { file: found.source.file, edits: inserted },
    { file: context.file, edits: [removed] },
  ];
}

/** A web endpoint stays last: what serves requests starts after what it needs. */
function endpointOf({ items }: ListNode): Node | null {
  const last = items.at(-1);
  const name = last?.kind === "tuple" ? last.items[0] : last;
  return last !== undefined && name?.kind === "alias" && /(^|\.)Endpoint$/.test(name.name) ? last : null;
}

/** Whether an alias of the file gives the first part of the module's name another meaning. */
function hidesName({ tree }: Source, child: string): boolean {
  const first = /[A-Z]\w*/.exec(child)?.[0];
  return some(tree.root, (node) => {
    if (node.kind !== "call" || node.target !== null || node.name !== "alias") return false;
    return some(node, (part) => part.kind === "alias" && part.name.includes(".") && part.name.split(".").at(-1) === first);
  });
}

/** The child specification, or null where it cannot be written. */
function childFor(start: LooseStart, call: CallNode, supervisor: TreeNode, context: FixContext): string | null {
  const { target, name, args } = call;
  const atom = start.module ?? "";
  const module = bareName(atom).replace(/^Elixir\./, "");
  const isNamed = target?.kind === "alias" && (module === target.name || module.endsWith(`.${target.name}`));
  if (!isNamed || name !== "start_link" || !args.every(isLiteral)) return null;
  const spec =
    shortForm(atom, module, args, context) ?? `%{id: ${module}, start: {${module}, :start_link, ${argumentsOf(args, context.source)}}}`;
  if (!supervisor.children.some(({ id, moduleAtom }) => id === module || (id === null && moduleAtom === atom))) return spec;
  const id = registeredName(args, context.source);
  return id === null ? null : `Supervisor.child_spec(${spec}, id: ${id})`;
}

/** `Module` or `{Module, argument}`, where the module has a `child_spec/1`, its own or one that `use` brings. */
function shortForm(atom: string, module: string, args: readonly Node[], context: FixContext): string | null {
  const file = context.topology.definitions.get(atom)?.place.file;
  const source = file === undefined ? null : context.open(file);
  const own = source === null ? null : moduleOf(source, atom);
  if (source === null || own === null || !hasChildSpec(own)) return null;
  const starts = definitionsOf(own).filter((one) => one.name === "start_link" && one.params.length === 1);
  if (starts.length === 0) return null;
  const given = args.length === 0 ? defaultOf(starts[0]?.params[0], source) : text(args, context.source);
  if (given === null) return null;
  return given === "[]" ? module : `{${module}, ${given}}`;
}

const childModules: ReadonlySet<string> = new Set(["GenServer", "Agent", "Task", "GenStage", "Supervisor", "DynamicSupervisor"]);

function hasChildSpec(module: Module): boolean {
  const uses = module.items.some((item) => {
    const used = item.kind === "call" && item.target === null && item.name === "use" ? item.args[0] : undefined;
    return used?.kind === "alias" && childModules.has(used.name);
  });
  return uses || definitionsOf(module).some(({ name, params }) => name === "child_spec" && params.length === 1);
}

/** What a parameter is where none is given. */
function defaultOf(parameter: Node | undefined, source: Source): string | null {
  if (parameter?.kind !== "operator" || parameter.operator !== "\\\\" || !isLiteral(parameter.right)) return null;
  return source.textOf(parameter.right);
}

/** Keywords without brackets get them. */
function text(args: readonly Node[], source: Source): string | null {
  const [only] = args;
  if (only === undefined || args.length !== 1 || source.textOf(only).includes("\n")) return null;
  return source.textOf(only);
}

function argumentsOf(args: readonly Node[], source: Source): string {
  const texts = args.map((arg) => (arg.kind === "list" && !arg.bracketed ? `[${source.textOf(arg)}]` : source.textOf(arg)));
  return `[${texts.join(", ")}]`;
}

function registeredName(args: readonly Node[], source: Source): string | null {
  const options = args.at(-1);
  if (options?.kind !== "list") return null;
  const name = options.items.find((item) => item.kind === "pair" && item.key.kind === "atom" && item.key.value === "name");
  return name?.kind === "pair" ? source.textOf(name.value) : null;
}

function nameOf({ name, module }: TreeNode): string {
  return name?.value ?? module ?? "the application's supervisor";
}
