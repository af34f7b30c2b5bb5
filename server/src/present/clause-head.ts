/** A clause's head as source has it. Pure. */
import type { Place } from "../model/topology.ts";
import type { Places } from "./places.ts";

/** A head of more lines is read so far. */
const mostLines = 6;

/** `call(%{method: "GET"} = conn, _options)` of `def call(…) do`, on one line. */
export function clauseHead(place: Place, places: Places): string {
  const { file, line } = places.locate(place);
  let head = "";
  for (let at = line; at < line + mostLines; at++) {
    const next = places.line(file, at);
    if (next === null) break;
    const part = next.trim();
    head += head === "" || /[([{]$/.test(head) || /^[)\]}]/.test(part) ? part : ` ${part}`;
    if (/(,\s*do:|\sdo\b|->)/.test(head)) break;
  }
  return head
    .trim()
    .replace(/^defp?\s+/, "")
    .replace(/(,\s*do:.*|\s+do\s*(#.*)?|\s*->.*)$/, "")
    .trim();
}
