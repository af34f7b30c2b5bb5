/** How long something waits, in words. Pure. */

export type Timeout = number | "infinity";

/** `5 s`, `250 ms`, `without end`. */
export function durationText(timeout: Timeout): string {
  if (timeout === "infinity") return "without end";
  const seconds = timeout / 1000;
  return Number.isInteger(seconds) ? `${seconds} s` : `${timeout} ms`;
}

export function isLonger(a: Timeout, b: Timeout): boolean {
  return (a === "infinity" ? Number.POSITIVE_INFINITY : a) > (b === "infinity" ? Number.POSITIVE_INFINITY : b);
}
