/** From a fix to the protocol's edits, in the form that the client understands. */
import type { OptionalVersionedTextDocumentIdentifier, Range, SnippetTextEdit, TextEdit, WorkspaceEdit } from "vscode-languageserver";
import { resolveRange } from "../analysis/places.ts";
import type { FileEdits, Fix, TextEdit as FixEdit } from "../model/fix.ts";
import type { Folder } from "./folder.ts";
import type { Server } from "./server.ts";
import { toRange } from "./to-lsp.ts";

/** Changes of open documents bear the versions that the edits were made for, so that a client refuses them for any other. */
export function toWorkspaceEdit(server: Server, folder: Folder, { files }: Fix): WorkspaceEdit {
  const support = server.capabilities.workspace?.workspaceEdit;
  if (support?.documentChanges !== true)
    return { changes: Object.fromEntries(files.map((file) => [documentOf(server, folder, file).uri, editsOf(folder, file).map(plain)])) };
  const snippets = support.snippetEditSupport === true;
  return {
    documentChanges: files.map((file) => ({
      textDocument: documentOf(server, folder, file),
      edits: editsOf(folder, file).map((one) => (snippets && one.edit.placeholder !== undefined ? snippet(one) : plain(one))),
    })),
  };
}

interface RangedEdit {
  readonly range: Range;
  readonly edit: FixEdit;
}

function editsOf(folder: Folder, { file, edits }: FileEdits): readonly RangedEdit[] {
  const facts = folder.snapshot().files.get(file);
  if (facts === undefined) return [];
  return edits.map((edit) => ({ edit, range: toRange(resolveRange(facts, edit.start, edit.end)) }));
}

function plain({ range, edit }: RangedEdit): TextEdit {
  return { range, newText: edit.text };
}

/** The placeholder as the one stop of a snippet; all else in it is text. */
function snippet({ range, edit }: RangedEdit): SnippetTextEdit {
  const placeholder = edit.placeholder ?? "";
  const at = edit.text.lastIndexOf(placeholder);
  const [before, after] = [edit.text.slice(0, at), edit.text.slice(at + placeholder.length)].map(escapeSnippet);
  return { range, snippet: { kind: "snippet", value: `${before}\${1:${escapeSnippet(placeholder)}}${after}` } };
}

function escapeSnippet(text: string): string {
  return text.replace(/[\\$}]/g, "\\$&");
}

/** The client's own spelling of the URI, where the file is open. */
function documentOf({ documents }: Server, folder: Folder, { file }: FileEdits): OptionalVersionedTextDocumentIdentifier {
  const open = documents.all().find(({ uri }) => folder.pathOf(uri) === file);
  return open === undefined ? { uri: folder.uriOf(file), version: null } : { uri: open.uri, version: open.version };
}
