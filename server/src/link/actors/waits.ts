/** What keeps code waiting. Pure. */
import type { Wait } from "../../model/topology.ts";
import type { FoundEffect } from "./sites.ts";

/** Null where the result is not waited for. */
export function waitOf({ code, e, does, waiting, name }: FoundEffect): Wait | null {
  if (does.op !== "block" || waiting !== "waits") return null;
  return { what: `${does.what} (${name})`, category: does.category, place: code.place(e), clause: 0 };
}
