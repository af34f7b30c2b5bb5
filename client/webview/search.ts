/** The search's text, what it finds, and where in it the selection is. */
import type { Model } from "./model.ts";
import { t } from "./text.ts";

export class Search {
  private text = "";
  private keys: readonly string[] = [];

  set(text: string, model: Model | null): void {
    this.text = text.trim();
    this.update(model);
  }

  /** The same text in another model. */
  update(model: Model | null): void {
    this.keys = this.text === "" ? [] : (model?.search(this.text).map(({ key }) => key) ?? []);
  }

  /** Keys of what is found; null without a search. */
  get hits(): ReadonlySet<string> | null {
    return this.text === "" ? null : new Set(this.keys);
  }

  /** The hit after the selected node, or with `back` before it, round and round; null without hits. */
  next(selected: string | null, back: boolean): string | null {
    const { length } = this.keys;
    if (length === 0) return null;
    const at = selected === null ? -1 : this.keys.indexOf(selected);
    const to = at === -1 ? (back ? length - 1 : 0) : (at + (back ? -1 : 1) + length) % length;
    return this.keys[to] ?? null;
  }

  /** "2 of 7", "none"; "" without a search. */
  words(selected: string | null): string {
    if (this.text === "") return "";
    if (this.keys.length === 0) return t("none");
    const at = selected === null ? -1 : this.keys.indexOf(selected);
    return at === -1 ? String(this.keys.length) : t("{0} of {1}", at + 1, this.keys.length);
  }
}
