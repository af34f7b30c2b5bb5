/** The register of rules, sorted by id. */
import { blockingInit } from "./blocking-init.ts";
import { callCycle } from "./call-cycle.ts";
import { processAsObject } from "./process-as-object.ts";
import type { Rule } from "./rule.ts";
import { sendingUnnecessaryData } from "./sending-unnecessary-data.ts";
import { singletonBottleneck } from "./singleton-bottleneck.ts";
import { unhandledMessage } from "./unhandled-message.ts";
import { unsupervisedProcess } from "./unsupervised-process.ts";

export const rules: readonly Rule[] = [
  blockingInit,
  callCycle,
  processAsObject,
  sendingUnnecessaryData,
  singletonBottleneck,
  unhandledMessage,
  unsupervisedProcess,
];
