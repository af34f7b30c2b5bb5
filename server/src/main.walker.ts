/** The thread of the command line that reads folders. `main.cli.ts` starts it. */
import { parentPort, workerData } from "node:worker_threads";
import { folderOnDisk } from "./platform/files-node.ts";
import { answerWalks } from "./platform/walk-in-thread.ts";

if (parentPort !== null) answerWalks(parentPort, workerData as Int32Array, folderOnDisk);
