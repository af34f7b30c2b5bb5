/** The first reading of a folder, and every later one: with progress that a person can cancel. */
import { Cancelled } from "../analysis/cancelled.ts";
import type { Folder } from "./folder.ts";
import type { Server } from "./server.ts";

/** Never throws: what goes wrong is logged. */
export async function readFolder(server: Server, folder: Folder): Promise<void> {
  const progress = await server.connection.window.createWorkDoneProgress();
  const start = server.ports.now();
  let files = 0;
  let reported = start;
  progress.begin(`Process Topology: reading ${folder.name}`, undefined, undefined, true);
  try {
    await folder.read({
      isCancelled: () => progress.token?.isCancellationRequested === true,
      report(count) {
        files = count;
        if (server.ports.now() - reported < 100) return;
        reported = server.ports.now();
        progress.report(`${count} files`);
      },
    });
    server.log(`${folder.name}: ${files} files read in ${Math.round(server.ports.now() - start)} ms`);
    server.changed();
  } catch (error) {
    if (error instanceof Cancelled) server.log(`${folder.name}: reading was cancelled`);
    else server.logError(`reading ${folder.name}`, error);
  } finally {
    progress.done();
  }
}
