/** Small Mix projects that are copies of each other. */
export type Sources = Readonly<Record<string, string>>;

/** A project file. */
export function mix(app: string, { deps = "[]", mod = "" } = {}): string {
  const application = mod === "" ? "[]" : `[mod: {${mod}, []}]`;
  return `defmodule Project.MixProject do
  use Mix.Project
  def project, do: [app: :${app}, deps: deps()]
  def application, do: ${application}
  defp deps, do: ${deps}
end`;
}

/** A server that answers one message, and its client function. */
export const counter = (message = ":get", module = "Counter"): string => `defmodule ${module} do
  use GenServer
  def start_link(_), do: GenServer.start_link(__MODULE__, 0, name: __MODULE__)
  def ask, do: GenServer.call(__MODULE__, ${message})
  def init(n), do: {:ok, n}
  def handle_call(${message}, _from, n), do: {:reply, n, n}
end`;

const application = (child = "Counter"): string => `defmodule App do
  use Application
  def start(_type, _args), do: Supervisor.start_link([${child}], strategy: :one_for_one)
end`;

/** A whole project in a folder, of which the workspace may have several. */
export function exercise(folder: string, message = ":get"): Sources {
  return {
    [`${folder}/mix.exs`]: mix("exercise", { mod: "App" }),
    [`${folder}/lib/app.ex`]: application(),
    [`${folder}/lib/counter.ex`]: counter(message),
  };
}
