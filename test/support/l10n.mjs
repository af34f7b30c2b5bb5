// Writes the list of the texts that can be translated from the source:  node test/support/l10n.mjs
import { installIfMissing } from "./install.mjs";
import { runBundled } from "./run-bundled.mjs";

installIfMissing();
await runBundled("test/support/write-texts.ts", []);
