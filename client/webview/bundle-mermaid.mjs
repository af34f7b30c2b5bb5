// esbuild plugins that make Mermaid fit for the panel, and the page small. They fail the build when an update of Mermaid no longer is what they expect.
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

// Of d3, Mermaid's chunks ask for `select` and curves alone, but the package brings scales, maps and schemes of colors along (60 KB).
// Whatever else a newer Mermaid asks for is missing then, and the build says so.
export function onlyShapes() {
  return {
    name: "only-shapes",
    setup(build) {
      build.onResolve({ filter: /^d3$/ }, ({ importer, resolveDir }) =>
        /[\\/]node_modules[\\/]mermaid[\\/]/.test(importer) ? { path: "d3", namespace: "only-shapes", pluginData: resolveDir } : undefined,
      );
      build.onLoad({ filter: /.*/, namespace: "only-shapes" }, ({ pluginData }) => ({
        contents: 'export { select } from "d3-selection"; export * from "d3-shape";',
        resolveDir: pluginData,
      }));
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
function withQuickConfig(text) {
  const parts = text.split(slowConfig);
  return parts.length === 2 && text.includes("var getConfig = ") ? parts.join(quickConfig) : null;
}

// Mermaid's themes are a tenth of the bundle. The panel draws with `base` and exports with `neutral`; `default` is what Mermaid begins with.
const themes = ["base", "default", "neutral"];

function withFewThemes(text) {
  const sections = text.split(/^(?=\/\/ src\/)/m);
  const register = sections.find((section) => section.startsWith("// src/themes/index.js"));
  if (register === undefined) return null;
  const dropped = [];
  const kept = sections.filter((section) => {
    const name = /^\/\/ src\/themes\/theme-([a-z-]+)\.js/.exec(section)?.[1];
    const variables = /^var (getThemeVariables\d*) = /m.exec(section)?.[1];
    // What the themes share has neither a name of a theme nor variables of one.
    if (name === undefined || variables === undefined || themes.includes(name)) return true;
    dropped.push(variables);
    return false;
  });
  const entries = register.replace(/ {2}"?[a-z-]+"?: \{\s*getThemeVariables(?:: (\w+))?\s*\},?\n/g, (entry, variable) =>
    dropped.includes(variable) ? "" : entry,
  );
  // All or nothing: a theme that is still named, or none that is not, is not the Mermaid that this was written for.
  if (dropped.length < 5 || dropped.some((variable) => new RegExp(`\\b${variable}\\b`).test(entries))) return null;
  return kept.map((section) => (section === register ? entries : section)).join("");
}

// Both patches are in one plugin, since esbuild asks one plugin only for a file's text.
export function patchMermaid() {
  const patches = { withQuickConfig, withFewThemes };
  return {
    name: "patch-mermaid",
    setup(build) {
      const done = new Map();
      build.onStart(() => done.clear());
      build.onLoad({ filter: /[\\/]mermaid[\\/]dist[\\/]chunks[\\/]mermaid\.core[\\/]chunk-[^\\/]*\.mjs$/ }, async ({ path }) => {
        const original = await readFile(path, "utf8");
        let text = original;
        for (const [name, patch] of Object.entries(patches)) {
          const patched = patch(text);
          if (patched !== null) done.set(name, (done.get(name) ?? 0) + 1);
          text = patched ?? text;
        }
        return text === original ? undefined : { contents: text, loader: "js" };
      });
      build.onEnd(() => {
        const wrong = Object.keys(patches).filter((name) => done.get(name) !== 1);
        return wrong.length === 0
          ? undefined
          : {
              errors: wrong.map((name) => ({
                text: `${name} fits ${done.get(name) ?? 0} chunks of Mermaid, not one: see bundle-mermaid.mjs`,
              })),
            };
      });
    },
  };
}

// Style sheets as text, without their comments and spaces.
export function smallStyles() {
  return {
    name: "small-styles",
    setup(build) {
      build.onLoad({ filter: /\.css$/ }, async ({ path }) => {
        const { code } = await build.esbuild.transform(await readFile(path, "utf8"), { loader: "css", minify: true, target: "chrome120" });
        return { contents: code, loader: "text" };
      });
    },
  };
}
