/** Offsets to lines and columns and back. Offsets and columns count UTF-16 code units, as JavaScript and the language server protocol do. */

export interface LinePosition {
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
}

/** A position of the language server protocol: both from 0. */
export interface ProtocolPosition {
  readonly line: number;
  readonly character: number;
}

/** Where the lines of one text begin. `\n`, `\r\n` and a lone `\r` end a line. */
export class LineIndex {
  readonly #starts: Int32Array;
  readonly #length: number;

  constructor(text: string) {
    this.#starts = computeLineStarts(text);
    this.#length = text.length;
  }

  get lineCount(): number {
    return this.#starts.length;
  }

  /** An offset outside of the text counts as its nearest end. */
  positionAt(offset: number): LinePosition {
    const clamped = Math.min(Math.max(offset, 0), this.#length);
    const line = lineOf(this.#starts, clamped);
    return { line: line + 1, column: clamped - this.#starts[line]! + 1 };
  }

  protocolPositionAt(offset: number): ProtocolPosition {
    const { line, column } = this.positionAt(offset);
    return { line: line - 1, character: column - 1 };
  }

  /** The offset of a line and column from 1. Beyond the end of a line it is the start of the next, beyond the text its end. */
  offsetAt(line: number, column: number): number {
    if (line < 1) return 0;
    if (line > this.#starts.length) return this.#length;
    const next = line < this.#starts.length ? this.#starts[line]! : this.#length;
    return Math.min(this.#starts[line - 1]! + Math.max(column - 1, 0), next);
  }

  offsetAtProtocol(position: ProtocolPosition): number {
    return this.offsetAt(position.line + 1, position.character + 1);
  }
}

/** The line, from 0, that an offset stands in, given where lines begin; by bisection. */
export function lineOf(lineStarts: Int32Array, offset: number): number {
  let low = 0;
  let high = lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Offsets at which the lines of a text begin; the first is 0. */
export function computeLineStarts(text: string): Int32Array {
  return text.includes("\r") ? scanLineStarts(text) : findNewlines(text);
}

/** For the usual text, in which `\n` alone ends lines: a native search is several times faster than a look at each character. */
function findNewlines(text: string): Int32Array {
  let starts = new Int32Array((text.length >> 5) + 16);
  let count = 1;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) {
    if (count === starts.length) starts = grow(starts);
    starts[count++] = at + 1;
  }
  return starts.slice(0, count);
}

function scanLineStarts(text: string): Int32Array {
  let starts = new Int32Array((text.length >> 5) + 16);
  let count = 1;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c !== 10 && (c !== 13 || text.charCodeAt(i + 1) === 10)) continue;
    if (count === starts.length) starts = grow(starts);
    starts[count++] = i + 1;
  }
  return starts.slice(0, count);
}

function grow(starts: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const grown = new Int32Array(starts.length * 2);
  grown.set(starts);
  return grown;
}
