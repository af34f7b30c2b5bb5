/** The register of what is known of Elixir's libraries: one table per library or family. Pure data. */
import type { LibraryTable } from "../../../model/library.ts";
import brokers from "./brokers.json";
import caches from "./caches.json";
import clusters from "./clusters.json";
import ecto from "./ecto.json";
import genstage from "./genstage.json";
import httpClients from "./http-clients.json";
import oban from "./oban.json";
import otpIo from "./otp-io.json";
import otpProcesses from "./otp-processes.json";
import phoenix from "./phoenix.json";
import pools from "./pools.json";
import tables from "./tables.json";

/** JSON modules have wide types (`op: string`); test/unit/libraries.test.ts checks each row against the narrow ones. */
const all: unknown = [brokers, caches, clusters, ecto, genstage, httpClients, oban, otpIo, otpProcesses, phoenix, pools, tables];

export const libraries = all as readonly LibraryTable[];
