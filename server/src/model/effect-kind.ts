/** Words for what code does to the world beside its answer. Pure data. */

export type EffectKind =
  | "timer"
  | "monitor"
  | "link"
  | "trap_exit"
  | "port"
  | "subscribe"
  | "spawn"
  | "task"
  | "start"
  | "start_child"
  | "send"
  | "cast"
  | "reply"
  | "register"
  | "persistent_term"
  /** Sets a key of an application's environment. */
  | "environment"
  | "process_dictionary"
  | "broadcast"
  | "whereis"
  | "resource"
  /** Builds a value as large as what it reads. */
  | "bulk"
  | "garbage_collect"
  | "stop";
