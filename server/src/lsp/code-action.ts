/** `textDocument/codeAction` and `codeAction/resolve`. Where the client resolves, edits are worked out when an action is chosen. */
import {
  type CancellationToken,
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Diagnostic,
  LSPErrorCodes,
  ResponseError,
} from "vscode-languageserver";
import { fixesAt } from "../analysis/fixes.ts";
import { offsetAt } from "../analysis/places.ts";
import type { Fix } from "../model/fix.ts";
import type { Server } from "./server.ts";
import { diagnosticSource } from "./to-lsp.ts";
import { toWorkspaceEdit } from "./workspace-edit.ts";

/** What an action says to be found again when it is resolved. */
interface ActionData {
  readonly uri: string;
  /** Of the document when the action was offered; null where it was not open. */
  readonly version: number | null;
  readonly start: number;
  readonly end: number;
  readonly fix: string;
  readonly title: string;
}

export const codeActionKinds: CodeActionKind[] = [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite];

export function codeAction(server: Server, { textDocument, range, context }: CodeActionParams, token: CancellationToken): CodeAction[] {
  if (context.only !== undefined && !codeActionKinds.some((kind) => isWanted(kind, context.only))) return [];
  const at = server.locate(textDocument.uri);
  if (at === null || server.sourceOf(at.folder, token) === null) return [];
  const facts = at.folder.snapshot().files.get(at.path);
  if (facts === undefined) return [];
  const [start, end] = [range.start, range.end].map(({ line, character }) => offsetAt(facts, line, character)) as [number, number];
  const version = server.documents.get(textDocument.uri)?.version ?? null;
  return fixesIn(server, textDocument.uri, start, end)
    .filter((fix) => isWanted(kindOf(fix), context.only))
    .map((fix) => {
      const data: ActionData = { uri: textDocument.uri, version, start, end, fix: fix.id, title: fix.title };
      const answered = context.diagnostics.filter((diagnostic) => isAbout(diagnostic, fix));
      return {
        title: fix.title,
        kind: kindOf(fix),
        ...(answered.length === 0 ? {} : { diagnostics: answered }),
        ...(fix.preferred ? { isPreferred: true } : {}),
        ...(resolvesEdits(server) ? { data } : { edit: toWorkspaceEdit(server, at.folder, fix) }),
      };
    });
}

/** An action of a text that has changed since is no longer what was offered. */
export function resolveCodeAction(server: Server, action: CodeAction, token: CancellationToken): CodeAction {
  if (!isActionData(action.data)) return action;
  const { uri, version, start, end, fix, title } = action.data;
  const at = server.locate(uri);
  const isCurrent = at !== null && (server.documents.get(uri)?.version ?? null) === version && server.sourceOf(at.folder, token) !== null;
  const found = isCurrent ? fixesIn(server, uri, start, end).find((one) => one.id === fix && one.title === title) : undefined;
  if (at === null || found === undefined) throw new ResponseError(LSPErrorCodes.ContentModified, "The file changed meanwhile.");
  return { ...action, edit: toWorkspaceEdit(server, at.folder, found) };
}

function fixesIn(server: Server, uri: string, start: number, end: number): readonly Fix[] {
  const at = server.locate(uri);
  return at === null ? [] : fixesAt(at.folder.snapshot(), server.ports.engine.languages, at.path, start, end);
}

function kindOf({ finding }: Fix): CodeActionKind {
  return finding === null ? CodeActionKind.RefactorRewrite : CodeActionKind.QuickFix;
}

/** Kinds are hierarchical: who asks for `refactor` wants `refactor.rewrite` too. */
function isWanted(kind: CodeActionKind, only: readonly CodeActionKind[] | undefined): boolean {
  return only === undefined || only.some((wanted) => wanted === "" || kind === wanted || kind.startsWith(`${wanted}.`));
}

function isAbout({ source, code, data }: Diagnostic, { finding }: Fix): boolean {
  if (finding === null || source !== diagnosticSource || code !== finding.rule) return false;
  const variant = typeof data === "object" && data !== null ? (data as { readonly variant?: unknown }).variant : undefined;
  return variant === undefined || variant === finding.variant;
}

function resolvesEdits({ capabilities }: Server): boolean {
  const { dataSupport, resolveSupport } = capabilities.textDocument?.codeAction ?? {};
  return dataSupport === true && resolveSupport?.properties.includes("edit") === true;
}

function isActionData(value: unknown): value is ActionData {
  if (typeof value !== "object" || value === null) return false;
  const { uri, version, start, end, fix, title } = value as Partial<Record<keyof ActionData, unknown>>;
  return (
    [uri, fix, title].every((text) => typeof text === "string") &&
    [start, end].every((offset) => typeof offset === "number") &&
    (version === null || typeof version === "number")
  );
}
