/** How long a call of a process takes, as a person measured it. Pure data. */

/** `# process-topology: call-time 20ms`, with the span of the comment. */
export interface CallTime {
  readonly milliseconds: number;
  readonly start: number;
  readonly end: number;
}
