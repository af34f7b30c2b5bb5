/** Open documents: their text counts from the moment they open until they close. */
import { guardNotification } from "./guard.ts";
import type { Server } from "./server.ts";

export function listenToDocuments(server: Server): void {
  const { documents } = server;
  documents.onDidChangeContent(
    guardNotification(server, "textDocument/didChange", ({ document }) => {
      const at = server.locate(document.uri);
      if (at !== null && at.folder.openText(at.path, document.getText()) !== "none") server.changed();
    }),
  );
  // Which files are open decides what is published, even where their text is the disk's.
  documents.onDidOpen(() => server.changed());
  documents.onDidClose(
    guardNotification(server, "textDocument/didClose", async ({ document }) => {
      const at = server.locate(document.uri);
      if (at !== null) await at.folder.closeText(at.path);
      server.changed();
    }),
  );
  documents.listen(server.connection);
}
