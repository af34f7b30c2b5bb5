/** Where the parser stands in the tokens, what is open around it, and the problems found so far. */

import { internName } from "../../names.ts";
import type { TokenStream } from "../../token-buffer.ts";
import type { BrokenNode, Node, SyntaxProblem } from "../ast.ts";
import {
  BITS_CLOSE,
  BRACE_CLOSE,
  BRACKET_CLOSE,
  END,
  EOF,
  INTERPOLATION_CLOSE,
  KINDS,
  NEWLINE_BEFORE,
  PAREN_CLOSE,
  SECTION,
  STRING_END,
} from "../tokens.ts";

/**
 * What is nested deeper than this is skipped as broken: sources by people and generators do not come near, and no stack overflows (half of
 * Node's default is used at most). An operand counts for one, a bracket or block, which takes more stack, for BRACKET_DEPTH more.
 */
export const MAX_DEPTH = 800;
export const BRACKET_DEPTH = 3;
const MAX_PROBLEMS = 100;

/** While repairing: something open, with the indentations that tell whether a later line still belongs to it. */
export interface Frame {
  /** Of the line that it begins on. */
  readonly indentation: number;
  /** The column, from 0, at which it begins itself. */
  readonly column: number;
  /** `end` closes it, rather than a bracket. */
  readonly block: boolean;
  /** Its body is not indented, so that indentation says nothing. */
  flat: boolean;
}

export class Cursor {
  readonly source: string;
  readonly kinds: Uint8Array;
  readonly flags: Uint8Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly repair: boolean;
  /** Filled where the code of definitions is left for later; null where everything is read. */
  readonly outlined: Map<number, readonly string[]> | null;
  readonly problems: SyntaxProblem[] = [];
  /** The current token and its kind. */
  at = 0;
  kind: number;
  depth = 0;
  /** `(a, b)`, which only clauses may have as parameters: the node that stands for it until a clause takes it. */
  parameterList: BrokenNode | null = null;
  /** How many constructs wait for each kind of closing token; counted anew inside of an interpolation. */
  open = new Int32Array(KINDS);
  readonly frames: Frame[] = [];
  /** While repairing: for each token, the indentation of its line and the token's column. */
  readonly indentations: Int32Array;
  readonly columns: Int32Array;

  constructor(tokens: TokenStream, repair: boolean, outlined: Map<number, readonly string[]> | null = null) {
    this.source = tokens.source;
    this.kinds = tokens.kinds;
    this.flags = tokens.flags;
    this.starts = tokens.starts;
    this.ends = tokens.ends;
    this.kind = tokens.kinds[0]!;
    this.repair = repair;
    this.outlined = outlined;
    this.indentations = new Int32Array(repair ? tokens.count : 0);
    this.columns = new Int32Array(repair ? tokens.count : 0);
    if (repair) this.#measureLines(tokens);
  }

  advance(): void {
    this.kind = this.kinds[++this.at]!;
  }

  /** Makes another token the current one. */
  moveTo(token: number): void {
    this.at = token;
    this.kind = this.kinds[token]!;
  }

  get start(): number {
    return this.starts[this.at]!;
  }

  /** The end of the token before the current one. */
  get previousEnd(): number {
    return this.at === 0 ? 0 : this.ends[this.at - 1]!;
  }

  get onNewLine(): boolean {
    return (this.flags[this.at]! & NEWLINE_BEFORE) !== 0;
  }

  text(token: number): string {
    return internName(this.source, this.starts[token]!, this.ends[token]!);
  }

  textBetween(start: number, end: number): string {
    return internName(this.source, start, end);
  }

  problem(start: number, end: number, message: string): void {
    const last = this.problems.length - 1;
    if (last >= 0 && this.problems[last]!.start === start) return;
    if (this.problems.length < MAX_PROBLEMS) this.problems.push({ start, end, message });
  }

  /** Says that the current token is not what should come here. */
  unexpected(expected: string): void {
    const start = this.start;
    const end = this.ends[this.at]!;
    if (this.kind === EOF) this.problem(start, end, `The file ends where ${expected} should come.`);
    else this.problem(start, end, `Unexpected \`${this.source.slice(start, Math.min(end, start + 30))}\`: ${expected} should come here.`);
  }

  /** Whether the current token closes something that is open, or lies outside of it, so that whoever reads a part must return. */
  get atStop(): boolean {
    const kind = this.kind;
    switch (kind) {
      case EOF:
      case INTERPOLATION_CLOSE:
      case STRING_END:
        return true;
      case END:
      case SECTION:
        return this.open[END]! > 0;
      case PAREN_CLOSE:
      case BRACKET_CLOSE:
      case BRACE_CLOSE:
      case BITS_CLOSE:
        return this.open[kind]! > 0;
      default:
        return false;
    }
  }

  #measureLines(tokens: TokenStream): void {
    let indentation = 0;
    let line = 0;
    let before = 0;
    for (let i = 0; i < tokens.count; i++) {
      const start = tokens.starts[i]!;
      if (i === 0 || (tokens.flags[i]! & NEWLINE_BEFORE) !== 0) {
        // The line break is between this token and the one before.
        line = Math.max(before, tokens.source.lastIndexOf("\n", start - 1) + 1);
        indentation = start - line;
      }
      before = tokens.ends[i]!;
      this.indentations[i] = indentation;
      this.columns[i] = start - line;
    }
  }
}

/** Runs in an interpolation, where nothing outside is open: its tokens were matched by the lexer. */
export function isolated(p: Cursor, read: () => Node): Node {
  const open = p.open;
  p.open = new Int32Array(KINDS);
  p.depth += BRACKET_DEPTH;
  const node = read();
  p.depth -= BRACKET_DEPTH;
  p.open = open;
  return node;
}
