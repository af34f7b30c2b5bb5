/** A clause's head as one line of source has it: `call(%{method: "GET"} = conn, _options)` of `def call(…) do`. Pure. */
export function clauseHead(line: string): string {
  return line
    .trim()
    .replace(/^defp?\s+/, "")
    .replace(/(,\s*do:.*|\s+do\s*(#.*)?|\s*->.*)$/, "")
    .trim();
}
