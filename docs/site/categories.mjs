// Under which question the index lists a rule: the whole catalogue, rules to come among them.

/** In the order of the index. */
export const categories = [
  { title: "Should this be a process?", rules: ["process-as-object", "singleton-bottleneck"] },
  {
    title: "Failing separately",
    rules: [
      "missing-trap-exit",
      "reporter-in-worker",
      "restart-intensity",
      "restart-order",
      "shared-fate",
      "start-link-in-callback",
      "unhandled-task-reply",
      "unlinked-spawn",
      "unsupervised-process",
      "work-in-ticker",
    ],
  },
  {
    title: "Waiting",
    rules: [
      "blocking-callback",
      "blocking-init",
      "call-cycle",
      "large-heap-in-server",
      "longer-inner-timeout",
      "receive-in-callback",
      "sequential-io",
    ],
  },
  {
    title: "Messages",
    rules: [
      "missing-catch-all",
      "scattered-process-interface",
      "sending-unnecessary-data",
      "shadowed-handler",
      "start-race",
      "unhandled-message",
    ],
  },
  { title: "Virtual actors", rules: ["actor-per-request", "blocking-concurrency-guard", "unawaited-actor-call"] },
];
