/**
 * The register of bundled models: small Elixir sources that say which processes a library starts, for workspaces without `deps/`.
 * Those of the standard library always win over source. Pure data.
 */
import absinthe from "./models/absinthe.ex";
import broadway from "./models/broadway.ex";
import caches from "./models/caches.ex";
import cachex from "./models/cachex.ex";
import clients from "./models/clients.ex";
import clustering from "./models/clustering.ex";
import commanded from "./models/commanded.ex";
import ecto from "./models/ecto.ex";
import finch from "./models/finch.ex";
import genServer from "./models/gen-server.ex";
import genStage from "./models/gen-stage.ex";
import horde from "./models/horde.ex";
import oban from "./models/oban.ex";
import otp from "./models/otp.ex";
import phoenix from "./models/phoenix.ex";
import plugCowboy from "./models/plug-cowboy.ex";
import pools from "./models/pools.ex";
import quantum from "./models/quantum.ex";
import registry from "./models/registry.ex";
import supervisor from "./models/supervisor.ex";
import supervisorSpec from "./models/supervisor-spec.ex";
import telemetry from "./models/telemetry.ex";
import thousandIsland from "./models/thousand-island.ex";

export const modelSources: readonly { readonly path: string; readonly text: string }[] = [
  { path: "models/absinthe.ex", text: absinthe },
  { path: "models/broadway.ex", text: broadway },
  { path: "models/caches.ex", text: caches },
  { path: "models/cachex.ex", text: cachex },
  { path: "models/clients.ex", text: clients },
  { path: "models/clustering.ex", text: clustering },
  { path: "models/commanded.ex", text: commanded },
  { path: "models/ecto.ex", text: ecto },
  { path: "models/finch.ex", text: finch },
  { path: "models/gen-server.ex", text: genServer },
  { path: "models/gen-stage.ex", text: genStage },
  { path: "models/horde.ex", text: horde },
  { path: "models/oban.ex", text: oban },
  { path: "models/otp.ex", text: otp },
  { path: "models/phoenix.ex", text: phoenix },
  { path: "models/plug-cowboy.ex", text: plugCowboy },
  { path: "models/pools.ex", text: pools },
  { path: "models/quantum.ex", text: quantum },
  { path: "models/registry.ex", text: registry },
  { path: "models/supervisor-spec.ex", text: supervisorSpec },
  { path: "models/supervisor.ex", text: supervisor },
  { path: "models/telemetry.ex", text: telemetry },
  { path: "models/thousand-island.ex", text: thousandIsland },
];
