/**
 * What the host says of processes in words of ours, in the reader's language: second lines of nodes, kinds, what stands for callers that nobody
 * knows. Names, source and what OTP and libraries call things (`rest_for_one`, `GenServer`, `transient`) stay as they are.
 */
import type { PanelNode, PanelParticipant, PanelSnapshot } from "../../server/src/protocol/panel.ts";
import type { Lifeline, Sequence } from "../../server/src/protocol/sequence.ts";
import { countOf, isTranslated, t } from "./text.ts";

const words: Readonly<Record<string, string>> = {
  application: t("application"),
  "Not in a tree": t("Not in a tree"),
  "no supervisor that is known starts these": t("no supervisor that is known starts these"),
  "processes that no known supervisor starts": t("processes that no known supervisor starts"),
  process: t("process"),
  "virtual actor": t("virtual actor"),
  machine: t("machine"),
  actor: t("actor"),
  "worker thread": t("worker thread"),
  "actor system": t("actor system"),
  probable: t("probable"),
  uncertain: t("uncertain"),
  "via registry": t("via registry"),
  global: t("global"),
  request: t("request"),
  channel: t("channel"),
  job: t("job"),
  task: t("task"),
  "spawned process": t("spawned process"),
  connection: t("connection"),
  "application start": t("application start"),
  outside: t("outside"),
  "Callers outside": t("Callers outside"),
  "code that no known process runs": t("code that no known process runs"),
  Caller: t("Caller"),
  "any process": t("any process"),
  "one of them": t("one of them"),
  "not known from source": t("not known from source"),
};

const counted: readonly (readonly [RegExp, (...values: readonly number[]) => string])[] = [
  [/^(\d+) callers?$/, (count = 0) => countOf(count, "{0} caller", "{0} callers")],
  [/^([\d.]+) in ([\d.]+) s$/, (restarts = 0, seconds = 0) => t("{0} in {1} s", restarts, seconds)],
  [/^one of (\d+) processes and requests$/, (count = 0) => t("one of {0} processes and requests", count)],
];

/** The parts of a second line, those that are ours translated. */
function inWords(text: string): string {
  return text.split(" · ").map(partInWords).join(" · ");
}

function partInWords(part: string): string {
  const known = words[part];
  if (known !== undefined) return known;
  for (const [pattern, say] of counted) {
    const found = pattern.exec(part);
    if (found !== null) return say(...found.slice(1).map(Number));
  }
  return part;
}

/** As it is where the reader's language is English. */
export function snapshotInWords(snapshot: PanelSnapshot): PanelSnapshot {
  if (!isTranslated) return snapshot;
  return { ...snapshot, roots: snapshot.roots.map(nodeInWords), participants: snapshot.participants.map(participantInWords) };
}

function nodeInWords(node: PanelNode): PanelNode {
  const title = node.kind === "unattached" ? inWords(node.title) : node.title;
  return { ...node, title, subtitle: inWords(node.subtitle), kindText: inWords(node.kindText), children: node.children.map(nodeInWords) };
}

function participantInWords(participant: PanelParticipant): PanelParticipant {
  const { key, title, subtitle } = participant;
  return { ...participant, title: key === "c:external" ? inWords(title) : title, subtitle: inWords(subtitle) };
}

/** As it is where the reader's language is English. */
export function sequenceInWords(sequence: Sequence): Sequence {
  return isTranslated ? { ...sequence, lifelines: sequence.lifelines.map(lifelineInWords) } : sequence;
}

function lifelineInWords(lifeline: Lifeline): Lifeline {
  const { key, title, subtitle } = lifeline;
  return { ...lifeline, title: key === "caller" ? inWords(title) : title, subtitle: inWords(subtitle) };
}
