/** The register of views, in the order of the switch. */
import type { ViewId } from "../state.ts";
import { around } from "./around.ts";
import { messages } from "./messages.ts";
import { sequence } from "./sequence.ts";
import { supervision } from "./supervision.ts";
import type { View } from "./view.ts";

export const views: readonly View[] = [supervision, messages, sequence, around];

/** A stored view that this page does not have is the first one. */
export function viewOf(id: ViewId): View {
  return views.find((view) => view.id === id) ?? supervision;
}
