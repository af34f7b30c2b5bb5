// Imports nothing but Node itself: the runner uses it before packages are installed.
import { homedir } from "node:os";
import { join } from "node:path";

/** Where downloads and builds are kept between runs: outside of the repository. */
export const cacheFolder = join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "process-topology");
