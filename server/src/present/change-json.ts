/** What `check --changed --format json` adds to findings. Pure. Fields are added, never renamed or taken away, within a version. */
import type { MarkdownChange } from "./check-markdown.ts";
import { type ComparedNode, pathOf, type TreeChange } from "./tree-changes.ts";

/** Plain data for `JSON.stringify`. `print` gives a module's name as its language writes it. */
export function changeJson({ revision, commit, fixed, fixedPlaces, tree }: MarkdownChange, print: (atom: string) => string): object {
  return {
    base: revision,
    commit,
    fixed: fixed.map(({ rule, variant, severity, process, place }) => {
      const { file, line } = fixedPlaces.locate(place);
      return { rule, variant, severity, process: process === null ? null : print(process), file, line };
    }),
    processes: tree.changes.map(processJson),
  };
}

function processJson({ kind, before, after, differences }: TreeChange): object {
  const node = after ?? before;
  return {
    change: kind,
    label: node?.label ?? null,
    module: node?.node?.module ?? null,
    name: node?.node?.name ?? null,
    before: before === null ? null : pathJson(before),
    after: after === null ? null : pathJson(after),
    differences,
  };
}

/** What it hangs on, the application first, and how many there are. */
function pathJson(node: ComparedNode): object {
  return { path: pathOf(node), count: node.count };
}
