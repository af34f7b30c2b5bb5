import { wrap } from "../present/terminal-style.ts";
import type { Command, CommandOption } from "./host.ts";

const pathNote = "PATH is a folder (the current one where it is left out).";
const statusNote = "Exit status: 0 nothing at or above --fail-on, 1 findings, 2 wrong usage or unreadable input.";

/** What `--help` prints: every command with its options, wrapped at `width` columns. */
export function usage(commands: readonly Command[], width: number): string {
  const lines = ["Process Topology: should this be a process?", "", "Usage: process-topology COMMAND [OPTION]…", ""];
  for (const command of commands) lines.push(...describe(command, width), "");
  lines.push(...wrap(pathNote, width), ...wrap(statusNote, width));
  return `${lines.join("\n")}\n`;
}

/** The same for one command. */
export function commandUsage(command: Command, width: number): string {
  const notes = [command.usage.includes("PATH") && pathNote, "fail-on" in command.options && statusNote].filter((note) => note !== false);
  const after = notes.length === 0 ? [] : ["", ...notes.flatMap((note) => wrap(note, width))];
  return `${["Usage:", ...describe(command, width), ...after].join("\n")}\n`;
}

function describe({ usage: line, summary, options }: Command, width: number): string[] {
  return [
    ...row(`  ${line}`, 33, summary, width),
    ...Object.entries(options).flatMap(([name, option]) => row(`    ${optionText(name, option)}`, 49, option.summary, width)),
  ];
}

/** What stands on the left, and beside it what it means; below it where there is too little room beside it. */
function row(left: string, column: number, text: string, width: number): string[] {
  const isNarrow = width - column < 36;
  const indent = " ".repeat(isNarrow ? 8 : column);
  const lines = wrap(text, width - indent.length).map((line) => indent + line);
  return isNarrow ? [left, ...lines] : [left.padEnd(column) + (lines[0] ?? "").slice(column), ...lines.slice(1)];
}

function optionText(name: string, { values }: CommandOption): string {
  if (values === null) return `--${name}`;
  return `--${name} ${typeof values === "string" ? values : values.join("|")}`;
}
