/** Where evaluated code stands: its module, file and what it may still spend. */
import type { FunctionInfo } from "../modules.ts";
import type { Environment, Item, ProcessValue, Value } from "./value.ts";

/** What is shared by everything that one question to the evaluator runs through. */
export interface Session {
  /** Steps left; at 0 everything is unknown. */
  fuel: number;
  /** Processes that were started on the way, in order. */
  readonly started: ProcessValue[];
  /** Children that were added to a running supervisor on the way. */
  readonly added: { readonly supervisor: Value; readonly spec: Item }[];
}

export interface Frame {
  /** BEAM atom of the module that the code belongs to (for quoted code: the module that uses it). */
  readonly module: string;
  /** The file that the expressions' `at` refer to. */
  readonly file: string;
  readonly depth: number;
  readonly session: Session;
  /** The function that is being evaluated, for `super`; null outside any. */
  readonly fn: FunctionInfo | null;
  /** For quoted code: the environment and frame of the macro, in which `unquote` is evaluated. */
  readonly macro: { readonly env: Environment; readonly frame: Frame } | null;
}

/** A frame at the top level of a module. */
export function moduleFrame(module: string, file: string, session: Session): Frame {
  return { module, file, depth: 0, session, fn: null, macro: null };
}

export function newSession(fuel = 30_000): Session {
  return { fuel, started: [], added: [] };
}
