/** The register of what is known of Elixir's libraries: one table per library or family. Pure data. */
import type { LibraryTable } from "../../../model/library.ts";
import otpIo from "./otp-io.json";
import otpProcesses from "./otp-processes.json";
import tables from "./tables.json";

/** JSON modules have wide types (`op: string`); test/unit/libraries.test.ts checks each row against the narrow ones. */
const all: unknown = [otpIo, otpProcesses, tables];

export const libraries = all as readonly LibraryTable[];
