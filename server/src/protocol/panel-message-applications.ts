/**
 * Of many applications each is one node until somebody opens it: a picture of the system's parts that fits, from which one goes on. Pure.
 */
import { groupBy } from "./group-by.ts";
import type { MessageFoldInput, MessageNode } from "./panel-message-fold.ts";

/** Fewer applications than this, each drawn as one, tell less than the busiest of their processes do. */
const fewestApplications = 6;

/** Under which key people open an application in this view: the tree keeps its own nodes under theirs. */
export function openKeyOf(application: string): string {
  return `a:${application}`;
}

export interface Wholes {
  readonly nodes: readonly MessageNode[];
  /** Applications that are open while others are closed. */
  readonly open: readonly string[];
}

/** Closed are those that nobody opened and that hold nothing that must be drawn as itself. Nothing is while all nodes fit into the budget. */
export function closeApplications(nodes: readonly MessageNode[], { only, budget, opened, pinned }: MessageFoldInput): Wholes {
  const homes = groupBy(nodes, ({ application }) => application);
  const isFew = [...homes.keys()].filter((home) => home !== null).length < fewestApplications;
  if (only !== null || nodes.length <= budget || isFew) return { nodes, open: [] };
  const open: string[] = [];
  const closed = [...homes].flatMap(([application, own]): readonly MessageNode[] => {
    if (application === null) return own;
    const members = own.flatMap((node) => node.members);
    if (opened.has(openKeyOf(application)) || members.some(({ key }) => pinned.has(key))) {
      open.push(application);
      return own;
    }
    return [{ key: openKeyOf(application), form: "application", members, application: null, wholes: [application] }];
  });
  return { nodes: closed, open };
}
