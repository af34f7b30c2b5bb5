/** A half-open range of UTF-16 code units in one file, counted from its beginning: `start` is in it, `end` is not. */
export interface Span {
  readonly start: number;
  readonly end: number;
}
