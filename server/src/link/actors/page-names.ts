/** What pages call the bindings of a deployment: by the binding's name or its class, and with other letters. Pure. */
import type { Evaluator } from "./evaluate.ts";
import type { Program } from "./program.ts";
import { nearest } from "./registries.ts";
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
    const [first] = found;
    if (first !== undefined) return found.every(({ binding }) => binding === first.binding) ? program.bindings.of(first, path) : null;
  }
  return null;
}

/** What a page in the file means by the name of an actor inside of another one, which no deployment need bind: the class of that name that lies nearest. */
export function classWritten(name: string, path: string, { program, registries }: Evaluator): Binding | null {
  const bound = bindingWritten(name, path, program);
  if (bound !== null) return bound;
  const wanted = plain(name);
  const called = program.definable().filter((module) => plain(module.slice(module.indexOf("#") + 1)) === wanted && program.isActor(module));
  const [first, ...others] = nearest(called, (module) => program.moduleNamed(module)?.script.path ?? "", path);
  return first === undefined || others.length > 0 ? null : registries.bindingTo(first);
}

function isCalled({ binding, className }: { readonly binding: string; readonly className: string }, wanted: string): boolean {
  return plain(binding) === wanted || plain(className) === wanted;
}

function plain(name: string): string {
  return name.replace(/[-_]/g, "").toLowerCase();
}
