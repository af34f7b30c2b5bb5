# Modules of Erlang/OTP that Elixir projects list as children.

defmodule :pg do
  def start_link(), do: start_link(:pg)

  def start_link(scope) do
    :gen_server.start_link({:local, scope}, :pg, [scope], [])
  end
end
