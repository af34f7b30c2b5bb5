# Child specifications as tuples, by which supervisors were given their children before Elixir 1.5. Deprecated since, and still there in 1.18.
# Source: https://hexdocs.pm/elixir/Supervisor.Spec.html

defmodule Supervisor.Spec do
  def supervise(children, options) do
    Supervisor.init(children, options)
  end

  def worker(module, args) do
    worker(module, args, [])
  end

  def worker(module, args, options) do
    shutdown = Keyword.get(options, :shutdown, 5000)
    child(:worker, module, args, shutdown, options)
  end

  def supervisor(module, args) do
    supervisor(module, args, [])
  end

  def supervisor(module, args, options) do
    shutdown = Keyword.get(options, :shutdown, :infinity)
    child(:supervisor, module, args, shutdown, options)
  end

  defp child(type, module, args, shutdown, options) do
    id = Keyword.get(options, :id, module)
    function = Keyword.get(options, :function, :start_link)
    restart = Keyword.get(options, :restart, :permanent)
    modules = Keyword.get(options, :modules, [module])
    {id, {module, function, args}, restart, shutdown, type, modules}
  end
end
