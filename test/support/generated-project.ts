/** A Mix project as large as somebody asks for. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { generatedServer } from "./generated-server.ts";

/** Workers of one supervisor. */
const siblings = 10;

/**
 * Writes the project `generated` into a folder that exists: so many GenServers, `Generated.Worker0` …, ten of them under each of the supervisors
 * `Generated.Area0` …, which the application starts.
 */
export function writeGeneratedProject(folder: string, workers: number): void {
  const lib = join(folder, "lib");
  mkdirSync(lib, { recursive: true });
  const areas = Array.from({ length: Math.ceil(workers / siblings) }, (_, area) => area);
  writeFileSync(join(folder, "mix.exs"), mix);
  writeFileSync(join(lib, "application.ex"), application(areas.map((area) => `Generated.Area${area}`)));
  for (const area of areas) {
    const first = area * siblings;
    const names = Array.from({ length: Math.min(siblings, workers - first) }, (_, i) => `Generated.Worker${first + i}`);
    writeFileSync(join(lib, `area_${area}.ex`), supervisor(`Generated.Area${area}`, names));
    for (const [i, name] of names.entries()) writeFileSync(join(lib, `worker_${first + i}.ex`), generatedServer(60, name));
  }
}

const mix = `defmodule Generated.MixProject do
  use Mix.Project

  def project, do: [app: :generated, version: "0.1.0"]

  def application, do: [mod: {Generated.Application, []}]
end
`;

function application(children: readonly string[]): string {
  return `defmodule Generated.Application do
  use Application

  @impl true
  def start(_type, _args) do
    Supervisor.start_link([${children.join(", ")}], strategy: :one_for_one, name: Generated.Supervisor)
  end
end
`;
}

function supervisor(name: string, children: readonly string[]): string {
  return `defmodule ${name} do
  use Supervisor

  def start_link(options), do: Supervisor.start_link(__MODULE__, options, name: __MODULE__)

  @impl true
  def init(_options), do: Supervisor.init([${children.join(", ")}], strategy: :one_for_one)
end
`;
}
