/** What participants and lines between them are called in drawings and exports. Pure. */
import type { MessageEdge, MessageNode } from "../../../server/src/protocol/panel-message-fold.ts";
import { contextsText } from "../kinds.ts";
import { countOf, t } from "../text.ts";

/** `:get`, `:get ×3`, `4 tags`. */
export function edgeLabel({ messages, sites, mode }: MessageEdge): string {
  if (mode === "supervises") return "";
  const tags = new Set(messages.flatMap((message) => message.tags.map(({ text }) => text)));
  const [only] = tags;
  if (tags.size === 1 && only !== undefined && only !== "") return sites > 1 ? `${only} ×${sites}` : only;
  return tags.size > 1 ? countOf(tags.size, "{0} tag", "{0} tags") : sites > 1 ? `${mode} ×${sites}` : mode;
}

export function messageNodeTitle({ form, members }: MessageNode): string {
  const first = members[0];
  if (form === "participant" || first === undefined) return first?.title ?? "";
  return form === "rest" ? t("{0} more", members.length) : contextsText(first.kind, members.length);
}

export function messageNodeSubtitle({ form, members }: MessageNode): string {
  const first = members[0];
  if (form === "participant" || first === undefined) return first?.subtitle ?? "";
  if (form === "rest") return countOf(members.length, "{0} participant", "{0} participants");
  const shown = members.slice(0, 2).map(({ title }) => title);
  return members.length > shown.length ? `${shown.join(", ")}, …` : shown.join(", ");
}
