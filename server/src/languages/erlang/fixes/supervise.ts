/**
 * Lists a process that ordinary code starts among the children of a supervisor, and takes the start out.
 *
 * Needs: a start by `module:start_link(…)` that links, with literal arguments, that the function's one clause makes in any case; a statement in lines of
 * its own that does nothing but start it and whose pid nobody uses; a supervisor of the same application whose children are a literal list, and which has
 * none of that module yet. Nothing of it may depend on the preprocessor.
 */

import type { Finding } from "../../../model/finding.ts";
import type { FileEdits, Fix, TextEdit } from "../../../model/fix.ts";
import type { LooseStart } from "../../../model/loose-start.ts";
import { bareName } from "../../../model/module-name.ts";
import type { TreeNode } from "../../../model/topology.ts";
import type { FixRequest } from "../../language.ts";
import { supervisorsFor } from "../../supervisors.ts";
import type { ClauseNode, Node } from "../ast.ts";
import { parseErlang } from "../parser/parser.ts";
import { countVariable } from "../walk.ts";
import { appendChild, type ChildList, childListOf, functionsOf, hasTuples, isConditional } from "./child-list.ts";

const mostOffers = 3;

/** What is to move: its line or lines, and the start as texts. */
interface Start {
  readonly removed: TextEdit;
  readonly module: string;
  readonly args: string;
}

/** One for each supervisor that may have it, the root of the tree first. */
export function supervise(request: FixRequest): readonly Fix[] {
  const findings = request.findings.filter(({ rule, place }) => rule === "unsupervised-process" && place.file === request.file);
  return findings.flatMap((finding) => offersFor(finding, request));
}

function offersFor(finding: Finding, request: FixRequest): readonly Fix[] {
  const { file, at } = finding.place;
  const found = request.topology.starts.find(({ place }) => place.file === file && place.at === at);
  const start = found === undefined ? null : readStart(found, request);
  if (start === null) return [];
  const offers = supervisorsFor(file, request).flatMap((supervisor): readonly Fix[] => {
    const files = editsFor(supervisor, start, request);
    const title = `Start ${start.module} under ${supervisor.name?.value ?? supervisor.module}`;
    return files === null ? [] : [{ id: "supervise", title, finding, preferred: false, files }];
  });
  return offers.slice(0, mostOffers).map((offer, index) => ({ ...offer, preferred: index === 0 }));
}

function readStart({ place, module, linked }: LooseStart, { file, sourceOf, spanOf }: FixRequest): Start | null {
  const text = sourceOf(file);
  const span = spanOf(place);
  if (text === undefined || span === null || module === null || !linked) return null;
  const tree = parseErlang(text);
  const form = tree.forms.find((one) => one.start <= span.start && span.end <= one.end);
  if (tree.problems.length > 0 || form?.kind !== "function" || isConditional(tree, form)) return null;
  if (functionsOf(tree, form.name, form.clause.params.length).length > 1) return null;
  const statement = form.clause.body.find((item) => item.start <= span.start && span.end <= item.end);
  const call = statement === undefined ? null : startedBy(statement, form.clause);
  if (statement === undefined || call?.kind !== "call" || call.start !== span.start || statement === form.clause.body.at(-1)) return null;
  const { callee, args } = call;
  if (callee.kind !== "remote" || callee.module.kind !== "atom" || callee.module.value !== bareName(module)) return null;
  if (callee.name.kind !== "atom" || callee.name.value !== "start_link" || !args.every(isLiteral)) return null;
  const removed = linesOf(statement, text);
  const shown = args.map(({ start, end }) => text.slice(start, end));
  if (removed === null || shown.some((one) => one.includes("\n"))) return null;
  return { removed, module: text.slice(callee.module.start, callee.module.end), args: `[${shown.join(", ")}]` };
}

/** The call of a statement that binds no variable for use: `{ok, _Pid} = …`. */
function startedBy(statement: Node, clause: ClauseNode): Node | null {
  if (statement.kind !== "operator" || statement.operator !== "=") return statement;
  const { left, right } = statement;
  const parts = left.kind === "tuple" ? left.items : [left];
  const isUnused = (node: Node): boolean =>
    node.kind === "atom" ||
    (node.kind === "variable" && (node.name === "_" || (node.name.startsWith("_") && countVariable(clause, node.name) === 1)));
  return parts.every(isUnused) ? right : null;
}

function isLiteral(node: Node): boolean {
  switch (node.kind) {
    case "atom":
    case "number":
      return true;
    case "string":
      return node.parts.every((part) => typeof part === "string");
    case "tuple":
      return node.items.every(isLiteral);
    case "list":
      return node.items.every(isLiteral) && (node.tail === null || isLiteral(node.tail));
    case "map":
      return node.base === null && node.pairs.every((pair) => pair.every(isLiteral));
    default:
      return false;
  }
}

/** Its lines with the comma behind it; null where it shares them with anything, a comment among that. */
function linesOf({ start, end }: Node, text: string): TextEdit | null {
  const from = text.lastIndexOf("\n", start - 1) + 1;
  const rest = /^[ \t]*,[ \t]*\r?\n/.exec(text.slice(end));
  return /^[ \t]*$/.test(text.slice(from, start)) && rest !== null ? { start: from, end: end + rest[0].length, text: "" } : null;
}

function editsFor(supervisor: TreeNode, start: Start, request: FixRequest): readonly FileEdits[] | null {
  if (supervisor.children.some(({ id, module }) => id === start.module || (module === start.module && id === null))) return null;
  const list = childListOf(supervisor, request);
  if (list === null) return null;
  const added = appendChild(list, specification(start, list));
  if (list.file === request.file) return [{ file: list.file, edits: [...added, start.removed].sort((a, b) => a.start - b.start) }];
  return [
    { file: list.file, edits: added },
    { file: request.file, edits: [start.removed] },
  ];
}

/** In the form of the other children. */
function specification({ module, args }: Start, list: ChildList): string {
  return hasTuples(list)
    ? `{${module}, {${module}, start_link, ${args}}, permanent, 5000, worker, [${module}]}`
    : `#{id => ${module}, start => {${module}, start_link, ${args}}}`;
}
