/** How large labels are on this page. What is asked for at once makes the browser lay out once, and what was asked for before, not at all. */
import { h } from "../element.ts";

export interface LabelSize {
  readonly width: number;
  readonly height: number;
}

const known = new Map<string, LabelSize>();
/** More than a drawing has ever needed: labels of other drawings need not be kept for ever. */
const mostKnown = 4_000;

/**
 * A size for each label. `make` gives the element that shows it; labels with the same key look the same. `measure` is an element in the page, seen
 * by nobody, to which the page's styles apply.
 */
export function labelSizes<T>(
  labels: readonly T[],
  keyOf: (label: T) => string,
  make: (label: T) => HTMLElement,
  measure: HTMLElement,
): LabelSize[] {
  const font = getComputedStyle(measure).font;
  const keys = labels.map((label) => `${font} ${keyOf(label)}`);
  if (known.size > mostKnown) known.clear();
  const missing = new Map<string, HTMLElement>();
  labels.forEach((label, at) => {
    const key = keys[at]!;
    if (!known.has(key) && !missing.has(key)) missing.set(key, h("div", { class: "label-size" }, make(label)));
  });
  if (missing.size > 0) {
    measure.replaceChildren(...missing.values());
    for (const [key, element] of missing) {
      const { width, height } = element.getBoundingClientRect();
      known.set(key, { width: Math.ceil(width), height: Math.ceil(height) });
    }
    measure.replaceChildren();
  }
  return keys.map((key) => known.get(key)!);
}
