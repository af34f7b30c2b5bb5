/** The thread of the command line that reads folders. `main.cli.ts` starts it. */
import { parentPort } from "node:worker_threads";
import { isRead, lookAhead } from "./analysis/look-ahead.ts";
import { folderOnDisk } from "./platform/files-node.ts";
import { answerWalks } from "./platform/walk-in-thread.ts";

if (parentPort !== null)
  answerWalks(parentPort, {
    treeOf: folderOnDisk,
    find(path, text) {
      const ahead = lookAhead(path, text);
      return { ahead, isRead: isRead(ahead) };
    },
  });
