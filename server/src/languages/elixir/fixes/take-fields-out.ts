/**
 * Reads the fields that a function needs before it is handed to another process, so that it takes nothing else along.
 *
 * The reads move out of the function and before the statement that it stands in. Needs: a read that cannot fail (a field that each connection or socket
 * has, or `[…]` on such a field), or one that is made whenever the statement runs; nothing in the statement gives the variable another value; the
 * names of the fields are free.
 */
import type { Finding } from "../../../model/finding.ts";
import type { TextEdit } from "../../../model/fix.ts";
import type { CallNode, Node } from "../ast.ts";
import { mentions, some, walk } from "../walk.ts";
import { isAlwaysRun } from "./always-run.ts";
import { startOfComments } from "./definition-edits.ts";
import type { ElixirFix, FixContext, Offer } from "./elixir-fix.ts";
import { isUsableName } from "./fields.ts";
import { readDefinition } from "./modules.ts";
import { contains, type Source } from "./source.ts";

export const takeFieldsOutFirst: ElixirFix = {
  id: "take-fields-out",
  offer: (context) =>
    context.findings.filter(({ rule }) => rule === "sending-unnecessary-data").flatMap((finding) => offersFor(finding, context)),
};

function offersFor(finding: Finding, { source, file, topology, spanOf }: FixContext): readonly Offer[] {
  const span = spanOf(finding.place);
  const around = span === null ? [] : source.around(span.start);
  const taken = around.find((node) => node.start === span?.start && node.end === span.end && (node.kind === "fn" || node.kind === "unary"));
  const captures = topology.captures.filter(({ place }) => place.file === file && place.at === finding.place.at);
  return captures.flatMap(({ variable }): readonly Offer[] => {
    const reads = taken === undefined ? null : readsIn(taken, variable);
    const edits = taken === undefined || reads === null ? null : editsFor(taken, reads, variable, around, source);
    if (reads === null || edits === null) return [];
    const texts = [...new Set(reads.map((read) => source.textOf(read)))];
    return [{ title: `Read ${texts.join(", ")} before the function`, finding, preferred: true, files: [{ file, edits }] }];
  });
}

/** `variable.a.b`, `variable.a[:b]`: the longest; null where the variable is used in another way. */
function readsIn(root: Node, variable: string): readonly Node[] | null {
  const reads: Node[] = [];
  let others = 0;
  walk(root, (node) => {
    if (node.kind === "var" && node.name === variable) others++;
    if (!isRead(node, variable)) return true;
    reads.push(node);
    return false;
  });
  return others > 0 || reads.length === 0 ? null : reads;
}

function isRead(node: Node, variable: string): boolean {
  if (node.kind === "access") return node.key.kind === "atom" && node.base.kind !== "var" && isRead(node.base, variable);
  if (node.kind !== "call" || node.parens || node.args.length > 0 || node.block !== null || node.target === null) return false;
  return (node.target.kind === "var" && node.target.name === variable) || isRead(node.target, variable);
}

function nameOf(read: Node): string | null {
  if (read.kind === "access") return read.key.kind === "atom" ? read.key.value : null;
  return read.kind === "call" ? read.name : null;
}

