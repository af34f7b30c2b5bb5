/** The thread of the command line that reads folders. `main.cli.ts` starts it. */
import { parentPort } from "node:worker_threads";
import { lookAhead } from "./analysis/look-ahead.ts";
import { folderOnDisk } from "./platform/files-node.ts";
import { answerWalks } from "./platform/walk-in-thread.ts";

if (parentPort !== null) answerWalks(parentPort, { treeOf: folderOnDisk, ahead: lookAhead });
