/** What pages call the bindings of a deployment: by the binding's name or its class, and with other letters. Pure. */
import type { Program } from "./program.ts";
import type { Binding } from "./value.ts";

/**
 * The binding that a page in the file means by a name: of the deployment that it belongs to, or the only one of all. Names are compared as the routers of their
 * libraries do: `MyAgent`, `my-agent` and `MY_AGENT` are one. Source: https://developers.cloudflare.com/agents/api-reference/routing/.
 */
export function bindingWritten(name: string, path: string, program: Program): Binding | null {
  const { scripts } = program;
  const wanted = plain(name);
  const own = scripts.deploymentOf(path);
  for (const deployments of [own === null ? [] : [own], scripts.deployments]) {
    const found = deployments.flatMap(({ objects, isTest }) => (isTest ? [] : objects.filter((one) => isCalled(one, wanted))));
    const [first, ...others] = [...new Set(found.map(({ binding }) => binding))];
    if (first !== undefined) return others.length === 0 ? program.binding(first, path) : null;
  }
  return null;
}

function isCalled({ binding, className }: { readonly binding: string; readonly className: string }, wanted: string): boolean {
  return plain(binding) === wanted || plain(className) === wanted;
}

function plain(name: string): string {
  return name.replace(/[-_]/g, "").toLowerCase();
}