function editsFor(
  taken: Node,
  reads: readonly Node[],
  variable: string,
  around: readonly Node[],
  source: Source,
): readonly TextEdit[] | null {
  const whole = around.findLast((node): node is CallNode => node.kind === "call" && (node.name === "def" || node.name === "defp"));
  const definition = whole === undefined ? null : readDefinition(whole);
  if (whole === undefined || definition === null || definition.body === null) return null;
  const statement = statementAround(taken, around.slice(around.indexOf(whole)));
  const place = statement ?? (definition.body.form === "keyword" ? (definition.body.items[0] as Node) : null);
  if (place === null || !contains(place, taken) || gives(place, taken, variable)) return null;
  if (!reads.every((read) => cannotFail(read, variable) || (isAlwaysRun(place, taken) && isRunInside(taken, read)))) return null;
  const names = namesFor(reads, definition.node, source);
  if (names === null) return null;
  const { eol } = source;
  const uses = reads.map((read) => ({ start: read.start, end: read.end, text: names.get(source.textOf(read)) ?? "" }));
  const bindings = [...names].map(([text, name]) => `${name} = ${text}`);
  if (statement !== null) {
    if (!source.startsLine(statement.start)) return null;
    const start = startOfComments(source, statement.start);
    const indent = source.indentOf(statement.start);
    // As the formatter has it, what goes over several lines stands apart.
    const gap = source.textOf(statement).includes("\n") ? eol : "";
    return [{ start, end: start, text: `${bindings.join(`${eol}${indent}`)}${eol}${gap}${indent}` }, ...uses];
  }
  const outer = source.indentOf(definition.node.start);
  const header = (definition.guard ?? definition.head).end;
  const between = source.text.slice(header, place.start);
  if (!/^,\s*do:\s*$/.test(between) || source.textOf(place).includes("\n")) return null;
  const lines = bindings.map((line) => `${outer}  ${line}${eol}`).join("");
  return [
    { start: header, end: place.start, text: ` do${eol}${lines}${outer}  ` },
    ...uses,
    { start: definition.node.end, end: definition.node.end, text: `${eol}${outer}end` },
  ];
}

/** The innermost expression around a node that stands in a row of others, or alone as the body of a block; null where a function is between. */
function statementAround(taken: Node, around: readonly Node[]): Node | null {
  const outside = around.slice(0, around.indexOf(taken));
  for (let index = outside.length - 1; index >= 0; index--) {
    const outer = outside[index] as Node;
    const inner = outside[index + 1] ?? taken;
    if (outer.kind === "fn" || (outer.kind === "unary" && outer.operator === "&")) return null;
    if (outer.kind === "block" && outer.items.includes(inner)) return inner;
    if (outer.kind === "stab" && outer.body === inner) return inner;
    if (outer.kind === "call" && outer.block?.sections.some(({ body }) => body === inner)) return inner;
  }
  return null;
}

/** Whether the statement gives the variable another value outside of the function. */
function gives(statement: Node, taken: Node, variable: string): boolean {
  return some(statement, (node) => {
    if (contains(taken, node)) return false;
    if (node.kind === "operator" && (node.operator === "=" || node.operator === "<-")) return mentions(node.left, variable);
    return node.kind === "stab" && node.params.some((param) => mentions(param, variable));
  });
}

/** Fields of `Plug.Conn`, `Phoenix.Socket` and `Phoenix.LiveView.Socket`, by the variable's name. */
const fieldsOf: Readonly<Record<string, ReadonlySet<string>>> = {
  conn: new Set(
    (
      "adapter assigns body_params cookies halted host method owner params path_info path_params port private query_params query_string remote_ip " +
      "req_cookies req_headers request_path resp_body resp_cookies resp_headers scheme script_name secret_key_base state status"
    ).split(" "),
  ),
  socket: new Set(["assigns", "id", "endpoint", "transport_pid", "private"]),
};

function cannotFail(read: Node, variable: string): boolean {
  if (read.kind === "access") return cannotFail(read.base, variable);
  return read.kind === "call" && read.target?.kind === "var" && fieldsOf[variable]?.has(read.name) === true;
}

/** Whether the function reads it each time that it is run. */
function isRunInside(taken: Node, read: Node): boolean {
  const body =
    taken.kind === "fn"
      ? taken.clauses.length === 1
        ? taken.clauses[0]?.body
        : undefined
      : taken.kind === "unary"
        ? taken.operand
        : undefined;
  return body !== undefined && isAlwaysRun(body, read);
}

/** What each read is called, by its text; null where a name already means something in the definition. */
function namesFor(reads: readonly Node[], definition: Node, source: Source): ReadonlyMap<string, string> | null {
  const names = new Map<string, string>();
  for (const read of reads) {
    const text = source.textOf(read);
    const name = nameOf(read);
    if (names.has(text)) continue;
    if (name === null || !isUsableName(name) || mentions(definition, name) || [...names.values()].includes(name)) return null;
    names.set(text, name);
  }
  return names;
}
