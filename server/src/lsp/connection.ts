/** Puts the server together: which message goes to which handler. The server ends only when the client says so. */
import { type Connection, type InitializeResult, type ServerCapabilities, TextDocumentSyncKind } from "vscode-languageserver";
import { codeAction, codeActionKinds, resolveCodeAction } from "./code-action.ts";
import { codeLens } from "./code-lens.ts";
import { configurationChanged, loadSettings, registerForConfiguration } from "./configuration.ts";
import { listenToDocuments } from "./documents.ts";
import type { Folder } from "./folder.ts";
import { guardNotification, guardRequest } from "./guard.ts";
import { hover } from "./hover.ts";
import { readFolder } from "./indexing.ts";
import { registerNavigation } from "./navigation-requests.ts";
import { registerOwnRequests } from "./own-requests.ts";
import type { ServerPorts } from "./ports.ts";
import { Publisher } from "./publisher.ts";
import { Scheduler } from "./scheduler.ts";
import { Server } from "./server.ts";
import { StatusReporter } from "./status.ts";
import { registerForWatchedFiles, watchedFilesChanged } from "./watched-files.ts";

const capabilities: ServerCapabilities = {
  textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: false },
  hoverProvider: true,
  definitionProvider: true,
  referencesProvider: true,
  implementationProvider: true,
  callHierarchyProvider: true,
  inlayHintProvider: { resolveProvider: true },
  documentLinkProvider: { resolveProvider: false },
  workspaceSymbolProvider: true,
  codeLensProvider: { resolveProvider: false },
  codeActionProvider: { codeActionKinds, resolveProvider: true },
  workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
};

/** Answers on the connection from now on. `version`: the product's, for the client's log. */
export function startServer(connection: Connection, ports: ServerPorts, version: string): void {
  const server = new Server(connection, ports);
  const publisher = new Publisher(server);
  const status = new StatusReporter(server);
  const scheduler = new Scheduler(async () => {
    try {
      await server.settle();
      publisher.publish();
      status.report();
    } catch (error) {
      server.logError("the analysis", error);
    }
  }, ports);
  server.changed = () => scheduler.request();

  connection.onInitialize((params): InitializeResult => {
    server.initialize(params);
    return { capabilities, serverInfo: { name: "process-topology", version } };
  });
  connection.onInitialized(guardNotification(server, "initialized", () => begin(server)));
  connection.onShutdown(() => scheduler.stop());
  connection.onHover(guardRequest(server, "textDocument/hover", (params, token) => hover(server, params, token)));
  registerNavigation(server);
  connection.onCodeLens(guardRequest(server, "textDocument/codeLens", (params, token) => codeLens(server, params, token)));
  connection.onCodeAction(guardRequest(server, "textDocument/codeAction", (params, token) => codeAction(server, params, token)));
  connection.onCodeActionResolve(guardRequest(server, "codeAction/resolve", (params, token) => resolveCodeAction(server, params, token)));
  registerOwnRequests(server);
  connection.onDidChangeConfiguration(
    guardNotification(server, "workspace/didChangeConfiguration", (params) => configurationChanged(server, params)),
  );
  connection.onDidChangeWatchedFiles(
    guardNotification(server, "workspace/didChangeWatchedFiles", (params) => watchedFilesChanged(server, params)),
  );
  listenToDocuments(server);
  connection.listen();
}

async function begin(server: Server): Promise<void> {
  const { capabilities: client, connection } = server;
  if (client.workspace?.workspaceFolders === true) {
    connection.workspace.onDidChangeWorkspaceFolders(
      guardNotification(server, "workspace/didChangeWorkspaceFolders", async ({ added, removed }) => {
        for (const { uri } of removed) server.removeFolder(uri);
        const fresh = added.flatMap(({ uri, name }) => server.addFolder(uri, name) ?? []);
        for (const { uri, text } of openTexts(server)) server.locate(uri)?.folder.openText(server.locate(uri)?.path ?? "", text);
        await loadSettings(server, fresh, undefined);
        await readAll(server, fresh);
        server.changed();
      }),
    );
  }
  await registerForConfiguration(server);
  await registerForWatchedFiles(server);
  await loadSettings(server, server.allFolders, undefined);
  await readAll(server, server.folders);
  server.changed();
}

function openTexts({ documents }: Server): { readonly uri: string; readonly text: string }[] {
  return documents.all().map((document) => ({ uri: document.uri, text: document.getText() }));
}

/** One after the other: they share one processor. */
async function readAll(server: Server, folders: readonly Folder[]): Promise<void> {
  for (const folder of folders) await readFolder(server, folder);
}
