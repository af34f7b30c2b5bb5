/** The language server as a web worker: every file comes through the client. */
import { BrowserMessageReader, BrowserMessageWriter, createConnection, ProposedFeatures } from "vscode-languageserver/browser";
import manifest from "../../package.json" with { type: "json" };
import { engine } from "./analysis/engine.ts";
import { startServer } from "./lsp/connection.ts";
import { folderOfClient } from "./platform/files-browser.ts";
import { uriOf } from "./text/uris.ts";

const worker = globalThis as unknown as DedicatedWorkerGlobalScope;
const connection = createConnection(ProposedFeatures.all, new BrowserMessageReader(worker), new BrowserMessageWriter(worker));

startServer(
  connection,
  {
    engine,
    openFolder: (uri, client) => (client === null ? null : folderOfClient((path) => (path === "" ? uri : uriOf(uri, path)), client)),
    now: () => performance.now(),
    after(milliseconds, work) {
      const timer = setTimeout(work, milliseconds);
      return () => clearTimeout(timer);
    },
    pause: () => new Promise((resolve) => setTimeout(resolve, 0)),
    rulePages: null,
  },
  manifest.version,
);
