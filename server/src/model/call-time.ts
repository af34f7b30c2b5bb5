/** How long a call of a process takes, as a person measured it. Pure. */

const DURATION = /^(\d+(?:\.\d+)?)\s*(ms|s)$/;

/** Milliseconds of `20ms`, `1.5 s`; null for any other text, and for no time at all. */
export function parseCallTime(text: string): number | null {
  const [, figure, unit] = DURATION.exec(text) ?? [];
  const milliseconds = figure === undefined ? 0 : Number(figure) * (unit === "s" ? 1000 : 1);
  return milliseconds > 0 ? milliseconds : null;
}

/** How a figure is written, as the editor's schema checks it. */
export const callTimePattern = DURATION.source;

/** `# process-topology: call-time 20ms`, with the span of the comment. */
export interface CallTime {
  readonly milliseconds: number;
  readonly start: number;
  readonly end: number;
}
