/** What a choice makes of the page's state. Each changes the state that it is given, and draws nothing. */

import { wayTo } from "../../server/src/protocol/panel-fold.ts";
import { openKeyOf } from "../../server/src/protocol/panel-message-applications.ts";
import type { SequenceStart } from "../../server/src/protocol/sequence.ts";
import { choiceOf, type Filter, keptIn, noFilter } from "./filter.ts";
import type { Model } from "./model.ts";
import { budgets, type ViewId, type ViewState } from "./state.ts";
import type { Folding, Scene } from "./views/view.ts";

/** Drops what a newer model does not have any more. */
export function forgetMissing(state: ViewState, model: Model): void {
  state.filter = keptIn(state.filter, model);
  if (state.crash !== null && !model.nodes.has(state.crash.key)) state.crash = null;
  const { selected } = state;
  // Keys of stacks and rests are keys of nodes with an ending. Of lines and steps the drawing knows whether they are still there.
  if (selected !== null && !/^(e|step):/.test(selected) && !model.has(selected.replace(/\/[×…]$/, ""))) state.selected = null;
}

/** Another view is shown. Whether its center is another one too: who comes with something selected wants to see what is around that. */
export function chooseView(state: ViewState, model: Model | null, view: ViewId): boolean {
  const { selected } = state;
  const isNewCenter = view === "around" && selected !== null && selected !== state.center && model?.has(selected) === true;
  if (isNewCenter) state.center = selected;
  state.view = view;
  state.crash = null;
  return isNewCenter;
}

/** Opens or closes a node, takes a stack apart, shows more of a rest. */
export function toggleFold(state: ViewState, key: string, fold: Folding): void {
  const { opened, closed } = state;
  const kept = fold.wholeAs ?? key;
  (fold.open ? closed : opened).add(kept);
  (fold.open ? opened : closed).delete(kept);
  if (fold.standsForMany) state.selected = null;
  else if (fold.wholeAs !== undefined) state.selected = key;
}

/** Closes every subtree but those right below the applications. */
export function closeAll(scene: Scene | null, model: Model | null, { closed }: ViewState): Partial<ViewState> {
  const below = (scene?.keys ?? []).filter((key) => {
    const fold = scene?.foldOf(key);
    return fold && !fold.standsForMany && (model?.pathOf(key).length ?? 0) > 2;
  });
  return { opened: new Set(), closed: new Set([...closed, ...below]) };
}

/** Opens as many as the next larger budget has room for. */
export function openAll(drawn: number, { closed, budget }: ViewState): Partial<ViewState> {
  // Where nothing was closed by hand, it is the budget that keeps the rest from being shown.
  const least = closed.size === 0 ? Math.max(drawn, budget) : drawn;
  return { closed: new Set(), budget: budgets.find((larger) => larger > least) ?? budgets[2] };
}

/** A function that the new filter does not leave is followed no longer. */
export function chooseFilter(
  filter: Filter,
  { start }: ViewState,
  model: Model | null,
  starts: readonly SequenceStart[],
): Partial<ViewState> {
  const choice = model === null ? null : choiceOf(filter, model);
  const followed = starts.find(({ key }) => key === start);
  return choice === null || followed === undefined || choice.start(followed) ? { filter } : { filter, start: null };
}

/** Takes the filter away where it keeps something from being shown that somebody asks for. Whether it did. */
export function dropFilterFor(state: ViewState, model: Model, key: string): boolean {
  const choice = choiceOf(state.filter, model);
  const [node, participant] = [model.nodes.get(key), model.participantAt(key)];
  if (choice === null || (node === undefined && participant === null)) return false;
  if ((node !== undefined && choice.holds(node)) || (participant !== null && choice.participant(participant))) return false;
  state.filter = noFilter;
  return true;
}

/** Opens what hides what is not drawn: in the tree what is above it, among messages its application. False where there is nothing to open. */
export function openWayTo(state: ViewState, model: Model, key: string): boolean {
  if (state.view === "messages") {
    const application = model.participantAt(key)?.application ?? model.rootOf(key);
    if (application !== null) state.opened.add(openKeyOf(application));
    return model.has(key);
  }
  if (!model.nodes.has(key)) return false;
  for (const above of wayTo(model.snapshot.roots, key) ?? []) {
    state.opened.add(above);
    state.closed.delete(above);
  }
  return true;
}
