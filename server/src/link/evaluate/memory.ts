/** Keys for remembering the results of calls. */
import { keyOf, type Value } from "./value.ts";

const LONGEST_KEY = 300;
/** A text that is equal for equal arguments, words of unknown ones included; null where they cannot be told apart by text or the text gets long. */
export function memoryKey(args: readonly Value[]): string | null {
  let key = "";
  for (const arg of args) {
    if (arg.v === "closure" || arg.v === "choice" || arg.v === "quote" || arg.v === "process") return null;
    if (arg.v === "unknown") key += `?${arg.text ?? ""};`;
    else {
      const text = keyOf(arg);
      if (arg.v !== "atom" && arg.v !== "number" && arg.v !== "text" && arg.v !== "parameter" && /[?@]/.test(text)) return null;
      key += `${text};`;
    }
    if (key.length > LONGEST_KEY) return null;
  }
  return key;
}
