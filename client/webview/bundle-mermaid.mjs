// esbuild plugins that make Mermaid fit for the panel. Both fail the build when an update of Mermaid no longer is what they expect.
import { readFile } from "node:fs/promises";

// Of Mermaid, bundle only the diagrams that the panel draws.
//
// Mermaid loads its diagrams and layouts with `import()`, which a bundle of one file takes in whole: 5.2 MB, of which the panel uses a
// fifth. Every dynamic import inside of Mermaid that is not named here becomes a module that throws when it is used. Chunks are
// matched by their name without its hash.

/** @param {readonly string[]} kept names of chunks, such as `flowDiagram` */
export function onlyDiagrams(kept) {
  return {
    name: "only-diagrams",
    setup(build) {
      const found = new Set();
      build.onStart(() => found.clear());
      build.onResolve({ filter: /.*/ }, ({ kind, path, importer }) => {
        if (kind !== "dynamic-import" || !/[\\/]node_modules[\\/]mermaid[\\/]/.test(importer)) return undefined;
        const name = /([^/]+?)(-[A-Z0-9]{8})?(\.mjs)?$/.exec(path)?.[1] ?? path;
        if (!kept.includes(name)) return { path: name, namespace: "left-out" };
        found.add(name);
        return undefined;
      });
      build.onLoad({ filter: /.*/, namespace: "left-out" }, ({ path }) => ({
        contents: `throw new Error(${JSON.stringify(`${path} is not part of this bundle of Mermaid`)});`,
      }));
      build.onEnd(() => {
        const missing = kept.filter((name) => !found.has(name));
        return missing.length === 0 ? undefined : { errors: [{ text: `Mermaid has no ${missing.join(", ")}: see bundle-mermaid.mjs` }] };
      });
    },
  };
}

const slowConfig = "return assignWithDepth_default({}, currentConfig);";
const quickConfig = `if (getConfig.of !== currentConfig) {
    getConfig.copy = ${slowConfig.replace("return ", "").replace(";", "")};
    getConfig.of = currentConfig;
  }
  return getConfig.copy;`;

// Mermaid copies its whole configuration each time that it looks something up in it: half of the time of a drawing (measured with
// Chromium's profiler: 200 of 400 ms at 60 nodes). One copy serves as long as the configuration is the same object, which it is for
// the time of one rendering at most; what Mermaid draws is the same.
export function quickMermaidConfig() {
  return {
    name: "quick-mermaid-config",
    setup(build) {
      let patched = 0;
      build.onStart(() => {
        patched = 0;
      });
      build.onLoad({ filter: /[\\/]mermaid[\\/]dist[\\/]chunks[\\/]mermaid\.core[\\/]chunk-[^\\/]*\.mjs$/ }, async ({ path }) => {
        const text = await readFile(path, "utf8");
        const parts = text.split(slowConfig);
        if (parts.length !== 2 || !text.includes("var getConfig = ")) return undefined;
        patched++;
        return { contents: parts.join(quickConfig), loader: "js" };
      });
      build.onEnd(() => {
        if (patched === 1) return undefined;
        return { errors: [{ text: `Mermaid's getConfig is in ${patched} chunks, not one: see quickMermaidConfig in bundle-mermaid.mjs` }] };
      });
    },
  };
}
