/** The tokens being gathered by a lexer, in arrays that all sources share: growing them anew for each would cost more than lexing it. */

/**
 * The tokens of one source. The arrays are shared by all calls of a lexer and only valid until the next one: read them, do not keep them.
 * Token `count - 1` is the end of the source.
 */
export interface TokenStream {
  readonly source: string;
  readonly count: number;
  readonly kinds: Uint8Array;
  readonly flags: Uint8Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** Comments: `start` at `2 * n`, `end` at `2 * n + 1`. */
  readonly comments: Int32Array;
  readonly commentCount: number;
}

let kinds = new Uint8Array(1 << 15);
let flags = new Uint8Array(1 << 15);
let starts = new Int32Array(1 << 15);
let ends = new Int32Array(1 << 15);
let comments = new Int32Array(1 << 10);
let count = 0;
let commentCount = 0;

export function resetTokens(): void {
  count = 0;
  commentCount = 0;
}

/** What was gathered: valid until the next source. */
export function gatheredTokens(source: string): TokenStream {
  return { source, count, kinds, flags, starts, ends, comments, commentCount };
}

/** How many tokens there are so far, which is the index of the next. */
export function tokenCount(): number {
  return count;
}

export function previousIs(kind: number): boolean {
  return count > 0 && kinds[count - 1] === kind;
}

/** Where the last token ends. */
export function previousEnd(): number {
  return count > 0 ? ends[count - 1]! : 0;
}

/** Makes the last token another, longer one. */
export function replacePrevious(kind: number, end: number): void {
  kinds[count - 1] = kind;
  ends[count - 1] = end;
}

export function kindOf(token: number): number {
  return kinds[token]!;
}

export function setKind(token: number, kind: number): void {
  kinds[token] = kind;
}

export function push(kind: number, flag: number, start: number, end: number): void {
  if (count === kinds.length) grow();
  kinds[count] = kind;
  flags[count] = flag;
  starts[count] = start;
  ends[count] = end;
  count++;
}

function grow(): void {
  const size = kinds.length * 2;
  kinds = copyBytes(kinds, size);
  flags = copyBytes(flags, size);
  starts = copyOffsets(starts, size);
  ends = copyOffsets(ends, size);
}

function copyBytes(from: Uint8Array, size: number): Uint8Array<ArrayBuffer> {
  const to = new Uint8Array(size);
  to.set(from);
  return to;
}

function copyOffsets(from: Int32Array, size: number): Int32Array<ArrayBuffer> {
  const to = new Int32Array(size);
  to.set(from);
  return to;
}

export function pushComment(start: number, end: number): void {
  if (commentCount * 2 === comments.length) comments = copyOffsets(comments, comments.length * 2);
  comments[commentCount * 2] = start;
  comments[commentCount * 2 + 1] = end;
  commentCount++;
}
