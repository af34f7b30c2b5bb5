/** A crash in the details pane: an ordered list of its steps. It says all that the drawing shows. */
import type { Crash, CrashStep } from "../../../server/src/protocol/crash.ts";
import { fateIcon, waysOf } from "../crash/words.ts";
import { h } from "../element.ts";
import { icon } from "../icons.ts";
import type { Model } from "../model.ts";
import { t } from "../text.ts";
import type { DetailsActions } from "./evidence.ts";
import { heading, sectionHead } from "./headings.ts";
import { prose } from "./prose.ts";

const mostNames = 12;
const mostInSentence = 4;

/** `now`: index of the step that is shown. */
export function crashList(crash: Crash, now: number, model: Model, actions: DetailsActions): Node[] {
  return [
    heading("crash", "crash", t("What if {0} crashes?", crash.title), waysOf[crash.rules]),
    sectionHead(t("Steps"), crash.steps.length),
    h("ol", { class: "steps crash-steps" }, ...crash.steps.map((step, index) => stepRow(step, index, now, model, actions))),
    h("p", { class: "quiet" }, caveatOf(crash)),
  ];
}

function caveatOf({ rules }: Crash): string {
  return rules === "otp"
    ? t("Worked out from the source: what runs at the time, and what the code does about an exit, may differ.")
    : t("Worked out from the source: what runs at the time, and what the code does about an error, may differ.");
}

function stepRow(
  { fate, text, nodes, participants }: CrashStep,
  index: number,
  now: number,
  model: Model,
  actions: DetailsActions,
): HTMLElement {
  // The sentence names all of them; here are those that can be shown.
  const others = participants.flatMap((participant) => {
    const key = model.selectionOf(participant);
    const title = model.participantOf(participant)?.title ?? model.nodes.get(key)?.title;
    return title === undefined ? [] : [{ key, title }];
  });
  // A sentence names few; where there are more, they stand here.
  const named = nodes.length <= mostInSentence ? [] : nodes.map((key) => ({ key, title: model.nodes.get(key)?.title ?? key }));
  const all = [...named, ...others];
  const links = all.slice(0, mostNames).map(({ key, title }) => h("button", { class: "link", onclick: () => actions.select(key) }, title));
  const more = all.length > mostNames ? h("span", {}, t("{0} more", all.length - mostNames)) : null;
  return h(
    "li",
    { class: `step ${fate === null ? "" : `fate-${fate}`} ${index > now ? "later" : ""}`, "aria-current": index === now ? "step" : null },
    h(
      "button",
      { class: "step-name", onclick: () => actions.crashStep(index) },
      fate !== null && icon(fateIcon(fate)),
      h("span", {}, ...prose(text)),
    ),
    all.length > 0 && h("div", { class: "crash-names" }, ...links, more),
  );
}
