/** What a sequence says in words of its own, in the reader's language. */
import type { SequenceWords } from "../../../server/src/protocol/sequence-text.ts";
import { t } from "../text.ts";

export const sequenceWords: SequenceWords = {
  title: t("Sequence of {0}"),
  description: t("Arrows lead from the sender of a message to the process that takes it. A bar shows who works or waits."),
  monitors: t("monitors"),
  links: t("links"),
  reply: t("reply"),
  laterReply: t("reply, from a later clause"),
  waits: t("waits: {0}"),
  later: t("later: {0}"),
  takes: t("takes the message"),
  sends: t("send"),
  moreStep: t("… {0} more step"),
  moreSteps: t("… {0} more steps"),
};
