import { parseArgs } from "node:util";
import type { CliHost, Command, CommandRequest, ExitStatus } from "./host.ts";
import { folderAdvice, InputError, proseWidth, UsageError } from "./host.ts";
import { commandUsage, usage } from "./usage.ts";

/** Runs what a command line (without the program's name) asks for, one of these commands. Never throws for bad input: says it in one line and gives 2. */
export async function run(args: readonly string[], commands: readonly Command[], host: CliHost): Promise<ExitStatus> {
  try {
    return await dispatch(args, commands, host);
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof InputError)) throw error;
    host.error(`process-topology: ${oneLine(error.message)}\n`);
    return 2;
  }
}

async function dispatch([name, ...rest]: readonly string[], commands: readonly Command[], host: CliHost): Promise<ExitStatus> {
  if (name === undefined) throw new UsageError(`which command? ${commands.map((command) => command.name).join(", ")} (--help tells more)`);
  if (name === "--help" || name === "-h" || name === "help") {
    host.out(usage(commands, proseWidth(host)));
    return 0;
  }
  if (name === "--version" || name === "-v") {
    host.out(`${host.version}\n`);
    return 0;
  }
  const command = commands.find((candidate) => candidate.name === name);
  if (command === undefined)
    throw new UsageError(`unknown command "${name}" (there are ${commands.map((known) => known.name).join(", ")})`);
  if (rest.includes("--help") || rest.includes("-h")) {
    host.out(commandUsage(command, proseWidth(host)));
    return 0;
  }
  return command.run(parse(command, rest), host);
}

function parse(command: Command, args: readonly string[]): CommandRequest {
  const options = Object.fromEntries(
    Object.entries(command.options).map(([name, { values }]) => [
      name,
      { type: values === null ? ("boolean" as const) : ("string" as const) },
    ]),
  );
  let parsed: { values: Record<string, unknown>; positionals: string[] };
  try {
    parsed = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    // Node's message goes on with advice after the first sentence.
    throw new UsageError(`${command.name}: ${(error as Error).message.split(". ")[0]}`);
  }
  if (parsed.positionals.length > 1) {
    const [what, advice] = command.usage.includes("TARGET") ? ["TARGET", folderAdvice] : ["PATH", ""];
    throw new UsageError(`${command.name} takes one ${what}, not ${parsed.positionals.length}${advice}`);
  }
  for (const [name, value] of Object.entries(parsed.values)) {
    const allowed = command.options[name]?.values;
    if (Array.isArray(allowed) && !allowed.includes(value))
      throw new UsageError(`${command.name}: --${name} is one of ${allowed.join(", ")}, not "${value}"`);
  }
  return { argument: parsed.positionals[0], options: parsed.values as CommandRequest["options"] };
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, " ");
}
