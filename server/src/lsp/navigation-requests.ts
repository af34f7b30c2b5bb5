/** Requests that lead through code, across messages: which goes to which handler. */
import { incoming, outgoing } from "./call-hierarchy.ts";
import { definition } from "./definition.ts";
import { documentLinks } from "./document-link.ts";
import { guardRequest } from "./guard.ts";
import { implementation } from "./implementation.ts";
import { inlayHints, resolveInlayHint } from "./inlay-hint.ts";
import { prepareCallHierarchy } from "./prepare-call-hierarchy.ts";
import { references } from "./references.ts";
import type { Server } from "./server.ts";
import { workspaceSymbols } from "./workspace-symbol.ts";

export function registerNavigation(server: Server): void {
  const { connection } = server;
  connection.onDefinition(guardRequest(server, "textDocument/definition", (params, token) => definition(server, params, token)));
  connection.onReferences(guardRequest(server, "textDocument/references", (params, token) => references(server, params, token)));
  connection.onImplementation(
    guardRequest(server, "textDocument/implementation", (params, token) => implementation(server, params, token)),
  );
  const { callHierarchy, inlayHint } = connection.languages;
  callHierarchy.onPrepare(
    guardRequest(server, "textDocument/prepareCallHierarchy", (params, token) => prepareCallHierarchy(server, params, token)),
  );
  callHierarchy.onIncomingCalls(guardRequest(server, "callHierarchy/incomingCalls", (params, token) => incoming(server, params, token)));
  callHierarchy.onOutgoingCalls(guardRequest(server, "callHierarchy/outgoingCalls", (params, token) => outgoing(server, params, token)));
  inlayHint.on(guardRequest(server, "textDocument/inlayHint", (params, token) => inlayHints(server, params, token)));
  inlayHint.resolve(guardRequest(server, "inlayHint/resolve", (hint, token) => resolveInlayHint(server, hint, token)));
  connection.onDocumentLinks(guardRequest(server, "textDocument/documentLink", (params, token) => documentLinks(server, params, token)));
  connection.onWorkspaceSymbol(guardRequest(server, "workspace/symbol", (params, token) => workspaceSymbols(server, params, token)));
}
