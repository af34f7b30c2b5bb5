/** Folders of code that shows how something is done: what is written there is short on purpose. Pure. */
const shown =
  /(^|\/)(examples?|demos?|templates?|samples?|playground|experimental|guides|docs|site|website|wip|tutorials?|fixtures?|benchmarks?)\//;

export function isShown(file: string): boolean {
  return shown.test(file);
}
