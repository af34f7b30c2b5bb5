/** What actors that are values are made of, and what their machines do. */

/** What the function or object is that an actor's logic is made of. */
export type LogicForm = "machine" | "promise" | "callback" | "observable" | "transition" | "function" | "stateless";

export type MachineAction =
  | "assign"
  | "send_to"
  | "send_parent"
  | "forward"
  | "raise"
  | "emit"
  | "spawn_child"
  | "stop_child"
  | "cancel"
  | "log"
  | "enqueue";
