/** Writes l10n/bundle.l10n.json: see test/support/l10n.mjs. */
import { writeFileSync } from "node:fs";
import { bundle, bundleText } from "./texts.ts";

writeFileSync(bundle, bundleText());
