// Runs all rules over public repositories:  npm run ecosystem [-- --update] [NAME…]   (test/ecosystem/run.ts)
import { installIfMissing } from "./install.mjs";
import { runBundled } from "./run-bundled.mjs";

installIfMissing();
await runBundled("test/ecosystem/run.ts", process.argv.slice(2));
