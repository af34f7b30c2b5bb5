import type { LocatedProblem } from "../present/places.ts";
import { colorStyle, plainStyle, printable } from "../present/terminal-style.ts";
import type { CliHost } from "./host.ts";

const shown = 10;

/** What is wrong with the input, one line each, for standard error; broken source is no reason to stop. */
export function problemLines(problems: readonly LocatedProblem[], { color }: CliHost): string {
  const style = color ? colorStyle : plainStyle;
  const lines = problems.slice(0, shown).map(({ file, line, message }) => `${style.dim("note:")} ${file}:${line}: ${printable(message)}`);
  if (problems.length > shown) lines.push(style.dim(`note: … and ${problems.length - shown} more problems with the input`));
  return lines.map((line) => `${line}\n`).join("");
}
