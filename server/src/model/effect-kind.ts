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
  | "process_dictionary"
  | "broadcast"
  | "whereis"
  | "resource"
  | "stop";
