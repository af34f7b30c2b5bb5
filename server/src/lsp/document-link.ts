import type { CancellationToken, DocumentLink, DocumentLinkParams } from "vscode-languageserver";
import { resolveRange } from "../analysis/places.ts";
import { askedAt } from "./asked-at.ts";
import type { Server } from "./server.ts";
import { toRange } from "./to-lsp.ts";

/** The rules that comments allow lead to their pages. What names of modules mean, other servers tell. */
export function documentLinks(server: Server, { textDocument }: DocumentLinkParams, token: CancellationToken): DocumentLink[] {
  const asked = askedAt(server, { textDocument, position: { line: 0, character: 0 } }, token);
  const facts = asked?.snapshot.files.get(asked.path);
  const text = asked?.snapshot.sourceOf(asked.path);
  if (asked === null || facts === undefined || text === undefined) return [];
  const known = new Set(server.ports.engine.rules.map(({ meta }) => meta.id));
  return facts.suppressions.flatMap(({ rule, start, end }) => {
    const [page, at] = [asked.source.rulePage(rule), text.slice(start, end).indexOf(rule)];
    if (page === null || at < 0 || !known.has(rule)) return [];
    const range = toRange(resolveRange(facts, start + at, start + at + rule.length));
    return [{ range, target: page, tooltip: `What ${rule} finds, and what acquits` }];
  });
}
