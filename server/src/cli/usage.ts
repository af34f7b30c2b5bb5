import type { Command, CommandOption } from "./host.ts";

/** What `--help` prints: every command with its options. */
export function usage(commands: readonly Command[]): string {
  const lines = ["Process Topology: should this be a process?", "", "Usage: process-topology COMMAND [OPTION]…", ""];
  for (const command of commands) lines.push(...describe(command), "");
  lines.push("PATH is a folder (the current one where it is left out).");
  lines.push("Exit status: 0 nothing at or above --fail-on, 1 findings, 2 wrong usage or unreadable input.");
  return `${lines.join("\n")}\n`;
}

export function commandUsage(command: Command): string {
  return `${["Usage:", ...describe(command)].join("\n")}\n`;
}

function describe({ usage: line, summary, options }: Command): string[] {
  return [
    `  ${line.padEnd(30)} ${summary}`,
    ...Object.entries(options).map(([name, option]) => `    ${optionText(name, option).padEnd(44)} ${option.summary}`),
  ];
}

function optionText(name: string, { values }: CommandOption): string {
  if (values === null) return `--${name}`;
  return `--${name} ${typeof values === "string" ? values : values.join("|")}`;
}
