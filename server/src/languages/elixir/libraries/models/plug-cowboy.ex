# Plug.Cowboy over ranch 2: a listener embedded in the caller's tree.

defmodule Plug.Cowboy do
  def child_spec(options) do
    scheme = Keyword.get(options, :scheme)

    plug =
      case Keyword.get(options, :plug) do
        {plug, _plug_options} -> plug
        plug -> plug
      end

    cowboy_options = Keyword.drop(options, [:scheme, :plug, :options]) ++ Keyword.get(options, :options, [])
    reference = Keyword.get(cowboy_options, :ref, reference(plug, scheme))
    :ranch.child_spec(reference, transport(scheme), %{}, protocol(scheme), %{})
  end

  defp reference(plug, :http), do: Module.concat(plug, "HTTP")
  defp reference(plug, :https), do: Module.concat(plug, "HTTPS")

  defp transport(:http), do: :ranch_tcp
  defp transport(:https), do: :ranch_ssl

  defp protocol(:http), do: :cowboy_clear
  defp protocol(:https), do: :cowboy_tls
end

defmodule Plug.Cowboy.Drainer do
  use GenServer

  def child_spec(options) do
    Supervisor.child_spec(
      %{id: Plug.Cowboy.Drainer, start: {Plug.Cowboy.Drainer, :start_link, [options]}, type: :worker},
      Keyword.take(options, [:id, :shutdown])
    )
  end

  def start_link(options), do: GenServer.start_link(__MODULE__, options)
end

defmodule :ranch do
  def child_spec(reference, transport, transport_options, protocol, protocol_options) do
    args = [reference, transport, transport_options, protocol, protocol_options]
    %{id: {:ranch_embedded_sup, reference}, start: {:ranch_embedded_sup, :start_link, args}, type: :supervisor}
  end
end

defmodule :ranch_embedded_sup do
  def start_link(reference, transport, transport_options, protocol, protocol_options) do
    :supervisor.start_link(:ranch_embedded_sup, {reference, transport, transport_options, protocol, protocol_options})
  end

  def init({reference, transport, transport_options, protocol, protocol_options}) do
    args = [reference, transport, transport_options, protocol, protocol_options]

    children = [
      %{id: :ranch_server_proxy, start: {:ranch_server_proxy, :start_link, []}, shutdown: :brutal_kill},
      %{id: {:ranch_listener_sup, reference}, start: {:ranch_listener_sup, :start_link, args}, type: :supervisor}
    ]

    {:ok, {%{strategy: :rest_for_one}, children}}
  end
end

defmodule :ranch_server_proxy do
  def start_link(), do: :gen_server.start_link(:ranch_server_proxy, [], [])
end

defmodule :ranch_listener_sup do
  def start_link(reference, transport, transport_options, protocol, _protocol_options) do
    :supervisor.start_link(:ranch_listener_sup, {reference, transport, transport_options, protocol})
  end

  def init({reference, transport, transport_options, protocol}) do
    children = [
      %{
        id: :ranch_conns_sup_sup,
        start: {:ranch_conns_sup_sup, :start_link, [reference, transport, protocol, :logger]},
        type: :supervisor
      },
      %{
        id: :ranch_acceptors_sup,
        start: {:ranch_acceptors_sup, :start_link, [reference, transport, transport_options]},
        type: :supervisor
      }
    ]

    {:ok, {%{strategy: :rest_for_one}, children}}
  end
end
