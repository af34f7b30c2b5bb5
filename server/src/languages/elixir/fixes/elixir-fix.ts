/** The contract of a fix for Elixir. Pure: what is asked about in, changes of text out. */
import type { Fix } from "../../../model/fix.ts";
import type { FixRequest } from "../../language.ts";
import type { Source } from "./source.ts";

export interface FixContext extends FixRequest {
  /** The file that is asked about, in which there is no syntax error. */
  readonly source: Source;
  /** Any file of the workspace; null for one that is not known or has a syntax error. */
  open(file: string): Source | null;
}

/** A fix without what every one of its offers has in common. */
export type Offer = Omit<Fix, "id">;

export interface ElixirFix {
  /** The name of its file. */
  readonly id: string;
  offer(context: FixContext): readonly Offer[];
}
