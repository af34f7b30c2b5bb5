import type { CancellationToken } from "vscode-languageserver";
import { offsetAt } from "../analysis/places.ts";
import type { FileFacts } from "../model/facts.ts";
import { runnerOf } from "../present/runner.ts";
import type { ProcessAtParams, ProcessAtReply } from "../protocol/requests.ts";
import { askedAt, standingOf } from "./asked-at.ts";
import { elementAtPosition } from "./from-lsp.ts";
import type { Server } from "./server.ts";

/** `processTopology/processAt`: what runs the code at a position, and the function clause there. */
export function processAt(server: Server, params: ProcessAtParams, token: CancellationToken): ProcessAtReply {
  const asked = askedAt(server, params, token);
  if (asked === null) return null;
  const { folder, snapshot, path, position, source } = asked;
  const { topology } = source;
  const element = elementAtPosition(snapshot, path, position)?.element;
  if (element?.kind === "clause" || (element?.kind === "module" && topology.definitions.has(element.module))) {
    const start = element.kind === "clause" ? `${element.fn}#${element.clause}` : null;
    return { folder: folder.uri, participant: runnerOf(element.module, null, topology), start };
  }
  const standing = standingOf(asked);
  const facts = snapshot.files.get(path);
  const module = standing?.module ?? (facts === undefined ? null : moduleAround(facts, offsetAt(facts, position.line, position.character)));
  if (module === null) return null;
  const key = standing === null ? null : `${standing.module}.${standing.fn.name}/${standing.fn.arity}`;
  const node = key === null ? undefined : topology.functions.get(key);
  const start = node === undefined || standing === null ? null : node.clauses.length > 1 ? `${node.key}#${standing.clause}` : node.key;
  return { folder: folder.uri, participant: runnerOf(module, node ?? null, topology), start };
}

/** The innermost module around an offset. */
function moduleAround({ shape, spans }: FileFacts, offset: number): string | null {
  let found: { readonly name: string; readonly length: number } | null = null;
  for (const { name, at } of shape.modules) {
    const [start, end] = [spans[2 * at] ?? 0, spans[2 * at + 1] ?? 0];
    if (start <= offset && offset <= end && (found === null || end - start < found.length)) found = { name, length: end - start };
  }
  return found?.name ?? null;
}
