/** The Around view: one process, and what stands within one to three hops of it, in the tree and by messages. */
import { foldAround } from "../around.ts";
import { h } from "../element.ts";
import { choiceOf } from "../filter.ts";
import { icon } from "../icons.ts";
import type { Model } from "../model.ts";
import { mostHops, mostNodes, type ViewState } from "../state.ts";
import { countOf, t } from "../text.ts";
import { messageScene, modeSwitches } from "./messages.ts";
import type { Scene, View } from "./view.ts";

export const around: View = {
  id: "around",
  label: t("Around"),
  icon: "around",
  compose(model, state) {
    const center = centerOf(model, state);
    if (center === null) return messageScene(model, { nodes: [], edges: [], total: 0, drawn: 0, open: [] }, nothing);
    const { hops, modes, opened, filter } = state;
    const fold = foldAround({
      model,
      center,
      hops,
      modes,
      opened,
      choice: choiceOf(filter, model),
      budget: Math.min(state.budget, mostNodes),
    });
    return marked(messageScene(model, fold, nothing), center);
  },
  options(model, state, choose) {
    const { hops, selected } = state;
    const center = centerOf(model, state);
    const step = (label: string, sign: string, to: number): HTMLElement =>
      h(
        "button",
        { class: "tool", title: label, "aria-label": label, disabled: to < 1 || to > mostHops, onclick: () => choose({ hops: to }) },
        sign,
      );
    const other = selected !== null && selected !== center && model.has(selected) ? selected : null;
    return [
      h(
        "div",
        { class: "around-options", role: "group", "aria-label": t("Around") },
        h("span", { class: "around-name" }, icon("around"), h("b", {}, center === null ? "" : nameOf(center, model))),
        step(t("One hop less"), "−", hops - 1),
        h("output", { class: "hops" }, countOf(hops, "{0} hop", "{0} hops")),
        step(t("One hop more"), "+", hops + 1),
        other !== null &&
          h("button", { class: "tool recenter", onclick: () => choose({ center: other }) }, t("Center on {0}", nameOf(other, model))),
      ),
      ...modeSwitches(model, state, choose),
    ];
  },
};

const nothing = {
  title: t("Nothing around"),
  text: t("Select a process in another view, or put the cursor into its code and run Show Around This Process."),
};

/** What was chosen; else what is selected, or what takes the most messages. */
function centerOf(model: Model, { center, selected }: ViewState): string | null {
  if (center !== null && model.has(center)) return center;
  if (selected !== null && model.has(selected)) return selected;
  const busiest = model.snapshot.messages[0]?.to;
  return busiest === undefined ? (model.snapshot.roots[0]?.children[0]?.key ?? null) : model.selectionOf(busiest);
}

function nameOf(key: string, model: Model): string {
  return model.nodes.get(key)?.title ?? model.participantOf(key)?.title ?? key;
}

/** The center bears a ring of its own, and is what the details tell of. */
function marked(scene: Scene, center: string): Scene {
  return {
    ...scene,
    overview: (model, actions) => scene.details(center, model, actions) ?? [],
    async draw(aspect, measure) {
      const drawing = await scene.draw(aspect, measure);
      drawing?.groups.get(center)?.classList.add("center");
      return drawing;
    },
  };
}
