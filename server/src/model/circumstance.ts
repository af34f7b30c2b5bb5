/**
 * Under what a call, a wait or a message stands in its function: what rules ask before they take it for something that happens.
 *
 * Pure data.
 */

/**
 * - `self`: a branch that depends on whether the code runs in a certain process (`whereis(Name) =:= self()`);
 * - `memory`: a branch that depends on what the process keeps in its dictionary (`get(Key)`);
 * - `miss`: a branch that is taken where a table or a map does not hold what is looked up (`ets:lookup(Table, Key)` gives `[]`);
 * - `handler`: a clause that handles an error;
 * - `failed`: a clause of a `case` that takes an error as a value (`{error, _}`);
 * - `caught`: code whose errors are handled;
 * - `choice`: a clause of a `case`, a function value, a comprehension: it may run or not.
 */
export type Circumstance = "self" | "memory" | "miss" | "handler" | "failed" | "caught" | "choice";

/** An atom, a number, or a constant by its name (a macro, an attribute), told apart by the first letter: `a:undefined`, `n:5`, `m:TIMEOUT`. */
export type Literal = string;

/** That a parameter of the function is a literal, or (`holds` false) is not. */
export interface Requirement {
  readonly parameter: number;
  readonly literal: Literal;
  readonly holds: boolean;
}

export interface Circumstances {
  /** Left out where there are none. */
  readonly under?: readonly Circumstance[];
  /** What has to hold for it to be reached, as far as parameters and literals decide; left out where nothing is known. */
  readonly needs?: readonly Requirement[];
}

/** An argument: a literal, the caller's own parameter by its index, or null. */
export type Argument = Literal | number | null;

export interface Given {
  /** What a call hands to the parameters of the function that it leads to; left out where that says nothing. */
  readonly given?: readonly Argument[];
}
