/**
 * `await` before a call of an actor whose promise is dropped. Offered where the call is a whole statement of an async function, or of the top level; anywhere
 * else it would change what the function gives, or be a syntax error.
 */
import type TypeScript from "typescript";
import type { Fix } from "../../../model/fix.ts";
import type { FixRequest } from "../../language.ts";
import { loadSyntax, type Syntax } from "../syntax.ts";
import { treeOf } from "./tree.ts";

export function awaitCall({ file, findings, sourceOf, spanOf }: FixRequest): readonly Fix[] {
  const text = sourceOf(file);
  const dropped = findings.filter(({ rule, place }) => rule === "unawaited-actor-call" && place.file === file);
  if (text === undefined || dropped.length === 0) return [];
  const syntax = loadSyntax();
  const tree = treeOf(file, text);
  return dropped.flatMap((finding): readonly Fix[] => {
    const span = spanOf(finding.place);
    if (span === null || !canWait(tree, span.start, span.end, syntax)) return [];
    const edits = [{ start: span.start, end: span.start, text: "await " }];
    return [{ id: "await-call", title: "Await the call", finding, preferred: true, files: [{ file, edits }] }];
  });
}

/** Whether the call from `start` to `end` is a statement of its own, in a function that is async or in none. */
function canWait(tree: TypeScript.SourceFile, start: number, end: number, syntax: Syntax): boolean {
  const K = syntax.SyntaxKind;
  let isAsync = true;
  let isStatement = false;
  const look = (node: TypeScript.Node): void => {
    if (node.pos > start || node.end < end) return;
    const { modifiers, parameters } = node as TypeScript.FunctionDeclaration;
    if (parameters !== undefined) isAsync = modifiers?.some(({ kind }) => kind === K.AsyncKeyword) === true;
    if (node.kind === K.ExpressionStatement) {
      const { expression } = node as TypeScript.ExpressionStatement;
      if (expression.end === end && start >= expression.pos && expression.kind !== K.AwaitExpression) isStatement = true;
    }
    syntax.forEachChild(node, look);
  };
  look(tree);
  return isAsync && isStatement;
}
