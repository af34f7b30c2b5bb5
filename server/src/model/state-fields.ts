/** What a callback's clause does with the fields of its state. Pure data. */

/** Names of fields, each once. What is changed may be read as well. */
export interface StateFields {
  readonly read: readonly string[];
  readonly changed: readonly string[];
}
