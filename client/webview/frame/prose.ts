/** Sentences from the analysis: text between backticks is shown as code; all of it stays text. */
import { h } from "../element.ts";

export function prose(text: string): (Node | string)[] {
  return text.split(/`([^`]+)`/).map((part, index) => (index % 2 === 1 ? h("code", {}, part) : part));
}
