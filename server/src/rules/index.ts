/** The register of rules, sorted by id. */
import { actorPerRequest } from "./actor-per-request.ts";
import { blockingCallback } from "./blocking-callback.ts";
import { blockingConcurrencyGuard } from "./blocking-concurrency-guard.ts";
import { blockingInit } from "./blocking-init.ts";
import { callCycle } from "./call-cycle.ts";
import { largeHeapInServer } from "./large-heap-in-server.ts";
import { longerInnerTimeout } from "./longer-inner-timeout.ts";
import { missingCatchAll } from "./missing-catch-all.ts";
import { missingTrapExit } from "./missing-trap-exit.ts";
import { processAsObject } from "./process-as-object.ts";
import { receiveInCallback } from "./receive-in-callback.ts";
import { reporterInWorker } from "./reporter-in-worker.ts";
import { restartIntensity } from "./restart-intensity.ts";
import { restartOrder } from "./restart-order.ts";
import type { Rule } from "./rule.ts";
import { scatteredProcessInterface } from "./scattered-process-interface.ts";
import { sendingUnnecessaryData } from "./sending-unnecessary-data.ts";
import { sequentialIo } from "./sequential-io.ts";
import { shadowedHandler } from "./shadowed-handler.ts";
import { sharedFate } from "./shared-fate.ts";
import { singletonBottleneck } from "./singleton-bottleneck.ts";
import { startLinkInCallback } from "./start-link-in-callback.ts";
import { startRace } from "./start-race.ts";
import { unawaitedActorCall } from "./unawaited-actor-call.ts";
import { unhandledMessage } from "./unhandled-message.ts";
import { unhandledTaskReply } from "./unhandled-task-reply.ts";
import { unlinkedSpawn } from "./unlinked-spawn.ts";
import { unsupervisedProcess } from "./unsupervised-process.ts";
import { workInTicker } from "./work-in-ticker.ts";

export const rules: readonly Rule[] = [
  actorPerRequest,
  blockingCallback,
  blockingConcurrencyGuard,
  blockingInit,
  callCycle,
  largeHeapInServer,
  longerInnerTimeout,
  missingCatchAll,
  missingTrapExit,
  processAsObject,
  receiveInCallback,
  reporterInWorker,
  restartIntensity,
  restartOrder,
  scatteredProcessInterface,
  sendingUnnecessaryData,
  sequentialIo,
  shadowedHandler,
  sharedFate,
  singletonBottleneck,
  startLinkInCallback,
  startRace,
  unawaitedActorCall,
  unhandledMessage,
  unhandledTaskReply,
  unlinkedSpawn,
  unsupervisedProcess,
  workInTicker,
];
