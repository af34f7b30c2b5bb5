/** The language server as a Node process: over IPC, pipes or standard streams, as the client's arguments say. */
import { fileURLToPath, pathToFileURL } from "node:url";
import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import manifest from "../../package.json" with { type: "json" };
import { engine } from "./analysis/engine.ts";
import { startServer } from "./lsp/connection.ts";
import { folderOfClient } from "./platform/files-browser.ts";
import { folderOnDisk } from "./platform/files-node.ts";
import { uriOf } from "./text/uris.ts";

const connection = createConnection(ProposedFeatures.all);

// What no handler caught: said, and survived.
process.on("uncaughtException", (error) => connection.console.error(`unexpected: ${error.stack ?? error.message}`));
process.on("unhandledRejection", (reason) => connection.console.error(`unexpected: ${String(reason)}`));

startServer(
  connection,
  {
    engine,
    openFolder(uri, client) {
      if (uri.startsWith("file:")) return folderOnDisk(fileURLToPath(uri));
      return client === null ? null : folderOfClient((path) => (path === "" ? uri : uriOf(uri, path)), client);
    },
    now: () => performance.now(),
    after(milliseconds, work) {
      const timer = setTimeout(work, milliseconds);
      return () => clearTimeout(timer);
    },
    pause: () => new Promise((resolve) => setImmediate(resolve)),
    // The build puts the pages beside this file.
    rulePages: pathToFileURL(`${__dirname}/rules`).href,
  },
  manifest.version,
);
