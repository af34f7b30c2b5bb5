/** The register of what is known of libraries that are mostly used from Erlang. Those of OTP stand with Elixir's, for both languages. Pure data. */
import type { LibraryTable } from "../../../model/library.ts";
import behaviours from "./behaviours.json";
import databases from "./databases.json";
import erlangLibraries from "./erlang-libraries.json";

/** JSON modules have wide types (`op: string`); test/unit/libraries.test.ts checks each row against the narrow ones. */
const all: unknown = [behaviours, databases, erlangLibraries];

export const libraries = all as readonly LibraryTable[];
